// Two units: phase portrait, regime, mode, equilibria.

const NAMES = ["nobody", "unit 1 alone", "unit 2 alone", "both together"];
const pairOf = (u) => `(${say(u[0])}, ${say(u[1])})`;

// The four equilibria: where, of which kind, with which eigenvalues.
function pointsOf({a1, a2, r1, r2}, f, kinds) {
  return f.points(a1, a2).map((u, k) => {
    const exists = kinds[k] !== "infeasible", [[a, b], [c, d]] = f.jacobian(...u, r1, r2, a1, a2);
    return {name: NAMES[k], u, kind: kinds[k], exists, eigenvalues: exists ? eigen(a, b, c, d) : []};
  });
}

function eigenWords([[re, im], [other]]) {
  return im ? `${say(re)} ± ${say(Math.abs(im))} i` : `${say(re)}, ${say(other)}`;
}

// How the path from the chosen start goes, and the paths around it.
function pathsOf(values, f, limit, bounded) {
  const {a1, a2, r1, r2, u1, u2} = values, rhs = (_, u) => f.field(...u, r1, r2, a1, a2), slow = Math.min(r1, r2);
  const stop = (_, u) => {
    if (!bounded && Math.max(...u) > 3 * limit) return "escaped";
    return Math.hypot(...rhs(0, u)) < 1e-5 * slow * limit ** 2 ? "settled" : "";
  };
  const follow = (start, rtol, years) => integrate(rhs, start, 0, years / slow, {rtol, atol: 1e-3 * rtol, stop, longest: 1 / slow});
  const ring = [0.03, 0.35, 0.68, 0.98].flatMap((share) => [[share, 0.02], [0.02, share], [share, 0.98], [0.98, share]]);
  return {mine: follow([u1, u2], 1e-7, 200), around: ring.map((start) => follow(start.map((one) => one * limit), 1e-4, 20))};
}

function outcome(mine) {
  const end = mine.y.at(-1), time = say(mine.t.at(-1));
  if (mine.ended === "escaped") return `the path outgrows every bound: it has left the picture by year ${time}`;
  return mine.ended === "settled" ? `the path comes to rest at ${pairOf(end.map(tidy))}` : `after ${time} years the path is at ${pairOf(end.map(tidy))}`;
}

const tidy = (one) => (one < 1e-4 ? 0 : one);

function fate(gain, k) {
  const per = say(100 * Math.abs(gain));
  return `unit ${k + 1} ${Math.abs(gain) < 1e-9 ? "neither gains nor loses" : gain > 0 ? `gains ${per} %` : `loses ${per} %`}`;
}

// Regime, mode, stages and kinds of equilibria: what `ecolib` said of this pattern of signs.
function classify({a1, a2}, f, table) {
  const signs = f.signs(a1, a2).map((one) => (Math.abs(one) < table.zero ? 0 : Math.sign(one)));
  const row = table.cases[signs.join()], even = row.mode === "mutualism" && f.balanced(a1, a2);
  const mode = row.mode === "mutualism" ? `${even ? "balanced" : "biased"} mutualism` : row.mode;
  return {...row, mode, shares: row.stages.shares[Number(even)], signs: row.stages.signs[Number(even)]};
}

function compute(values, f, table) {
  const {a1, a2} = values, row = classify(values, f, table), {mode, shares, signs} = row;
  const points = pointsOf(values, f, row.kinds), there = points.filter((one) => one.exists);
  const together = row.regime === "coexistence", gains = together ? f.gains(a1, a2) : [null, null];
  const limit = Math.max(4 / 3, ...there.flatMap((one) => one.u.map((u) => 4 / 3 * u)), 1.05 * values.u1, 1.05 * values.u2);
  const paths = pathsOf(values, f, limit, row.regime !== "unbounded growth"), end = paths.mine.y.at(-1);
  const stable = there.filter((one) => one.kind === "stable");
  return {
    numbers: {gain1: gains[0], gain2: gains[1], end1: end[0], end2: end[1]},
    classes: {regime: row.regime, mode, ended: paths.mine.ended, shares, signs, kinds: row.kinds},
    sentences: [
      together ? `Mode: ${mode}; ${gains.map(fate).join(" and ")}.` : `Mode: ${mode}; the two do not settle down together.`,
      `Regime: ${row.regime}; ${stable.length ? stable.map((one) => `${one.name} ${pairOf(one.u)}`).join(" and ") : "nothing"} ${stable.length > 1 ? "attract" : "attracts"}.`,
      `From (${say(values.u1)}, ${say(values.u2)}) ${outcome(paths.mine)}.`,
      `In the paper's words: ${shares === signs ? shares : `${shares} (by shares), ${signs} (by signs)`}.`,
    ],
    rows: {head: ["equilibrium", "at (u_1, u_2)", "kind", "eigenvalues, per year"],
      body: there.map((one) => [one.name, pairOf(one.u), one.kind, eigenWords(one.eigenvalues)])},
    panels: [portrait(values, f, paths, there, limit, `${row.regime}, ${mode}`)],
  };
}

function portrait({a1, a2, u1, u2}, f, paths, there, limit, finding) {
  const ends = span(0, limit, 41), axis = (k) => ({label: `saturation of unit ${k}, u_${k} (1 = alone)`, least: 0, most: limit});
  return {
    name: "portrait", square: true, x: axis(1), y: axis(2),
    label: `Phase portrait. Horizontal axis: saturation of unit 1; vertical axis: saturation of unit 2. ${finding}; `
      + there.map((one) => `${one.name} at ${pairOf(one.u)} is ${one.kind}`).join(", "),
    lines: [
      ...paths.around.map((path) => ({points: path.y, tone: "quiet", width: 1, arrow: true, label: "paths"})),
      {points: ends.map((u) => [f.nullclines(0, u, a1, a2)[0], u]), tone: "unit0", dash: 0, label: "unit 1 stands still"},
      {points: ends.map((u) => [u, f.nullclines(u, 0, a1, a2)[1]]), tone: "unit1", dash: 1, label: "unit 2 stands still"},
      {points: paths.mine.y, tone: "ink", width: 2.6, arrow: true, label: "your path"},
    ],
    points: [{x: u1, y: u2, kind: "start", label: "your start"},
      ...there.map((one) => ({x: one.u[0], y: one.u[1], kind: one.kind, label: one.kind}))],
  };
}
