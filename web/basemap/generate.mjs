// The synthetic city: 24 km across around 121.0 E, 31.0 N. Deterministic for SEED; writes GeoJSON that the pages draw as their basemap.
//   node basemap/generate.mjs           writes public/basemap/*.json
//   node basemap/generate.mjs --check   fails if the committed files are not what this generator writes
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { blob, chance, curve, distance, inside, noise, ribbon, simplify, toLonLat } from './plane.mjs';
import { directionField, streetPlan } from './streets.mjs';
import { districts } from './districts.mjs';

const SEED = 20260;
const out = join(dirname(fileURLToPath(import.meta.url)), '..', 'public', 'basemap');
const random = chance(SEED);

// Water first: everything else keeps clear of it or bridges it.
const river = curve(
  [[-26000, 9200], [-19000, 6100], [-13200, 6900], [-8200, 3900], [-4300, 4300], [-1100, 2600], [900, -300], [-200, -3300], [1900, -5600], [5600, -5200], [9400, -7300], [14800, -6500], [20500, -9600], [27000, -9100]],
  90,
);
const swell = noise(SEED + 1);
const riverBank = ribbon(river, (i) => 390 + 90 * swell(i / 40, 0) + i * 0.28);
const creek = curve([[-15500, -8200], [-11200, -5200], [-8600, -5700], [-5200, -2700], [-2900, -3000], [-300, -2950]], 90);
const creekBank = ribbon(creek, () => 75);
const canal = curve([[4200, 16000], [4700, 11200], [3600, 7600], [4300, 4200], [2700, 1900], [500, 1100]], 90);
const canalBank = ribbon(canal, () => 60);
const lakes = [
  blob([-9300, -300], 1050, 0.5, SEED + 2, { stretch: 1.25, turn: 0.5 }),
  blob([8200, 6500], 800, 0.6, SEED + 3, { stretch: 1.1, turn: -0.7 }),
  blob([11800, -1200], 620, 0.5, SEED + 4, { stretch: 1.5, turn: 1.1 }),
  blob([-4600, -10400], 700, 0.5, SEED + 5, { stretch: 1.3 }),
  blob([2350, 5200], 260, 0.4, SEED + 6),
  blob([-2500, -900], 180, 0.4, SEED + 7, { stretch: 1.4, turn: 0.8 }),
];
const water = [riverBank, creekBank, canalBank, ...lakes];

const parks = [
  [[-9700, -500], 1900, 1.15], [[2400, 5150], 720, 1.1], [[-2550, -950], 520, 1.2], [[5400, 1200], 640, 1.3], [[-5300, 6900], 820, 1.2], [[8400, 6600], 1350, 1.1],
  [[3300, -2500], 430, 1.3], [[-6500, 1200], 430, 1.1], [[700, 8900], 620, 1.3], [[11700, -1100], 1050, 1.3], [[7900, -2100], 480, 1.2], [[-1900, -6900], 640, 1.3],
  [[-4500, -10300], 1250, 1.2], [[-11800, 10200], 1700, 1.2], [[12600, 11300], 1900, 1.1], [[-400, 700], 300, 1.5], [[14600, -12500], 2000, 1.1], [[-14000, -3300], 1300, 1.3],
].map(([at, radius, stretch], i) => blob(at, radius, 0.45, SEED + 20 + i, { stretch, turn: random() * 3, points: 36 }));

const edge = noise(SEED + 8);
const builtUp = (p) => {
  const a = Math.atan2(p[1], p[0]);
  return Math.hypot(p[0], p[1]) < 9300 + 1900 * edge(3 + 1.7 * Math.cos(a), 3 + 1.7 * Math.sin(a));
};
const towns = [[[-14300, 1900], 1500], [[-9800, -12600], 1700], [[13300, 4200], 1600], [[8900, -12700], 1500], [[-2600, 13900], 1500], [[15200, -3600], 1200]];
const townRings = towns.map(([at, r], i) => blob(at, r, 0.4, SEED + 50 + i, { points: 28 }));
const cityRing = Array.from({ length: 121 }, (_, i) => {
  const a = (i / 120) * 2 * Math.PI;
  const r = 9300 + 1900 * edge(3 + 1.7 * Math.cos(a), 3 + 1.7 * Math.sin(a));
  return [r * Math.cos(a), r * Math.sin(a)];
});

const boxed = (rings) => rings.map((ring) => ({ ring, box: [Math.min(...ring.map((p) => p[0])), Math.min(...ring.map((p) => p[1])), Math.max(...ring.map((p) => p[0])), Math.max(...ring.map((p) => p[1]))] }));
const within = (shapes) => (p) => shapes.some(({ ring, box }) => p[0] > box[0] && p[1] > box[1] && p[0] < box[2] && p[1] < box[3] && inside(ring, p));
const wet = within(boxed(water));
const green = within(boxed(parks));
const settled = within(boxed([cityRing, ...townRings]));

// Roads, widest first; each class keeps its distance from the ones before it.
const quarters = Array.from({ length: 15 }, () => ({ at: [(random() * 2 - 1) * 13000, (random() * 2 - 1) * 13000], angle: random() * Math.PI, reach: 2300 + random() * 2400 }));
const field = directionField({ quarters, centre: [-300, 300], centrePull: 0.9, river, riverPull: 1.6 });
const fill = streetPlan({ field, random });
const loop = (radius, wobble, seed) => blob([-200, 200], radius, wobble, seed, { points: 90 });
const spoke = (angle, from, to, bend) => {
  const knots = [];
  for (let r = from; r <= to; r += 3200) {
    const a = angle + bend * Math.sin(r / 5200);
    knots.push([r * Math.cos(a) - 200, r * Math.sin(a) + 200]);
  }
  return curve(knots, 150);
};
const motorway = [loop(5000, 0.14, SEED + 70), loop(11200, 0.12, SEED + 71), ...[0.35, 1.45, 2.5, 3.55, 4.6, 5.65].map((a, i) => spoke(a, 4900, 27000, i % 2 ? 0.1 : -0.12))];
const primary = fill({ apart: (p) => 2100 + Math.max(0, Math.hypot(p[0], p[1]) - 12000) * 0.16, open: (p) => Math.hypot(p[0], p[1]) < 30000, extent: 29000, shortest: 5000, tries: 9000 });
const secondary = fill({ apart: (p) => (builtUp(p) ? 830 : 1500), open: (p) => settled(p) && !wet(p), extent: 16000, shortest: 900, tries: 16000 });
const street = fill({
  apart: (p) => 165 + Math.max(0, Math.hypot(p[0], p[1]) - 2500) * 0.02,
  open: (p) => (settled(p) && Math.hypot(p[0], p[1]) < 16500) && !wet(p) && !green(p),
  extent: 15500, shortest: 380, tries: 90000,
});
const rail = [curve([[-27000, -12400], [-15000, -7400], [-7200, -6900], [-3000, -4700], [-1600, -1900], [-2900, 1500], [-1500, 5600], [1200, 9700], [900, 16000], [4200, 27000]], 200)];

// Writing: one feature per class keeps both the files and the number of draw calls small.
const lines = (list, tolerance) => list.map((l) => simplify(l, tolerance).map(toLonLat));
const polygon = (ring, tolerance = 6) => [simplify(ring, tolerance).map(toLonLat)];
const feature = (properties, geometry) => ({ type: 'Feature', properties, geometry });
const collection = (features) => ({ type: 'FeatureCollection', features });
const road = (kind, list, tolerance) => feature({ kind }, { type: 'MultiLineString', coordinates: lines(list, tolerance) });

const { borders, labels } = districts({ random, seed: SEED + 90 });
const files = {
  'land.json': collection([
    feature({ kind: 'city' }, { type: 'MultiPolygon', coordinates: [cityRing, ...townRings].map((r) => polygon(r, 20)) }),
    feature({ kind: 'park' }, { type: 'MultiPolygon', coordinates: parks.map((r) => polygon(r)) }),
    feature({ kind: 'water' }, { type: 'MultiPolygon', coordinates: water.map((r) => polygon(r, 4)) }),
  ]),
  'roads.json': collection([road('street', street, 6), road('secondary', secondary, 5), road('primary', primary, 5), road('motorway', motorway, 5), road('rail', rail, 6)]),
  'places.json': collection([
    feature({ kind: 'border' }, { type: 'MultiLineString', coordinates: lines(borders, 15) }),
    ...labels.map(({ at, kind, names }) => feature({ kind, ...names }, { type: 'Point', coordinates: toLonLat(at) })),
  ]),
};

const checking = process.argv.includes('--check');
mkdirSync(out, { recursive: true });
let total = 0;
for (const [name, content] of Object.entries(files)) {
  const text = JSON.stringify(content) + '\n';
  total += text.length;
  if (!checking) writeFileSync(join(out, name), text);
  else if (readFileSync(join(out, name), 'utf8') !== text) {
    console.error(`public/basemap/${name} is not what basemap/generate.mjs writes; run: npm run basemap`);
    process.exit(1);
  }
}
const km = (list) => Math.round(list.reduce((sum, l) => sum + l.slice(1).reduce((s, p, i) => s + distance(l[i], p), 0), 0) / 1000);
console.log(`basemap: ${(total / 1024).toFixed(0)} KB; km of road: ${km(motorway)} motorway, ${km(primary)} primary, ${km(secondary)} secondary, ${km(street)} street`);
