// Policy: thresholds, critical transfer, rest and time to balance, before and after doses of five levers.

const upper = (word) => word[0].toUpperCase() + word.slice(1);
const sum = ([, , quality, image]) => quality + image;

// The letters of a case before and after the doses.
function casesOf(values, f, {fixed, moved, doses}) {
  const before = {...fixed, tau: values.tau, c: values.c, omega: values.omega};
  const given = f.moved(...moved.map((name) => before[name]), ...doses.map((name) => values[name]), values.cut);
  return [before, {...before, ...Object.fromEntries(moved.map((name, k) => [name, given[k]]))}];
}

function thresholdsOf(given, f) {
  const phi0 = f.phi_0(...given), phic = f.phi_c(...given), low = Math.max(phic, 1e-12), even = (phi) => f.balance(phi, ...given);
  return {phi0, phic, phib: !(even(1) > 0) ? 1 : even(low) >= 0 ? low : root(even, low, 1)};
}

// The critical intensity: the most unlike place where the transfer needed is greatest; null where nothing tips.
function criticalOf(given, grid, f) {
  const slope = (V) => f.slope(V, ...given), slopes = grid.map(slope);
  const at = slopes.findLastIndex((one, k) => one > 0 && slopes[k + 1] < 0);
  const Vup = at < 0 ? null : root(slope, grid[at], grid[at + 1]);
  return {Vup, tauup: at < 0 ? null : f.needed(Vup, ...given)};
}

// Where units that start unlike come to rest: the largest heterogeneity that needs the transfer there is.
function restOf(one, given, grid, f, table) {
  const lacks = (V) => f.needed(V, ...given) - one.tau, last = grid.findLastIndex((V) => lacks(V) >= 0);
  const end = (V) => f.settled(f.compatibility(V), ...given);
  const V = last < 0 ? end(grid[0]) : last === grid.length - 1 ? end(grid[last]) : root(lacks, grid[last], grid[last + 1]);
  const [leader, follower] = f.gains(f.compatibility(V), ...given);
  return {V, leader, follower, stage: table.classes[f.kind(leader, follower, one.epsilon)]};
}

// The path under the feedback, and when gains become balanced on it: infinite when never, not a number when unknown.
function wayOf(one, given, at, rest, f, table) {
  const target = Math.abs(Math.log(at.phib)), start = one.V_q + one.V_p, inside = given.filter((_, k) => !table.letters[k].startsWith("V_"));
  const rhs = (_, y) => f.field(...y, ...inside), exact = {rtol: 1e-9, atol: 1e-11, longest: 10};
  const y0 = [...f.gains(f.compatibility(start), ...given).map((gain) => 1 + gain), one.V_q, one.V_p];
  if (start <= target) return {years: 0, t: [0], course: [start], ended: "balanced"};
  const still = (y) => Math.abs(sum(y) - rest.V) < 1e-5 * rest.V || rhs(0, y).every((rate, k) => Math.abs(rate) < 1e-8 * y[k]);
  const stop = (t, y) => (sum(y) <= target ? "balanced" : rest.V > target && still(y) ? "at rest" : "");
  const path = integrate(rhs, y0, 0, table.horizon, {...exact, stop}), found = {t: path.t, course: path.y.map(sum), ended: path.ended};
  if (path.ended !== "balanced") return {...found, years: at.phib === 1 || path.ended === "at rest" || path.ended === "finished" ? Infinity : NaN};
  const from = path.t.at(-2), base = path.y.at(-2), over = (h) => (h > 0 ? sum(integrate(rhs, base, 0, h, exact).y.at(-1)) : sum(base)) - target;
  return {...found, years: from + (root(over, 0, path.t.at(-1) - from) ?? path.t.at(-1) - from)};
}

function outcomeOf(one, f, table) {
  const given = table.letters.map((name) => one[name]), [low, high, count] = table.grid;
  const grid = span(Math.log(low), Math.log(high), count).map(Math.exp), at = thresholdsOf(given, f);
  const rest = restOf(one, given, grid, f, table);
  return {...at, tau: one.tau, ...criticalOf(given, grid, f), ...rest, ...wayOf(one, given, at, rest, f, table), given};
}

const known = new Map();
function remembered(one, f, table) {
  const key = JSON.stringify(one);
  if (known.size > 200) known.clear();
  if (!known.has(key)) known.set(key, outcomeOf(one, f, table));
  return known.get(key);
}

const stuckAt = ({tauup, Vup, V}) => tauup !== null && V > Vup;

function firstWords(before, after) {
  const where = `Units that start unlike come to rest in ${after.stage}${after.stage === before.stage ? ", as before" : ` (before: ${before.stage})`}`;
  if (after.tauup === null) return `${where}; nothing tips here, there is no critical transfer.`;
  if (stuckAt(after)) return `${where}: they are stuck, since transfer is ${say(after.tau)} and takes τ_up = ${say(after.tauup)}.`;
  return `${where}: transfer is ${say(after.tau)}, beyond the critical τ_up = ${say(after.tauup)}${stuckAt(before) ? "; the levers free them" : ""}.`;
}

const timeWords = ({years, phib}, horizon) => (Number.isFinite(years) ? `after ${say(years)} years` : Number.isNaN(years) ? "at an unknown time"
  : phib === 1 ? "never, however alike units are" : `not within ${say(horizon, 4)} years`);

function gainWords(before, after) {
  const percent = (gain) => `${gain < 0 ? "loses" : "gains"} ${say(100 * Math.abs(gain))} %`;
  const worse = [["leader", after.leader < before.leader - 1e-9], ["follower", after.follower < before.follower - 1e-9]].filter(([, less]) => less);
  const price = worse.length ? ` The ${worse.map(([who]) => who).join(" and the ")} had more before.` : "";
  return `At rest the leader ${percent(after.leader)} (before: ${percent(before.leader)}), the follower ${percent(after.follower)} (before: ${percent(before.follower)}).${price}`;
}

function rowsFor(before, after, horizon) {
  const three = (number) => (number === null ? "none" : say(number));
  const row = (name, of) => [name, of(before), of(after)];
  return {head: ["outcome", "before", "with these doses"], body: [
    row("leader gains from compatibility φ_0", (one) => say(one.phi0)), row("follower gains from φ_c", (one) => say(one.phic)),
    row("gains balanced from φ_b", (one) => (one.phib === 1 ? "never" : say(one.phib))), row("transfer, τ", (one) => say(one.tau)),
    row("critical transfer, τ_up", (one) => three(one.tauup)), row("heterogeneity at rest, V", (one) => say(one.V)),
    row("stage at rest", (one) => one.stage), row("gains balanced", (one) => timeWords(one, horizon))]};
}

function compute(values, f, table) {
  const [before, after] = casesOf(values, f, table).map((one) => remembered(one, f, table)), numbers = {}, classes = {};
  for (const [one, tail] of [[before, "_before"], [after, ""]]) {
    for (const name of ["phi0", "phic", "phib", "tau", "tauup", "Vup", "V", "leader", "follower", "years"]) numbers[name + tail] = one[name];
    Object.assign(classes, {[`stage${tail}`]: one.stage, [`stuck${tail}`]: stuckAt(one) ? "stuck" : "free", [`time${tail}`]: one.ended});
  }
  const first = firstWords(before, after), when = timeWords(after, table.horizon), then = timeWords(before, table.horizon);
  const balance = `Gains balanced: ${when}${when === then ? ", as before" : ` (before: ${then})`}.`;
  return {numbers, classes, sentences: [first, balance, gainWords(before, after)], rows: rowsFor(before, after, table.horizon),
    panels: [transferPanel(before, after, f, first), thresholdPanel(before, after), timePanel(before, after, balance)]};
}

// Rest against transfer: the levers move the line to the left and transfer to the right.
function transferPanel(before, after, f, finding) {
  const low = Math.min(0.005, 0.6 * before.V, 0.6 * after.V), high = Math.max(8, 1.5 * before.V, 1.5 * after.V), log = Math.log10;
  const most = 1.3 * Math.max(before.tau, after.tau, before.tauup ?? 0, after.tauup ?? 0);
  const linesOf = ({given}, name, tone, width) => {
    const places = span(log(low), log(high), 241).map((y) => ({y, tau: f.needed(10 ** y, ...given), stable: f.slope(10 ** y, ...given) < 0}));
    const seen = (want) => places.map(({y, tau, stable}) => [stable === want ? tau : NaN, y]);
    return [{points: seen(true), tone, width, label: `rest, ${name}`},
      ...(places.every((one) => one.stable) ? [] : [{points: seen(false), tone, width, dash: 3, label: `unstable, ${name}`}])];
  };
  const moved = after.tau !== before.tau, pointsOf = (one, name, kind, tone) => [
    ...(one.tauup === null ? [] : [{x: one.tauup, y: log(one.Vup), kind: "unstable", tone, label: `critical, ${name}`}]),
    {x: one.tau, y: log(one.V), kind, tone: kind === "stable" ? "unit2" : tone, label: `units, ${name}`}];
  const ticks = [1e-5, 1e-4, 0.001, 0.01, 0.1, 1, 10, 100].filter((V) => V > low && V < high).map((V) => [log(V), say(V)]);
  return {
    name: "transfer", height: 300, x: {label: "intensity of transfer, τ", least: 0, most}, y: {label: "heterogeneity, V (falls upwards)", least: log(high), most: log(low), ticks},
    label: `Line chart. Horizontal axis: intensity of transfer; vertical axis: heterogeneity at rest, falling upwards, before and with these doses. ${finding}`,
    lines: [...linesOf(before, "before", "quiet", 1.8), ...linesOf(after, "with these doses", "ink", 2.6)],
    marks: [...(moved ? [{x: before.tau, label: `transfer before: ${say(before.tau)}`}] : []), {x: after.tau, label: `transfer: ${say(after.tau)}`}],
    points: [...pointsOf(before, "before", "start", "quiet"), ...pointsOf(after, "with these doses", "stable", "ink")],
  };
}

function thresholdPanel(before, after) {
  const rows = [["phi0", "leader gains, φ_0"], ["phic", "follower gains, φ_c"], ["phib", "balanced, φ_b"]].map(([name, label], k) => ({name, label, y: 3 - k}));
  const said = rows.map(({name, label}) => `${label} from ${say(before[name])} to ${say(after[name])}`).join(", ");
  return {
    name: "thresholds", height: 120, x: {label: "compatibility, φ (1: alike)", least: 0, most: 1.02, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1].map((v) => [v, say(v)])},
    y: {label: "", least: 0.4, most: 3.6, ticks: rows.map(({y, label}) => [y, label])},
    label: `Chart with a row for each threshold. Horizontal axis: compatibility; vertical axis: thresholds, which move: ${said}.`,
    lines: rows.map(({name, y}) => ({points: [[before[name], y], [after[name], y]], tone: "ink", width: 2, arrow: true})),
    points: rows.flatMap(({name, y}) => [{x: before[name], y, kind: "now", tone: "quiet", label: "before"},
      {x: after[name], y, kind: "start", tone: "ink", label: "with these doses"}]),
  };
}

function timePanel(before, after, finding) {
  const dates = [before.years, after.years].filter(Number.isFinite), end = dates.length ? Math.max(20, 1.2 * Math.max(...dates)) : 150, log = Math.log10;
  const target = after.phib < 1 ? Math.abs(Math.log(after.phib)) : null, all = [before, after].flatMap((one) => one.course).concat(target ?? []);
  const low = 0.6 * Math.min(...all), high = 1.4 * Math.max(...all);
  const line = ({t, course, ended}, label, tone, width) => ({tone, width, label, dash: tone === "quiet" ? 1 : 0,
    points: [...t.map((at, k) => [at, log(course[k])]), ...(ended === "at rest" && t.at(-1) < end ? [[end, log(course.at(-1))]] : [])]});
  const ticks = [1e-4, 0.001, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30].filter((V) => V > low && V < high).map((V) => [log(V), say(V)]);
  return {
    name: "time", height: 240, x: {label: "time, t (years)", least: 0, most: end}, y: {label: "heterogeneity, V (falls upwards)", least: log(high), most: log(low), ticks},
    label: `Line chart. Horizontal axis: time; vertical axis: heterogeneity, falling upwards, before and with these doses. ${finding}`,
    lines: [line(before, "before", "quiet", 1.8), line(after, "with these doses", "ink", 2.6)],
    marks: target === null ? [] : [{y: log(target), label: `balanced: V = ${say(target)}`}],
    points: [before, after].filter((one) => one.ended === "balanced").map((one) => ({x: one.years, y: log(Math.abs(Math.log(one.phib))), kind: "stable", tone: "unit2", label: "gains are balanced"})),
  };
}
