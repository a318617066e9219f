/* What is wider than its box scrolls inside it; here the keyboard gets there, and passes by what is not. */
(() => {
  "use strict";
  const BOXES = "table, div.math, mjx-container[display=true], p:has(> span.math), dd:has(> span.math), li:has(> span.math)";
  const look = () =>
    document.querySelectorAll(BOXES).forEach((box) => {
      const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1;
      if (scrolls) box.tabIndex = 0;
      else if (box.tabIndex === 0 && !box.matches("mjx-container")) box.removeAttribute("tabindex");
    });
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 200);
  };
  document.addEventListener("DOMContentLoaded", () => {
    look();
    window.MathJax?.startup?.promise.then(look);
    window.addEventListener("resize", soon);
    document.addEventListener("toggle", soon, true); // a folded part that opens
    document.addEventListener("click", soon);
  });
})();
