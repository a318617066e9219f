// Numbers: paths in time, roots, eigenvalues of two units, numbers in words.

const NODES = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const STAGES = [
  [], [1 / 5], [3 / 40, 9 / 40], [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const ERROR = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

const along = (y, slopes, weights, h) => y.map((one, i) => one + h * weights.reduce((sum, w, k) => sum + w * slopes[k][i], 0));

// One path of y' = rhs(t, y) by the adaptive method of Dormand and Prince, orders 5 and 4; it says how it ended.
function integrate(rhs, y0, t0, t1, options = {}) {
  const {rtol = 1e-7, atol = 1e-9, longest = Infinity, steps = 5000, stop = () => ""} = options;
  let t = t0, y = y0, slope = rhs(t, y);
  const size = (v) => Math.hypot(...v.map((one, i) => one / (atol + rtol * Math.abs(y[i])))) / Math.sqrt(v.length);
  let h = Math.min(longest, t1 - t0, 0.01 * (size(y) + 1e-12) / (size(slope) + 1e-12));
  const path = {t: [t], y: [y], ended: "finished"};
  for (let step = 0; t < t1; step++) {
    if (step >= steps) return {...path, ended: "out of steps"};
    if (!(h > 1e-14 * Math.max(1, Math.abs(t)))) return {...path, ended: "failed"};
    const last = t + h >= t1, slopes = [slope];
    if (last) h = t1 - t;
    for (let k = 1; k < 7; k++) slopes.push(rhs(t + NODES[k] * h, along(y, slopes, STAGES[k], h)));
    const next = along(y, slopes, STAGES[6], h), error = size(along(y.map(() => 0), slopes, ERROR, h));
    if (error <= 1) {
      t = last ? t1 : t + h;
      y = next;
      slope = slopes[6];
      path.t.push(t);
      path.y.push(y);
      const word = stop(t, y);
      if (word) return {...path, ended: word};
    }
    h = Math.min(longest, h * (Number.isFinite(error) ? Math.min(5, Math.max(0.2, 0.9 * (error + 1e-12) ** -0.2)) : 0.1));
  }
  return path;
}

// The place between low and high where g changes its sign, to the last digit; null when it does not.
function root(g, low, high) {
  const below = Math.sign(g(low)), above = Math.sign(g(high));
  if (below === 0) return low;
  if (above === 0) return high;
  if (!(below * above < 0)) return null;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) return middle;
    if (Math.sign(g(middle)) === below) low = middle;
    else high = middle;
  }
}

// All places where g changes its sign, as far as so many pieces tell them apart.
function roots(g, low, high, pieces = 200) {
  const ends = span(low, high, pieces + 1), found = [];
  for (let k = 0; k < pieces; k++) {
    const one = root(g, ends[k], ends[k + 1]);
    if (one !== null && one !== found.at(-1)) found.push(one);
  }
  return found;
}

const span = (low, high, count) => Array.from({length: count}, (_, k) => low + (high - low) * k / (count - 1));

// Eigenvalues [real, imaginary] of the matrix [[a, b], [c, d]].
function eigen(a, b, c, d) {
  const mean = (a + d) / 2, square = ((a - d) / 2) ** 2 + b * c, width = Math.sqrt(Math.abs(square));
  return square < 0 ? [[mean, width], [mean, -width]] : [[mean + width, 0], [mean - width, 0]];
}

// A number in so many digits, with a true minus.
function say(number, digits = 3) {
  if (!Number.isFinite(number)) return number > 0 ? "infinite" : number < 0 ? "minus infinite" : "unknown";
  return String(Number(number.toPrecision(digits))).replace("-", "−");
}
