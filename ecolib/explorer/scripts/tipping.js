// Tipping: rest of the feedback against transfer, folds, the loop, the cusp.

const DEEP = 1e-14, FAR = 1e6, GRID = span(Math.log(1e-8), Math.log(60), 401).map(Math.exp);
const COARSE = span(Math.log(1e-3), Math.log(30), 121).map(Math.exp);
const three = ({s, c, omega}) => [s, c, omega];

// The heterogeneity down to which there is room for both; 0 when there always is.
function edgeOf(closure, f) {
  const [phi] = f.room(1, ...closure) > 0 ? [1] : roots((phi) => f.room(phi, ...closure), 1e-6, 1);
  return phi === undefined ? 0 : Math.abs(f.heterogeneity(phi));
}

// Ends of pieces on which the slope of the reduced curve rises or falls throughout: it turns where the curve bends.
function cutsOf(closure, f, grid, edge) {
  const places = [edge > 0 ? edge * (1 + 1e-9) : DEEP, ...grid.filter((V) => V > edge * (1 + 1e-6)), FAR], bends = places.map((V) => f.bend(V, ...closure));
  const turns = places.slice(1).map((V, k) => (bends[k] * bends[k + 1] < 0 ? root((v) => f.bend(v, ...closure), places[k], V) : null));
  return [places[0], ...turns.filter((V) => V !== null), FAR];
}

// All folds, in order of heterogeneity; `least` where the curve is lowest.
function foldsOf(values, f, edge) {
  const closure = three(values), cuts = cutsOf(closure, f, GRID, edge), slope = (V) => f.slope(V, ...closure);
  return cuts.slice(1).map((V, k) => (slope(cuts[k]) * slope(V) < 0 ? root(slope, cuts[k], V) : null)).filter((V) => V !== null)
    .map((V) => ({V, tau: f.rest(V, ...closure, values.eta, values.learning), least: slope(V * 0.999) < slope(V * 1.001)}));
}

// The least slope of the reduced curve at a synergy: below 0 the curve has folds.
function leastSlope(s, c, omega, f) {
  const closure = [s, c, omega];
  return Math.min(1, ...cutsOf(closure, f, COARSE, 0).slice(1, -1).map((V) => f.slope(V, ...closure)));
}

// The synergy from which on the curve has folds, as far as nothing runs away before; null when there is none.
const known = new Map();
function cuspOf({c, omega}, f, {synergies, most}) {
  const key = `${c},${omega}`;
  if (!known.has(key)) {
    const top = root((s) => f.room(1, s, c, omega), 1e-9, most) ?? most, slope = (s) => leastSlope(s, c, omega, f);
    const scan = synergies.map((part) => part * top), first = scan.slice(0, -1).findIndex((s) => slope(s) < 0);
    if (known.size > 500) known.clear();
    known.set(key, first > 0 ? root(slope, scan[first - 1], scan[first]) : null);
  }
  return known.get(key);
}

function stageAt(V, values, f, {cases, tolerance, epsilon}) {
  const gains = f.gains(V, ...three(values)), count = (sign) => gains.filter((g) => sign * g > tolerance).length;
  return cases[`${count(1)},${count(-1)},${f.even(...gains, epsilon) >= 0}`];
}

function stableAt(V, tau, values, f) {
  const u = f.gains(V, ...three(values)).map((gain) => 1 + gain);
  const signs = f.hurwitz(...u, V, ...three(values), tau, values.learning);
  return {u, kind: signs.every((one) => one > 0) ? "stable" : signs[1] < 0 ? "saddle" : "unstable"};
}

// All states at rest at an intensity, in order of heterogeneity: one at most between two neighbouring folds.
function statesOf(tau, values, f, table, folds, edge) {
  const level = (y) => Math.log(tau / f.rest(Math.exp(y), ...three(values), values.eta, values.learning));
  const ends = [edge > 0 ? edge * (1 + 1e-12) : DEEP, ...folds.map((fold) => fold.V), FAR].map(Math.log);
  return ends.slice(1).map((end, k) => root(level, ends[k], end)).filter((y) => y !== null).map(Math.exp).map((V) =>
    ({V, ...stableAt(V, tau, values, f), stage: stageAt(V, values, f, table)}));
}

// Where units come to rest that come from a heterogeneity: saddles part those that end at different states.
function restFrom(V, states, runs) {
  const below = states.filter((one) => one.kind !== "stable" && one.V < V).length;
  return states.filter((one) => one.kind === "stable")[runs ? below - 1 : below] ?? null;
}

// Critical intensities and where units land beyond them.
function loopOf(values, f, table, folds, edge) {
  const up = folds.filter((fold) => fold.least).at(-1), down = folds.find((fold) => !fold.least);
  if (!up) return {up: null, down: null, risen: null, fallen: null};
  const at = (fold) => (fold ? statesOf(fold.tau, values, f, table, folds, edge) : []);
  return {up, down: down ?? null, risen: at(up).find((one) => down && one.V < down.V) ?? null,
    fallen: at(down).find((one) => one.V > up.V) ?? null};
}

function levelsOf(values, f, {epsilon}) {
  const [s, c, omega] = three(values), phic = f.phi_c(s, c, omega), even = (phi) => f.balance(phi, s, c, omega, epsilon);
  const phib = even(1) > 0 ? root(even, Math.max(phic, 1e-12), 1) ?? 1 : 1;
  return [f.phi_0(s, c), phic, phib].map((phi) => Math.abs(f.heterogeneity(phi)));
}

function loopWords({up, down, risen, fallen}, stage) {
  if (!up) return "Succession is smooth: every intensity of transfer has one state of rest, there is no critical value and no loop.";
  if (!down) return `Transfer that rises past τ_up = ${say(up.tau)} tips: beyond it mutual benefit runs away, and there is no way back.`;
  return `Transfer that rises past τ_up = ${say(up.tau)} tips units from ${stage(up.V)} (V = ${say(up.V)}) to ${risen.stage} (V = ${say(risen.V)}); `
    + `they fall back, to ${fallen.stage} (V = ${say(fallen.V)}), only below τ_down = ${say(down.tau)}.`;
}

function nowWords(values, now, states, runs) {
  const others = states.filter((one) => one.kind === "stable" && one !== now);
  if (!now) return `Now, at τ = ${say(values.tau)}: units come ever closer, and mutual benefit runs away.`;
  const upper = (word) => word[0].toUpperCase() + word.slice(1);
  const second = others.length ? ` ${upper(others[0].stage)} at V = ${say(others[0].V)} is stable too: the past decides.`
    : runs && states.length > 1 ? " Units that are much more alike would run away: the past decides." : "";
  return `Now, at τ = ${say(values.tau)}: rest in ${now.stage} at V = ${say(now.V)}, outputs ${now.u.map((u) => say(u)).join(" and ")} times those alone.${second}`;
}

function cuspWords({s, c, omega}, cusp) {
  const here = `With friction ${say(c)} and reciprocity ${say(omega)}`;
  if (cusp === null) return `${here} no synergy makes a loop before mutual benefit runs away.`;
  return `${here} tipping takes a synergy above s^* = ${say(cusp, 4)} (the cusp); here it is ${say(s)}.`.replace("s^*", "s*");
}

function compute(values, f, table) {
  const edge = edgeOf(three(values), f), runs = f.room(1, ...three(values)) <= 0, folds = foldsOf(values, f, edge);
  const states = statesOf(values.tau, values, f, table, folds, edge), now = restFrom(values.V, states, runs);
  const loop = loopOf(values, f, table, folds, edge), cusp = cuspOf(values, f, table);
  const first = loopWords(loop, (V) => stageAt(V, values, f, table));
  return {
    numbers: {tau_up: loop.up?.tau ?? null, tau_down: loop.down?.tau ?? null, V_up: loop.up?.V ?? null, V_down: loop.down?.V ?? null,
      risen: loop.risen?.V ?? null, fallen: loop.fallen?.V ?? null, cusp, rest: now?.V ?? null, u1: now?.u[0] ?? null, u2: now?.u[1] ?? null,
      states: states.map((one) => one.V)},
    classes: {outcome: ["smooth", "no return", "loop"][Math.min(folds.length, 2)], stage: now?.stage ?? "runaway", kinds: states.map((one) => one.kind)},
    becomes: {V: Math.min(table.past[1], Math.max(table.past[0], now ? now.V : edge))},
    sentences: [first, nowWords(values, now, states, runs), cuspWords(values, cusp)],
    rows: {head: ["state at rest, V", "outputs u_1, u_2", "stage", "kind"],
      body: states.map((one) => [say(one.V), one.u.map((u) => say(u)).join(", "), one.stage, one.kind])},
    panels: [diagram(values, f, table, loop, folds, edge, states, now, first)],
  };
}

// Rest against transfer. On the vertical axis stands the logarithm of heterogeneity.
function diagram(values, f, table, loop, folds, edge, states, now, finding) {
  const log = Math.log10, most = Math.max(1.15 * values.tau, 1.5 * (loop.up?.tau ?? values.eta / values.learning));
  const seen = [now, loop.risen, loop.fallen].filter(Boolean).map((one) => one.V), low = Math.min(0.005, ...seen.map((V) => 0.6 * V));
  const high = Math.max(8, ...seen.map((V) => 1.5 * V)), at = (V) => [f.rest(V, ...three(values), values.eta, values.learning), log(V)];
  const along = (from, to) => span(log(from), log(to), 121).map((y) => at(10 ** y)), first = Math.max(low, edge * (1 + 1e-9));
  const levels = levelsOf(values, f, table), edges = [high, ...levels.map((V) => Math.min(high, Math.max(low, V))), low];
  const ends = [first, ...folds.map((fold) => fold.V).filter((V) => V > first && V < high), high], {up, down, risen, fallen} = loop;
  const rest = ends.slice(1).map((end, k) => {
    const middle = Math.sqrt(ends[k] * end), stable = stableAt(middle, at(middle)[0], values, f).kind === "stable";
    return {points: along(ends[k], end), tone: "ink", dash: stable ? 0 : 3, width: stable ? 2.4 : 1.8, label: stable ? "rest, stable" : "rest, unstable"};
  });
  const ways = up && down && risen && fallen ? [
    {points: [...along(high, up.V), [up.tau, log(risen.V)], ...along(risen.V, first)], tone: "unit0", width: 5, arrow: true, label: "transfer raised"},
    {points: [...along(first, down.V), [down.tau, log(fallen.V)], ...along(fallen.V, high)], tone: "unit1", width: 5, dash: 1, arrow: true, label: "transfer lowered"}] : [];
  const tick = (V) => [log(V), say(V)], ticks = [1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1, 10, 100].filter((V) => V > low && V < high).map(tick);
  return {
    name: "rest", height: 320, x: {label: "intensity of transfer, τ", least: 0, most}, y: {label: "heterogeneity, V (falls upwards)", least: log(high), most: log(low), ticks},
    label: `Line chart. Horizontal axis: intensity of transfer; vertical axis: heterogeneity, falling upwards. ${finding}`,
    bands: edges.slice(1).map((V, k) => ({along: "y", from: log(edges[k]), to: log(V), fill: table.colours[k], label: table.stages[k]})).filter((one) => one.from > one.to),
    lines: [...ways, ...rest],
    marks: [up && {x: up.tau, label: `τ_up = ${say(up.tau)}`}, down && {x: down.tau, label: `τ_down = ${say(down.tau)}`}].filter(Boolean),
    points: [...folds.map((fold) => ({x: fold.tau, y: log(fold.V), kind: "unstable", label: "fold"})),
      ...states.filter((one) => one !== now && one.kind === "stable").map((one) => ({x: values.tau, y: log(one.V), kind: "unstable", tone: "quiet", label: "stable too"})),
      ...(now ? [{x: values.tau, y: log(now.V), kind: "stable", tone: "unit2", label: "units now"}] : [])],
  };
}
