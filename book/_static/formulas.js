/* Formulas: the menu of MathJax, with its explorer that reads formulas aloud, is as large as all that draws them. It is
   loaded when a reader asks for it: by a right click on a formula, or by the button at the end of the page. */
(() => {
  "use strict";
  const KEPT = "MathJax-Menu-Settings"; // where MathJax keeps what a reader chose
  let menu;

  const loadMenu = () =>
    (menu ||= MathJax.startup.promise
      .then(() => MathJax.loader.load("ui/menu"))
      .then(() => {
        MathJax.startup.document.state(0, true); // formulas as they were written, to be drawn by one that has a menu
        MathJax.startup.getComponents();
        return MathJax.typesetPromise();
      }));

  const offer = () => {
    const article = document.querySelector("article");
    if (!article || !document.querySelector("mjx-container")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "formula-menu";
    button.textContent = "Formula menu and reader";
    button.title = "Every formula gets a menu and can be explored by keyboard and read aloud";
    button.addEventListener("click", () => loadMenu().then(() => {
      const told = document.createElement("p");
      told.setAttribute("role", "status");
      told.tabIndex = -1;
      told.textContent = "Every formula has a menu now: right click, or go to it by Tab and press Space.";
      button.replaceWith(told);
      told.focus();
    }), { once: true });
    article.append(button);
  };

  const begin = () => {
    offer();
    document.addEventListener("contextmenu", (event) => {
      if (menu || !event.target.closest?.("mjx-container")) return;
      event.preventDefault();
      loadMenu();
    });
    if (localStorage.getItem(KEPT)) loadMenu();
  };

  document.addEventListener("DOMContentLoaded", () => MathJax.startup.promise.then(begin));
})();
