// Districts: a Voronoi division with wavering borders, and the names on the map in three languages.
import { distance, noise } from './plane.mjs';

const SEEDS = [
  [[-300, 500], 'Old Town', '旧城', '舊城'], [[3300, 1700], 'Riverside East', '滨江东', '濱江東'], [[-3300, 3000], 'West Gate', '西门', '西門'], [[-4700, -1700], 'Willow Creek', '柳溪', '柳溪'],
  [[-1700, -5300], 'South Bank', '南岸', '南岸'], [[4600, -3300], 'Lantern Hill', '灯笼山', '燈籠山'], [[1700, 5900], 'Northfields', '北田', '北田'], [[-7700, 6400], 'Upper Reach', '上游', '上游'],
  [[-10100, -1100], 'Mirror Lake', '镜湖', '鏡湖'], [[-7600, -7900], 'Brickworks', '砖厂', '磚廠'], [[2200, -9300], 'Harbour South', '港南', '港南'], [[9200, -4700], 'Science Park', '科学园', '科學園'],
  [[9000, 1700], 'Eastlake', '东湖', '東湖'], [[7200, 8100], 'Cedar Heights', '雪松岭', '雪松嶺'], [[-1300, 11200], 'North Station', '北站', '北站'], [[9200, -10900], 'Free Port', '自由港', '自由港'],
];
const OTHERS = [
  [[-15000, 6350], 'river', 'Qing River', '青河', '青河'], [[12300, -7000], 'river', 'Qing River', '青河', '青河'], [[-9300, -350], 'water', 'Mirror Lake', '镜湖', '鏡湖'], [[8250, 6500], 'water', 'Cedar Lake', '雪松湖', '雪松湖'],
  [[2400, 4750], 'park', 'Lotus Park', '荷园', '荷園'], [[5450, 1150], 'park', 'Ginkgo Park', '银杏公园', '銀杏公園'], [[-5300, 6900], 'park', 'West Garden', '西园', '西園'], [[-1900, -6900], 'park', 'South Garden', '南园', '南園'],
];

/** Part of a convex polygon nearer to a than to b. */
function halfPlane(polygon, a, b) {
  const out = [];
  const side = (p) => distance(p, b) - distance(p, a);
  polygon.forEach((p, i) => {
    const q = polygon[(i + 1) % polygon.length];
    const mid = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const n = [b[0] - a[0], b[1] - a[1]];
    const along = (r) => (r[0] - mid[0]) * n[0] + (r[1] - mid[1]) * n[1];
    if (side(p) >= 0) out.push(p);
    if (side(p) >= 0 !== side(q) >= 0) {
      const t = along(p) / (along(p) - along(q));
      out.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
    }
  });
  return out;
}

/** Borders as lines in the plane, and labels `{ at, kind, names: { en, hans, hant } }`. */
export function districts({ seed }) {
  const R = 13500;
  const frame = Array.from({ length: 24 }, (_, i) => [R * Math.cos((i / 24) * 2 * Math.PI), R * Math.sin((i / 24) * 2 * Math.PI)]);
  const wx = noise(seed);
  const wy = noise(seed + 1);
  const waver = ([x, y]) => [x + 420 * wx(x / 1500, y / 1500), y + 420 * wy(x / 1500, y / 1500)];
  const seen = new Set();
  const borders = [];
  for (const [at] of SEEDS) {
    let cell = frame;
    for (const [other] of SEEDS) if (other !== at) cell = halfPlane(cell, at, other);
    cell.forEach((p, i) => {
      const q = cell[(i + 1) % cell.length];
      const key = [p, q].map((r) => `${Math.round(r[0] / 5)},${Math.round(r[1] / 5)}`).sort().join('|');
      if (seen.has(key)) return;
      seen.add(key);
      const pieces = Math.max(1, Math.round(distance(p, q) / 250));
      borders.push(Array.from({ length: pieces + 1 }, (_, k) => waver([p[0] + ((q[0] - p[0]) * k) / pieces, p[1] + ((q[1] - p[1]) * k) / pieces])));
    });
  }
  const named = ([at, kind, en, hans, hant]) => ({ at, kind, names: { en, hans, hant } });
  return { borders, labels: [...SEEDS.map(([at, ...names]) => named([at, 'district', ...names])), ...OTHERS.map(named)] };
}
