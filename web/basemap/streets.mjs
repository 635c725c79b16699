// Streets as evenly spaced streamlines of a direction field: quarters with their own grid, rings around the centre, quays along the river.
import { distance } from './plane.mjs';

/** Direction field: θ(p) is one of two orthogonal street directions at p. Angles are added as doubled vectors, so that 0° and 180° agree. */
export function directionField({ quarters, centre, centrePull, river, riverPull }) {
  const cells = new Map();
  river.forEach((p, i) => {
    if (i % 4 === 0) {
      const key = `${Math.round(p[0] / 2000)},${Math.round(p[1] / 2000)}`;
      cells.set(key, [...(cells.get(key) ?? []), i]);
    }
  });
  const nearRiver = (p) => {
    let best = -1;
    let least = Infinity;
    const cx = Math.round(p[0] / 2000);
    const cy = Math.round(p[1] / 2000);
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (const i of cells.get(`${cx + dx},${cy + dy}`) ?? []) {
          const d = distance(river[i], p);
          if (d < least) [least, best] = [d, i];
        }
    return [least, best];
  };
  return (p) => {
    let c = 0;
    let s = 0;
    const add = (angle, weight) => {
      c += weight * Math.cos(2 * angle);
      s += weight * Math.sin(2 * angle);
    };
    for (const q of quarters) {
      const d = distance(p, q.at);
      add(q.angle, Math.exp((-d * d) / (2 * q.reach * q.reach)));
    }
    const dc = distance(p, centre);
    add(Math.atan2(p[1] - centre[1], p[0] - centre[0]) + Math.PI / 2, centrePull * Math.exp((-dc * dc) / (2 * 5200 * 5200)));
    const [d, i] = nearRiver(p);
    if (i > 0 && i < river.length - 1)
      add(Math.atan2(river[i + 1][1] - river[i - 1][1], river[i + 1][0] - river[i - 1][0]), riverPull * Math.exp((-d * d) / (2 * 900 * 900)));
    return Math.atan2(s, c) / 2;
  };
}

/** Spatial hash of the points already drawn, one per family (along θ, across θ). */
class Drawn {
  constructor(cell) {
    this.cell = cell;
    this.map = new Map();
  }
  add(p) {
    const key = `${Math.floor(p[0] / this.cell)},${Math.floor(p[1] / this.cell)}`;
    const list = this.map.get(key);
    if (list) list.push(p);
    else this.map.set(key, [p]);
  }
  nearer(p, than) {
    const reach = Math.ceil(than / this.cell);
    const cx = Math.floor(p[0] / this.cell);
    const cy = Math.floor(p[1] / this.cell);
    for (let x = cx - reach; x <= cx + reach; x++)
      for (let y = cy - reach; y <= cy + reach; y++)
        for (const q of this.map.get(`${x},${y}`) ?? []) if (distance(p, q) < than) return true;
    return false;
  }
}

/** Draws several densities of street into one city. `open(p)` says where a street may run. */
export function streetPlan({ field, random }) {
  const families = [new Drawn(150), new Drawn(150)];
  const STEP = 35;

  function walk(seed, family, apart, open, sign, longest) {
    const line = [];
    const own = new Drawn(150); // a line that circles back ends where it would meet itself
    let p = seed;
    let heading = null;
    while (line.length * STEP < longest) {
      const turn = family === 0 ? 0 : Math.PI / 2;
      let a = field(p) + turn;
      if (heading === null) a += sign < 0 ? Math.PI : 0;
      else if (Math.cos(a - heading) < 0) a += Math.PI;
      const mid = [p[0] + (STEP / 2) * Math.cos(a), p[1] + (STEP / 2) * Math.sin(a)];
      let b = field(mid) + turn;
      if (Math.cos(b - a) < 0) b += Math.PI;
      const next = [p[0] + STEP * Math.cos(b), p[1] + STEP * Math.sin(b)];
      if (!open(next) || families[family].nearer(next, apart(next) * 0.62) || own.nearer(next, apart(next) * 0.5)) break;
      line.push(next);
      const settled = line[line.length - 1 - Math.ceil(apart(next) / STEP)];
      if (settled) own.add(settled);
      p = next;
      heading = b;
    }
    return line;
  }

  /** Fills the open area with lines `apart(p)` metres from their neighbours. */
  return function fill({ apart, open, extent, shortest, longest = 60_000, tries }) {
    const lines = [];
    for (let n = 0; n < tries; n++) {
      const family = n % 2;
      const seed = [(random() * 2 - 1) * extent, (random() * 2 - 1) * extent];
      if (!open(seed) || families[family].nearer(seed, apart(seed))) continue;
      const back = walk(seed, family, apart, open, -1, longest / 2);
      const forth = walk(seed, family, apart, open, 1, longest / 2);
      const line = [...back.reverse(), seed, ...forth];
      if (line.length * STEP < shortest) continue;
      for (const p of line) families[family].add(p);
      lines.push(line);
    }
    return lines;
  };
}
