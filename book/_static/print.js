/* Before printing: the light colours, everything unfolded, and nothing wider than the paper. After it: as before. */
(() => {
  "use strict";
  const WIDTH = 642, TEXT = 14.2; // pixels of a line on A4, and of its letters: see print.css
  const LEAST = 0.1, LONG = 0.75; // an inline formula that is longer is not made smaller, but wrapped: see print.css
  let undo = [];

  const set = (object, name, value) => {
    const old = object[name];
    undo.push(() => { object[name] = old; });
    object[name] = value;
  };

  /* The share of its size at which an element fits, from the widths on this screen or, while printing, on paper. */
  function share(needed, box) {
    const size = parseFloat(getComputedStyle(document.body).fontSize);
    const room = matchMedia("print").matches ? box.clientWidth : (WIDTH * size) / TEXT;
    return needed > room ? Math.max(LEAST, (0.985 * room) / needed) : 1;
  }

  function shrink(element, part) {
    const now = parseFloat(getComputedStyle(element).fontSize);
    set(element.style, "fontSize", `${now * part}px`);
  }

  function fitFormulas() {
    for (const box of document.querySelectorAll(".bd-article div.math")) {
      const formula = box.querySelector("mjx-container[display]");
      const drawn = formula?.querySelector("mjx-math");
      if (!drawn) continue;
      const number = box.querySelector(".eqno");
      const part = share(drawn.getBoundingClientRect().width + (number ? 2 * number.offsetWidth + 10 : 0), box);
      if (part < 1) shrink(formula, part);
    }
    for (const drawn of document.querySelectorAll("mjx-container:not([display])")) {
      const box = drawn.closest("p, dd, td, th, li, h1, h2, h3, h4") ?? drawn.parentElement;
      if (box.matches("td, th")) continue;
      const part = share(drawn.getBoundingClientRect().width, box);
      if (part < LONG) {
        drawn.classList.add("wraps");
        for (const row of drawn.querySelectorAll("mjx-math, mjx-mrow, mjx-texatom")) {
          if (share(row.getBoundingClientRect().width, box) < 1) row.classList.add("wraps");
        }
        const pieces = [...drawn.querySelectorAll("mjx-math *:not(.wraps)")];
        const piece = share(Math.max(0, ...pieces.map((one) => one.getBoundingClientRect().width)), box);
        if (piece < 1) shrink(drawn, piece);
      } else if (part < 1) shrink(drawn, part);
    }
  }

  function fitTables() {
    for (const table of document.querySelectorAll(".bd-article table")) {
      const part = share(table.scrollWidth, table.parentElement);
      if (part < 1) shrink(table, Math.max(0.62, part));
      if (part < 0.62) table.classList.add("wraps-anywhere");
    }
  }

  function prepare() {
    if (undo.length) return;
    set(document.documentElement.dataset, "theme", "light");
    for (const fold of document.querySelectorAll("details:not(.hide)")) set(fold, "open", true);
    fitFormulas();
    fitTables();
  }

  function restore() {
    for (const step of undo.reverse()) step();
    undo = [];
  }

  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
})();
