/* Formulas: the menu of MathJax, with its explorer that reads formulas aloud, is as large as all that draws them. It is
   loaded when a reader asks for it: by a right click on a formula, or by the button at the end of the page. A formula
   that is wider than its box can be scrolled by the keyboard. */
(() => {
  "use strict";
  const KEPT = "MathJax-Menu-Settings"; // where MathJax keeps what a reader chose
  let menu;

  const loadMenu = () =>
    (menu ||= MathJax.startup.promise
      .then(() => MathJax.loader.load("ui/menu"))
      .then(() => {
        MathJax.startup.getComponents();
        return MathJax.startup.document.rerender();
      }));

  const scrollable = () =>
    document.querySelectorAll('mjx-container[display="true"], div.math').forEach((box) => {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    });

  const offer = () => {
    const article = document.querySelector("article");
    if (!article || !document.querySelector("mjx-container")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "formula-menu";
    button.textContent = "Formula menu and reader";
    button.title = "Every formula gets a menu and can be explored by keyboard and read aloud";
    button.addEventListener("click", () => loadMenu().then(() => button.remove()), { once: true });
    article.append(button);
  };

  const begin = () => {
    scrollable();
    offer();
    window.addEventListener("resize", scrollable);
    document.addEventListener("contextmenu", (event) => {
      if (menu || !event.target.closest?.("mjx-container")) return;
      event.preventDefault();
      loadMenu();
    });
    if (localStorage.getItem(KEPT)) loadMenu();
  };

  document.addEventListener("DOMContentLoaded", () => MathJax.startup.promise.then(begin));
})();
