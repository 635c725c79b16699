// A local plane in metres around the city centre, seeded chance and smooth noise: everything the generator draws with.

export const CENTRE = { lon: 121.0, lat: 31.0 };
const METRES_PER_LAT = 111_320;
const METRES_PER_LON = METRES_PER_LAT * Math.cos((CENTRE.lat * Math.PI) / 180);

/** Plane point [x, y] in metres (east, north) → [lon, lat] rounded to about a metre, which keeps the files small. */
export const toLonLat = ([x, y]) => [
  Math.round((CENTRE.lon + x / METRES_PER_LON) * 1e5) / 1e5,
  Math.round((CENTRE.lat + y / METRES_PER_LAT) * 1e5) / 1e5,
];

/** Small seeded generator (multiply-with-xorshift); same seed, same city, on every machine. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Value noise in [-1, 1] with a wavelength of one unit. */
export function noise(seed) {
  const at = (i, j) => {
    let h = Math.imul(i, 374761393) ^ Math.imul(j, 668265263) ^ Math.imul(seed, 1274126177);
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
  };
  const ease = (t) => t * t * (3 - 2 * t);
  return (x, y) => {
    const i = Math.floor(x);
    const j = Math.floor(y);
    const u = ease(x - i);
    const v = ease(y - j);
    const low = at(i, j) * (1 - u) + at(i + 1, j) * u;
    const high = at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u;
    return low * (1 - v) + high * v;
  };
}

export const distance = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Even–odd rule; the ring may or may not repeat its first point. */
export function inside(ring, [x, y]) {
  let hit = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) hit = !hit;
  }
  return hit;
}

/** Douglas–Peucker: fewest points that stay within `tolerance` metres of the line. */
export function simplify(line, tolerance) {
  if (line.length < 3) return line;
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const spans = [[0, line.length - 1]];
  while (spans.length > 0) {
    const [first, last] = spans.pop();
    const [ax, ay] = line[first];
    const dx = line[last][0] - ax;
    const dy = line[last][1] - ay;
    const length = Math.hypot(dx, dy);
    let worst = tolerance;
    let at = -1;
    for (let i = first + 1; i < last; i++) {
      const off = length === 0 ? distance(line[i], line[first]) : Math.abs((line[i][0] - ax) * dy - (line[i][1] - ay) * dx) / length;
      if (off > worst) [worst, at] = [off, i];
    }
    if (at > 0) {
      keep[at] = 1;
      spans.push([first, at], [at, last]);
    }
  }
  return line.filter((_, i) => keep[i]);
}

/** Points of a Catmull–Rom curve through `knots`, about `step` metres apart. */
export function curve(knots, step) {
  const out = [];
  for (let k = 0; k < knots.length - 1; k++) {
    const p = [knots[k - 1] ?? knots[k], knots[k], knots[k + 1], knots[k + 2] ?? knots[k + 1]];
    const pieces = Math.max(2, Math.round(distance(p[1], p[2]) / step));
    for (let s = 0; s < pieces; s++) {
      const t = s / pieces;
      const along = (a) =>
        0.5 *
        (2 * p[1][a] +
          (p[2][a] - p[0][a]) * t +
          (2 * p[0][a] - 5 * p[1][a] + 4 * p[2][a] - p[3][a]) * t * t +
          (3 * p[1][a] - p[0][a] - 3 * p[2][a] + p[3][a]) * t * t * t);
      out.push([along(0), along(1)]);
    }
  }
  out.push(knots[knots.length - 1]);
  return out;
}

/** A closed blob: radius varies smoothly with the angle by `wobble` (share of the radius). */
export function blob(centre, radius, wobble, seed, { stretch = 1, turn = 0, points = 48 } = {}) {
  const n = noise(seed);
  const ring = [];
  for (let i = 0; i < points; i++) {
    const a = (i / points) * 2 * Math.PI;
    const r = radius * (1 + wobble * n(2 + Math.cos(a) * 1.6, 2 + Math.sin(a) * 1.6));
    const x = r * Math.cos(a) * stretch;
    const y = (r * Math.sin(a)) / stretch;
    ring.push([centre[0] + x * Math.cos(turn) - y * Math.sin(turn), centre[1] + x * Math.sin(turn) + y * Math.cos(turn)]);
  }
  ring.push(ring[0]);
  return ring;
}

/** Ribbon polygon around a line; `width(i)` gives the full width in metres at point i. */
export function ribbon(line, width) {
  const left = [];
  const right = [];
  line.forEach((p, i) => {
    const a = line[Math.max(0, i - 1)];
    const b = line[Math.min(line.length - 1, i + 1)];
    const length = distance(a, b) || 1;
    const nx = -(b[1] - a[1]) / length;
    const ny = (b[0] - a[0]) / length;
    const half = width(i) / 2;
    left.push([p[0] + nx * half, p[1] + ny * half]);
    right.push([p[0] - nx * half, p[1] - ny * half]);
  });
  const ring = [...left, ...right.reverse()];
  ring.push(ring[0]);
  return ring;
}
