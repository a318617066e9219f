/* Before printing: the light colours, everything unfolded, and nothing wider than the paper. After it: as before. */
(() => {
  "use strict";
  const WIDTH = 642, TEXT = 13; // pixels of a line on A4, and of its letters: see print.css
  const LEAST = 0.4;
  const ROWS = new Set(["mjx-mrow", "mjx-texatom", "mjx-mstyle"]);
  const SIGN = /\bmjx-c(2B|2212|3D|3C|3E|226[045]|222[78]|21D[24])\b/; // + − = < > ≠ ≤ ≥ ∧ ∨ ⇒ ⇔
  const OPENING = /\bmjx-c(28|5B|7B|AC)\b/; // ( [ { ¬
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

  const character = (piece) => (piece.localName === "mjx-mo" ? (piece.firstElementChild?.className ?? "") : "");

  /* Let a formula run over several lines, which may begin at its signs, within brackets as well; return its pieces. */
  function breakable(flow) {
    set(flow.style, "display", "inline");
    set(flow.style, "lineHeight", "1.8");
    return [...flow.children].flatMap((piece) => {
      if (ROWS.has(piece.localName)) return breakable(piece);
      const before = piece.previousElementSibling;
      if (before && SIGN.test(character(piece)) && !OPENING.test(character(before))) {
        const place = document.createElement("wbr");
        piece.before(place);
        undo.push(() => place.remove());
      }
      set(piece.style, "lineHeight", "0");
      return [piece];
    });
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
      const maths = drawn.querySelector("mjx-math");
      if (!maths || box.matches("td, th") || share(maths.getBoundingClientRect().width, box) === 1) continue;
      set(drawn.style, "display", "inline");
      const widest = Math.max(...breakable(maths).map((piece) => piece.getBoundingClientRect().width));
      const part = share(widest, box);
      if (part < 1) shrink(drawn, part);
    }
  }

  function fitPictures() {
    for (const picture of document.querySelectorAll(".bd-article figure img")) {
      if (picture.naturalHeight > picture.naturalWidth) set(picture.style, "maxHeight", "128mm");
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
    fitPictures();
  }

  function restore() {
    for (const step of undo.reverse()) step();
    undo = [];
  }

  addEventListener("beforeprint", prepare);
  addEventListener("afterprint", restore);
})();
