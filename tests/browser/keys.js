/* Follow the keyboard through a page: which elements it should reach, which it did, and how they showed it. */
window.keys = {
  visible(element) {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 0 && box.height > 0;
  },

  /* All that can be operated; of a group of radio buttons, one. */
  wanted() {
    const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]");
    return [...all].filter((one) => !one.disabled && one.tabIndex >= 0 && !one.closest("[inert]") && keys.visible(one));
  },

  /* How an element looks, with the card or the label that stands for it. */
  look(element) {
    return [element, element.closest(".sd-card"), element.closest("label")].filter(Boolean).map((one) => {
      const style = getComputedStyle(one);
      return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor,
        style.borderColor, style.textDecorationLine, style.textDecorationThickness, style.color].join("|");
    }).join(" ");
  },

  name(element) {
    const text = (element.getAttribute("aria-label") || element.textContent || element.name || "").trim().replace(/\s+/g, " ");
    return `${element.tagName.toLowerCase()}#${element.id}.${[...element.classList].join(".")} "${text.slice(0, 50)}"`;
  },

  start() {
    keys.reached = new Map();
    keys.left = false;
    addEventListener("keyup", (event) => event.key === "Tab" && keys.note(), true);
  },

  /* After each step: how the focus looks, and whether something lies over it. */
  note() {
    const one = document.activeElement;
    if (!one || one === document.body) { keys.left = true; return; }
    if (keys.reached.has(one)) return;
    const { left, top, width, height } = one.getBoundingClientRect();
    const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.1, 0.8], [0.5, 0.9], [0.5, 0.1]];
    const tops = spots.map(([x, y]) => document.elementFromPoint(left + x * width, top + y * height));
    const seen = tops.some((top) => top && (one.contains(top) || top.contains(one) || top.closest("label")?.contains(one)));
    keys.reached.set(one, { look: keys.look(one), seen });
  },

  result() {
    document.activeElement?.blur();
    const wanted = keys.wanted(), reached = [...keys.reached.keys()];
    const noted = reached.filter((one) => keys.reached.get(one));
    return {
      missed: wanted.filter((one) => !keys.reached.has(one)).map(keys.name),
      unseen: noted.filter((one) => keys.reached.get(one).look === keys.look(one)).map(keys.name),
      covered: noted.filter((one) => !keys.reached.get(one).seen && !one.closest(".skip-link")).map(keys.name),
      count: reached.length,
    };
  },
};
