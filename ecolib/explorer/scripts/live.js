// The page: controls, address, redraw. Everything above this line knows no page.

// A control of the reader: a slider and a field that show the same number.
function fieldsOf(root, control) {
  const find = (kind) => root.querySelector(`input[name="${control.name}${kind}"]`);
  return [find(""), find("-number")];
}

function setText(element, html) {
  if (element.innerHTML !== html) element.innerHTML = html;
}

function rowsOf({head, body}) {
  const row = (cells, kind) => `<tr>${cells.map((cell) => `<${kind}>${inHtml(cell)}</${kind}>`).join("")}</tr>`;
  return `<table><thead>${row(head, "th")}</thead><tbody>${body.map((cells) => row(cells, "td")).join("")}</tbody></table>`;
}

function address() {
  try {
    return decodeURIComponent(location.hash);
  } catch {
    return "";
  }
}

function copy(root, say) {
  const failed = () => say("The address could not be copied; it stands in the address bar.");
  if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(() => say("The link is copied."), failed);
  else failed();
}

function run(root) {
  const part = (kind) => root.querySelector(`.explorer-${kind}`), drawn = new Map();
  const defaults = Object.fromEntries(controls.map((control) => [control.name, control.default]));
  let values = {...defaults}, waiting = false, width = 0;
  const tell = (said) => setText(part("note"), inHtml(said));

  function show(panel, index) {
    const figure = part("figure"), before = drawn.get(index) ?? {};
    const box = figure.children[index] ?? figure.appendChild(document.createElement("div"));
    const now = {picture: picture(panel, width), legend: legend(panel)};
    if (before.picture === now.picture && before.legend === now.legend) return;
    box.innerHTML = `${now.picture}<p class="explorer-legend">${now.legend}</p>`;
    drawn.set(index, now);
  }

  function draw() {
    waiting = false;
    if (!width) return;
    const began = performance.now(), found = compute(values, f, table);
    found.panels.forEach(show);
    setText(part("summary"), found.sentences.map(inHtml).join(" "));
    part("rows").hidden = !found.rows;
    if (found.rows) setText(part("rows"), rowsOf(found.rows));
    root.dataset.numbers = JSON.stringify({...found.numbers, ...found.classes});
    if (found.becomes) settle(found.becomes);
    root.dataset.milliseconds = (performance.now() - began).toFixed(2);
  }

  // What the state has become is the past of the next one; a field in which the reader is at work stays as it is.
  function settle(become) {
    values = {...values, ...become};
    for (const control of controls.filter((one) => Object.hasOwn(become, one.name))) {
      for (const field of fieldsOf(root, control)) {
        if (field !== document.activeElement) field.value = String(Number(values[control.name].toPrecision(4)));
        if (field.type === "range") field.setAttribute("aria-valuetext", `${say(values[control.name], 4)} ${control.unit}`.trim());
      }
    }
  }

  function redraw() {
    if (!waiting) requestAnimationFrame(draw);
    waiting = true;
  }

  function set(next, but = null) {
    values = next;
    for (const control of controls) {
      for (const field of fieldsOf(root, control)) {
        if (field !== but) field.value = String(Number(values[control.name].toPrecision(12)));
        if (field.type === "range") field.setAttribute("aria-valuetext", `${say(values[control.name], 6)} ${control.unit}`.trim());
      }
    }
    redraw();
  }

  function keep() {
    try {
      history.replaceState(history.state, "", writeState(address(), name, values));
    } catch { /* a page that may not change its address still draws */ }
  }

  function change(control, field, done) {
    const found = accept(control, field.value, values[control.name]);
    if (found.said && !done) return;
    tell(found.said);
    set({...values, [control.name]: found.value}, found.said ? null : field);
    if (done || field.type === "number") keep();
  }

  function restore() {
    const found = readState(address(), name, controls);
    if (!found) return false;
    set(found.values);
    tell(found.said);
    return true;
  }

  root.dataset.live = "";
  part("live").hidden = false;
  for (const control of controls) {
    for (const field of fieldsOf(root, control)) {
      field.addEventListener("input", () => change(control, field, false));
      field.addEventListener("change", () => change(control, field, true));
    }
  }
  part("reset").addEventListener("click", () => {
    set({...defaults});
    keep();
    tell("All controls are back where they were at first.");
  });
  part("copy").addEventListener("click", () => {
    keep();
    copy(root, tell);
  });
  addEventListener("hashchange", restore);
  new ResizeObserver(() => {
    const now = Math.floor(part("figure").clientWidth);
    if (now === width || now === 0) return;
    width = now;
    redraw();
  }).observe(part("figure"));
  if (restore()) root.scrollIntoView();
  else set(values);
}

for (const root of document.querySelectorAll(`.ecolib-explorer[data-explorer="${name}"]:not([data-live])`)) run(root);
