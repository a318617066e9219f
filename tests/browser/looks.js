/* What the survey of a page reads in it; run in the page. */
window.looks = {
  async settle() {
    if (window.MathJax && MathJax.startup) await MathJax.startup.promise;
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    document.querySelectorAll(".toggle-hidden").forEach((one) => one.querySelector("button")?.click());
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
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
    const out = [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility() &&
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

  images() {
    return [...document.querySelectorAll("main img")].filter((one) => !one.closest("[aria-hidden=true]"))
      .filter((one) => !one.complete || one.naturalWidth === 0).map((one) => one.src.slice(0, 120));
  },

  all() {
    return { overflow: looks.overflow(), headings: looks.headings(), languages: looks.languages(),
      broken: looks.images(), lang: document.documentElement.lang, title: document.title };
  },
};
