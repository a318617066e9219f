// Drawing: a panel (plain data) becomes the text of an SVG and of its legend. Sizes are pixels of the page.

const DASHES = ["", "10 4", "10 4 2 4", "3 3"];
const safe = (text) => String(text).replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
const tag = (name, given, inside = "") =>
  `<${name} ${Object.entries(given).map(([key, value]) => `${key}="${safe(value)}"`).join(" ")}>${inside}</${name}>`;
const INDEX = /([A-Za-zα-ωΑ-Ω])_(\w+)/g;
const inHtml = (text) => safe(text).replace(INDEX, "<var>$1<sub>$2</sub></var>");
const inSvg = (text) => safe(text).replace(INDEX, '$1<tspan dy="4" class="index">$2</tspan><tspan dy="-4">\u200b</tspan>');

// Round numbers between two ends, about so many.
function ticksOf({least, most, ticks}, count) {
  if (ticks) return ticks;
  const low = Math.min(least, most), high = Math.max(least, most), raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw)), step = power * [1, 2, 5, 10].find((k) => k * power >= raw * 0.999);
  const first = Math.ceil(low / step - 1e-9);
  const found = Array.from({length: Math.max(0, Math.floor(high / step + 1e-9) - first + 1)}, (_, k) => (first + k) * step);
  return found.map((value) => [value, say(value, 6)]);
}

const SHAPES = {
  circle: (r) => `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`,
  square: (r) => `M${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}Z`,
  triangle: (r) => `M0 ${-r}L${r} ${r}H${-r}Z`,
  diamond: (r) => `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`,
};
const OF_UNIT = {unit0: "circle", unit1: "square", unit2: "triangle", unit3: "diamond"};
const KINDS = {
  stable: ["circle", 6, "filled"], unstable: ["circle", 6, "open"], saddle: ["diamond", 8, "open"],
  undecided: ["square", 6, "grey"], start: ["circle", 4, "filled"], now: ["circle", 6, "open"],
};

function marker(x, y, kind, tone = "ink") {
  const [shape, r, look] = KINDS[kind];
  const half = kind === "saddle" ? `<path d="M0 ${-r}L0 ${r}L${-r} 0Z" fill="currentColor"/>` : "";
  const outer = tag("path", {d: SHAPES[shape](r), class: `marker ${look}`});
  return tag("g", {class: `tone-${tone}`, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`}, outer + half);
}

function line(one, x, y, width, whole = true) {
  const at = one.points.map(([a, b]) => [x(a), y(b)]), seen = ([a, b]) => Number.isFinite(a) && Number.isFinite(b);
  const far = 20 * width, near = (v) => Math.max(-far, Math.min(far, v)).toFixed(1);
  const path = at.map((p, k) => (seen(p) ? `${k && seen(at[k - 1]) ? "L" : "M"}${near(p[0])} ${near(p[1])}` : "")).join("");
  const dash = DASHES[one.dash ?? 0], drawn = at.filter((p) => seen(p) && (!whole || (p[0] >= 0 && p[0] <= width)));
  const marks = !OF_UNIT[one.tone] || one.width > 4 ? [] : (whole ? [0.2, 0.5, 0.8] : [0.5]).map((share) => drawn[Math.floor(share * drawn.length)]);
  const shapes = marks.filter(Boolean).map(([a, b]) =>
    tag("path", {d: SHAPES[OF_UNIT[one.tone]](4), fill: "currentColor", transform: `translate(${near(a)} ${near(b)})`}));
  const stroke = tag("path", {d: path || "M0 0", "stroke-width": one.width ?? 2.4, "stroke-dasharray": dash, class: "line"});
  return tag("g", {class: `tone-${one.tone}`}, stroke + shapes.join("") + (one.arrow ? head(drawn) : ""));
}

// An arrow head half way along what is seen of a path.
function head(at) {
  const lengths = at.map((p, k) => (k ? Math.hypot(p[0] - at[k - 1][0], p[1] - at[k - 1][1]) : 0));
  const whole = lengths.reduce((sum, one) => sum + one, 0);
  if (whole < 24) return "";
  let left = 0.5 * whole, k = 0;
  while (k < at.length - 1 && left > 0) left -= lengths[++k];
  const turn = Math.atan2(at[k][1] - at[k - 1][1], at[k][0] - at[k - 1][0]) * 180 / Math.PI;
  return tag("path", {d: "M5 0L-4 4L-4 -4Z", fill: "currentColor",
    transform: `translate(${at[k][0].toFixed(1)} ${at[k][1].toFixed(1)}) rotate(${turn.toFixed(0)})`});
}

// The SVG of a panel at a width.
function picture(panel, wide) {
  const marks = (panel.marks ?? []).filter((mark) => Number.isFinite(mark.x ?? mark.y));
  const names = (panel.y.ticks ?? []).map(([, text]) => text.length);
  const left = Math.max(58, 24 + 7.5 * Math.max(0, ...names)), right = 16, top = 10 + 18 * marks.filter((m) => m.x !== undefined).length;
  const full = panel.square ? Math.min(wide, 520) : Math.min(wide, 720), w = full - left - right;
  const h = panel.height ?? (panel.square ? w : Math.max(200, Math.min(320, 0.5 * w))), tall = top + h + 50;
  const x = (v) => w * (v - panel.x.least) / (panel.x.most - panel.x.least);
  const y = (v) => h * (1 - (v - panel.y.least) / (panel.y.most - panel.y.least));
  const text = (a, b, words, given = {}) => tag("text", {x: a.toFixed(1), y: b.toFixed(1), ...given}, inSvg(words));
  const inside = (panel.bands ?? []).map((band) => {
    const [a, b] = [band.from, band.to].map(band.along === "y" ? y : x).sort((one, other) => one - other);
    const box = band.along === "y" ? {x: 0, y: a.toFixed(1), width: w, height: (b - a).toFixed(1)} : {x: a.toFixed(1), y: 0, width: (b - a).toFixed(1), height: h};
    return tag("rect", {...box, fill: band.fill, class: "band"});
  });
  if (panel.y.least < 0 && panel.y.most > 0) inside.push(tag("path", {d: `M0 ${y(0).toFixed(1)}H${w}`, class: "zero"}));
  for (const mark of marks) inside.push(tag("path", {class: "mark",
    d: mark.x === undefined ? `M0 ${y(mark.y).toFixed(1)}H${w}` : `M${x(mark.x).toFixed(1)} 0V${h}`}));
  inside.push(...(panel.lines ?? []).map((one) => line(one, x, y, w)));
  const shown = (panel.points ?? []).filter((p) => x(p.x) > -1 && x(p.x) < w + 1 && y(p.y) > -1 && y(p.y) < h + 1);
  const axes = [
    ...ticksOf(panel.x, w / 80).map(([v, words]) => tag("path", {d: `M${x(v).toFixed(1)} ${h}v5`, class: "axis"})
      + text(x(v), h + 19, words, {"text-anchor": "middle"})),
    ...ticksOf(panel.y, h / 55).map(([v, words]) => tag("path", {d: `M0 ${y(v).toFixed(1)}h-5`, class: "axis"})
      + text(-9, y(v) + 4.5, words, {"text-anchor": "end"})),
    text(w / 2, h + 41, panel.x.label, {"text-anchor": "middle"}),
    text(-h / 2, 16 - left, panel.y.label, {"text-anchor": "middle", transform: "rotate(-90)"}),
  ];
  let row = 0;
  for (const mark of marks) {
    const upright = mark.x !== undefined, at = upright ? x(mark.x) : w, late = upright && at > 0.55 * w;
    if (upright && (at < 0 || at > w)) continue;
    axes.push(upright ? text(at + (late ? 4 : -4), -6 - 18 * row++, mark.label, {"text-anchor": late ? "end" : "start"})
      : text(w - 4, y(mark.y) - 5, mark.label, {"text-anchor": "end", class: "halo"}));
  }
  const plot = tag("svg", {width: w, height: h, overflow: "hidden"}, inside.join(""));
  const whole = plot + tag("path", {d: `M0 0V${h}H${w}`, class: "axis"}) + axes.join("")
    + shown.map((p) => marker(x(p.x), y(p.y), p.kind, p.tone)).join("");
  return tag("svg", {role: "img", "aria-label": panel.label, width: full, height: tall, viewBox: `0 0 ${full} ${tall}`},
    tag("g", {transform: `translate(${left} ${top})`}, whole));
}

// The legend of a panel: each label once.
function legend(panel) {
  const rows = new Map(), box = (inside) => `<svg width="34" height="16" viewBox="-17 -8 34 16" aria-hidden="true">${inside}</svg>`;
  for (const one of panel.lines ?? []) {
    const sample = {...one, points: [[-16, 0], [0, 0], [16, 0]], arrow: false, width: Math.min(one.width ?? 2.4, 8)};
    if (one.label && !rows.has(one.label)) rows.set(one.label, box(line(sample, (a) => a, (b) => b, 1000, false)));
  }
  for (const one of panel.points ?? []) if (one.label && !rows.has(one.label)) rows.set(one.label, box(marker(0, 0, one.kind, one.tone)));
  for (const one of panel.bands ?? []) {
    if (one.label && !rows.has(one.label)) rows.set(one.label, box(tag("rect", {x: -14, y: -7, width: 28, height: 14, fill: one.fill, class: "band"})));
  }
  return [...rows].map(([label, sample]) => `<span>${sample}${inHtml(label)}</span>`).join("");
}
