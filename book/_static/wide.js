/* What is wider than its box scrolls inside it; here the keyboard gets there, and passes by what is not. */
(() => {
  "use strict";
  const BOXES = "pre, table, div.math, mjx-container, .pst-scrollable-table-container, p, dd, li";
  const check = (box) => {
    const scrolls = box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX);
    if (scrolls) box.tabIndex = 0;
    else if (box.tabIndex === 0 && !box.matches("mjx-container")) box.tabIndex = -1;
  };
  const sizes = new ResizeObserver((entries) => entries.forEach((entry) => check(entry.target)));
  const look = () =>
    document.querySelectorAll(`.bd-article :is(${BOXES})`).forEach((box) => {
      check(box);
      sizes.observe(box); // it may be folded now, and the window may change
    });
  document.addEventListener("DOMContentLoaded", () => {
    look();
    window.MathJax?.startup?.promise.then(look);
    document.fonts.ready.then(look);
  });
})();
