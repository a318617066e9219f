/* What the survey of a page reads in it; run in the page. */
window.looks = {
  async settle() {
    if (window.MathJax && MathJax.startup) await MathJax.startup.promise;
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    document.querySelectorAll(".toggle-hidden").forEach((one) => one.querySelector("button")?.click());
    await document.fonts.ready;
    await new Promise((done) => setTimeout(done, 250)); // what waits for the size of the page to settle
  },

  name(element) {
    const text = (element.getAttribute("aria-label") || element.textContent || "").trim().replace(/\s+/g, " ");
    return `${element.tagName.toLowerCase()}.${[...element.classList].join(".")} "${text.slice(0, 60)}"`;
  },

  /* How far the page can be scrolled sideways, and what sticks out of it. */
  overflow() {
    const width = document.documentElement.clientWidth;
    const scrolls = (element) => element.closest("body *") && getComputedStyle(element).overflowX !== "visible";
    const boxed = (element) => {
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) if (scrolls(up)) return true;
      return false;
    };
    const out = [...document.querySelectorAll(".bd-article *")].filter((one) => one.checkVisibility() &&
      one.getBoundingClientRect().right > width + 1 && one.getBoundingClientRect().width > 1 && !boxed(one));
    return { extra: document.documentElement.scrollWidth - width, out: out.slice(0, 5).map(looks.name) };
  },

  headings() {
    const found = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((one) => one.checkVisibility());
    return found.map((one) => [Number(one.tagName[1]), one.textContent.trim().slice(0, 60)]);
  },

  /* Chinese text that no `lang` marks, and other text that is marked Chinese. */
  languages() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = { unmarked: [], wrong: [], marked: 0 };
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement, text = node.textContent.trim();
      if (!text || parent.closest("script, style, noscript, code, pre, mjx-container, .math")) continue;
      const chinese = /^zh\b/.test(parent.closest("[lang]").lang), han = /\p{Script=Han}/u.test(text);
      if (han && !chinese) found.unmarked.push(text.slice(0, 60));
      if (chinese && /[A-Za-z]{3}/.test(text)) found.wrong.push(text.slice(0, 60));
      if (han && chinese) found.marked += 1;
    }
    return found;
  },

  /* Formulas that are not of the colour of their paragraph. */
  greyFormulas() {
    const colour = (element) => getComputedStyle(element).color;
    return [...document.querySelectorAll("mjx-container")].filter((one) => one.checkVisibility() &&
      colour(one.querySelector("mjx-math") || one) !== colour(one.parentElement.closest("p, div, dd, li, td, th, span") || document.body))
      .map((one) => one.parentElement.textContent.slice(0, 40));
  },

  /* Boxes that scroll sideways and that the keyboard does not reach. */
  unreachable() {
    return [...document.querySelectorAll(".bd-article, .bd-article *")].filter((one) => one.scrollWidth > one.clientWidth + 13 &&
      one.clientWidth > 0 && /auto|scroll/.test(getComputedStyle(one).overflowX) && one.tabIndex < 0 &&
      !one.querySelector("a[href], button, [tabindex='0']")).map(looks.name);
  },

  /* Take the glyphs out of every formula and leave the box. */
  emptyFormulas() {
    const boxes = [...document.querySelectorAll("mjx-container")].filter((one) => one.firstChild);
    const sizes = boxes.map((one) => one.getBoundingClientRect());
    boxes.forEach((one, k) => {
      Object.assign(one.style, { display: "inline-block", width: `${sizes[k].width}px`, height: `${sizes[k].height}px` });
      one.replaceChildren();
    });
  },

  /* Figures that are no opaque card, in whatever mode the page is. */
  cards() {
    return [...document.querySelectorAll(".bd-article figure img, .bd-article .cell_output img")].filter((one) => {
      const style = getComputedStyle(one);
      return style.backgroundColor !== "rgb(255, 255, 255)" || style.filter !== "none";
    }).map((one) => one.src.slice(-80));
  },

  images() {
    return [...document.querySelectorAll("main img")].filter((one) => !one.closest("[aria-hidden=true]"))
      .filter((one) => !one.complete || one.naturalWidth === 0).map((one) => one.src.slice(0, 120));
  },

  all() {
    return { overflow: looks.overflow(), headings: looks.headings(), languages: looks.languages(),
      broken: looks.images(), cards: looks.cards(), unreachable: looks.unreachable(), lang: document.documentElement.lang, title: document.title };
  },
};
