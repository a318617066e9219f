// The path: gains along falling heterogeneity and over time; thresholds, modes, stages, dates.

const MOST_GAIN = 5;
const percent = (gain) => `${gain < 0 ? "loses" : "gains"} ${say(100 * Math.abs(gain))} %`;

// Where the stages change: compatibilities, and heterogeneities in which `never` is 0.
function thresholdsOf({s, c, omega, epsilon}, f) {
  const phi0 = f.phi_0(s, c), phic = f.phi_c(s, c, omega);
  const reached = f.balance(1, s, c, omega, epsilon) > 0;
  const phib = reached ? root((phi) => f.balance(phi, s, c, omega, epsilon), Math.max(phic, 1e-12), 1) : 1;
  const [phir] = [...roots((phi) => f.room(phi, s, c, omega), 1e-6, 1), 1];
  const [V0, Vc, Vb, Vr] = [phi0, phic, phib, phir].map((phi) => Math.abs(f.heterogeneity(phi)));
  return {phi0, phic, phib, V0, Vc, Vb, Vr};
}

// Gains, mode and stages at a compatibility.
function stateAt(phi, {s, c, omega, epsilon}, f, table) {
  if (!(f.room(phi, s, c, omega) > 0)) return {gains: [Infinity, Infinity], ...table.runaway};
  const gains = f.gains(phi, s, c, omega), count = (sign) => gains.filter((g) => sign * g > table.tolerance).length;
  return {gains, ...table.cases[`${count(1)},${count(-1)},${f.balanced(...gains, epsilon)}`]};
}

// Bands between edges on an axis; `state` says what holds at a place.
function bandsOf(edges, from, to, state, table) {
  const inside = edges.filter((e) => (e - from) * (e - to) < 0).sort((a, b) => (to > from ? a - b : b - a));
  const ends = [from, ...inside, to];
  return ends.slice(1).map((end, k) => {
    const stage = state((ends[k] + end) / 2).shares;
    return {from: ends[k], to: end, fill: table.colours[stage], label: stage};
  });
}

function panelOf(name, x, state, marks, edges, now, finding, table) {
  const places = span(x.least, x.most, 201), states = places.map(state);
  const shown = (gain) => (gain <= MOST_GAIN ? gain : NaN);
  const lines = table.names.map((label, k) => ({points: places.map((at, i) => [at, shown(states[i].gains[k])]),
    tone: `unit${k}`, dash: k, label}));
  const heights = lines.flatMap((one) => one.points.map(([, y]) => y)).filter(Number.isFinite);
  const low = Math.min(0, ...heights), high = Math.max(0.1, ...heights), room = 0.06 * (high - low);
  return {name, label: `Line chart. Horizontal axis: ${x.label}; vertical axis: gain of leader and follower. ${finding}`,
    x, y: {label: "gain, g (0 = alone)", least: low - room, most: high + room}, lines, marks,
    bands: bandsOf(edges, x.least, x.most, state, table),
    points: state(now).gains.map((gain, k) => ({x: now, y: gain, kind: "now", tone: `unit${k}`, label: `${table.names[k]} now`}))};
}

function followerWords({s, c, omega}, at) {
  if (omega === 0) return "The follower never gains, at no heterogeneity: nothing flows back to it.";
  if (c === 0) return "The follower gains at every heterogeneity, since there is no friction.";
  return `The follower begins to gain where heterogeneity falls below V_c = ${say(at.Vc)} (compatibility ${say(at.phic)}).`;
}

function otherWords({s, omega, epsilon}, at, f) {
  const leader = Number.isFinite(at.V0) ? `The leader gains below V_0 = ${say(at.V0)}` : "The leader gains at every heterogeneity";
  const even = at.Vb > 0 ? `the gains are balanced within ${say(100 * epsilon)} % below V_b = ${say(at.Vb)}`
    : `the gains are never balanced within ${say(100 * epsilon)} %, which takes a reciprocity above ${say(f.omega_b(s, epsilon))}`;
  const away = at.Vr > 0 ? ` Below ${say(at.Vr)} mutual benefit runs away.` : "";
  return `${leader}; ${even}.${away}`;
}

function nowWords(V, phi, now) {
  const gains = Number.isFinite(now.gains[0]) ? `; the leader ${percent(now.gains[0])}, the follower ${percent(now.gains[1])}` : "";
  const stage = now.shares === now.signs ? `stage ${now.shares}` : `stage ${now.shares} (by shares), ${now.signs} (by signs)`;
  return `Now, at V = ${say(V)} (compatibility ${say(phi)}): ${now.mode}, ${stage}${gains}.`;
}

function timeWords({t0, tc, tb}) {
  const events = [[t0, "the leader begins to gain in", "the leader has gained for"], [tc, "the follower begins to gain in", "the follower has gained for"],
    [tb, "the gains are balanced in", "the gains have been balanced for"]].filter(([t]) => Number.isFinite(t));
  const said = events.map(([t, later, before]) => `${t > 0 ? later : before} ${say(Math.abs(t))} years`);
  return said.length ? `At this rate of decay: ${said.join(", ")}.` : "";
}

function compute(values, f, table) {
  const {V, s, c, omega, mu} = values, at = thresholdsOf(values, f), phi = f.compatibility(V);
  const state = (V) => stateAt(f.compatibility(V), values, f, table), now = state(V), [a1, a2] = f.alpha(phi, s, c, omega);
  const date = (level) => (level > 0 ? f.stage_time(level, V, mu) : Infinity);
  const dates = {t0: date(at.V0), tc: date(at.Vc), tb: date(at.Vb)}, edges = [at.V0, at.Vc, at.Vb, at.Vr];
  const wide = 1.05 * Math.max(V, ...edges.filter((e) => e < 3), 0.5);
  const last = 0.5 * Math.min(V, ...edges.filter((e) => e > 0.02)), end = f.stage_time(last, V, mu);
  const labels = [["leader gains", "0", at.V0, dates.t0], ["follower gains", "c", at.Vc, dates.tc], ["balanced", "b", at.Vb, dates.tb]]
    .filter(([, , level]) => level > 0 && Number.isFinite(level));
  const first = followerWords(values, at);
  return {
    numbers: {...at, ...dates, phi, a1, a2, gain1: now.gains[0], gain2: now.gains[1]},
    classes: {mode: now.mode, shares: now.shares, signs: now.signs},
    sentences: [first, otherWords(values, at, f), nowWords(V, phi, now), timeWords(dates)].filter(Boolean),
    panels: [
      panelOf("heterogeneity", {label: "heterogeneity, V (falls to the right)", least: wide, most: 0}, state,
        labels.map(([what, index, level]) => ({x: level, label: `${what}: V_${index} = ${say(level)}`})), edges, V, first, table),
      panelOf("time", {label: "time, t (years from now)", least: 0, most: end}, (t) => state(f.heterogeneity_at(t, V, mu)),
        labels.map(([what, index, , t]) => ({x: t, label: `${what}: t_${index} = ${say(t)}`})).filter((mark) => mark.x > 0),
        edges.map(date), 0, timeWords(dates), table),
    ],
  };
}
