import type { Catalogue, JobStatus, JobView, LivePosition, Parcel, Plan, PointView, Session, StreamEvent, TechnicianView, Tracking, Zone } from '../shared/api/types';
import { checkOf } from '../shared/waybill';
import { useWire } from '../shared/stream/signalr';
import type { Wire } from '../shared/stream/client';

/**
 * A made-up world for designing pages without a server: `?fixture` on the dev server, `?fixture&technicians=3000` for many.
 * It answers what pages ask and pushes movement and changes; it decides nothing and is in no production build.
 */
const query = new URLSearchParams(location.search);
const COUNT = Number(query.get('technicians') ?? 42);
const JOBS = Number(query.get('jobs') ?? Math.max(60, COUNT * 2));

let seed = 7;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 4294967296;
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const iso = (ms: number) => new Date(ms).toISOString();
const MIN = 60_000;
const spot = (reach = 0.1) => {
  const r = reach * Math.sqrt(random());
  const a = random() * 2 * Math.PI;
  return { lon: 121 + r * Math.cos(a), lat: 31 + r * 0.85 * Math.sin(a) };
};

const zone: Zone = {
  id: 'zone_riverside', name: 'Riverside', version: 1,
  territory: Array.from({ length: 26 }, (_, i) => ({ lon: 121 + 0.118 * (1 + 0.08 * Math.sin(i * 1.7)) * Math.cos((i / 26) * 6.2832), lat: 31 + 0.096 * (1 + 0.1 * Math.cos(i * 2.3)) * Math.sin((i / 26) * 6.2832) })),
  depot: { id: 'depot_central', name: 'Central service point', place: { lon: 121.006, lat: 30.994 } },
};
const catalogue: Catalogue = {
  brands: ['Apple', 'Canon', 'Huawei', 'Nikon', 'OPPO', 'Samsung', 'Sony', 'vivo', 'Xiaomi'],
  categories: ['screen', 'battery', 'camera_module', 'port', 'board', 'water_damage', 'software', 'lens', 'sensor', 'shutter'].map((code, i) => ({
    code, device: i < 7 ? ('phone' as const) : ('camera' as const), severity: i % 2 ? ('regular' as const) : ('urgent' as const),
    needs: { skills: [{ code: i < 7 ? 'phone' : 'camera', level: 1 }], tools: ['heat_mat', 'screwdrivers'], parts: [{ code: 'screen', quantity: 1 }], serviceSeconds: 2700 },
  })),
};
catalogue.categories.push({ code: 'other', severity: 'regular' });

const family = ['Li', 'Wang', 'Zhang', 'Liu', 'Chen', 'Yang', 'Zhao', 'Huang', 'Zhou', 'Wu', 'Xu', 'Sun'];
const given = ['Na', 'Wei', 'Min', 'Jie', 'Fan', 'Lei', 'Ying', 'Tao', 'Xia', 'Peng', 'Mei', 'Lin'];
const now0 = Date.now();
const technicians: TechnicianView[] = Array.from({ length: COUNT }, (_, i) => ({
  id: `tech_${i}`, name: `${pick(family)} ${pick(given)}`, zone: zone.id, home: spot(), shift: { from: iso(now0 - 4 * 60 * MIN), to: iso(now0 + 5 * 60 * MIN) },
  skills: [{ code: 'phone', level: 1 + (i % 3) }, { code: i % 2 ? 'camera' : 'software', level: 1 }], tools: ['heat_mat', 'screwdrivers', 'microscope'], stock: [{ code: 'screen', quantity: 2 }, { code: 'battery', quantity: 1 }],
  onDuty: i % 11 !== 10, place: spot(), placeAt: iso(now0 - 20 * MIN), commitments: [], version: 1,
}));
const working = technicians.filter((x) => x.onDuty);

const jobs: JobView[] = Array.from({ length: JOBS }, (_, i) => {
  const category = pick(catalogue.categories.slice(0, 10));
  const status = (['queued', 'offered', 'accepted', 'accepted', 'enRoute', 'arrived', 'repaired', 'closed', 'closed', 'cancelled', 'requested'] as JobStatus[])[i % 11]!;
  const technician = ['accepted', 'enRoute', 'arrived', 'repaired', 'closed'].includes(status) ? working[i % working.length]! : undefined;
  const start = now0 + (status === 'closed' ? -150 : status === 'arrived' || status === 'repaired' ? -10 : 15 + (i % 9) * 22) * MIN;
  const visit = { departAt: iso(start - 18 * MIN), arriveAt: iso(start), startAt: iso(start), finishAt: iso(start + 45 * MIN) };
  if (technician && status !== 'closed') technician.commitments.push({ jobId: `job_${1000 + i}`, epoch: 2, status: status === 'enRoute' ? 'enRoute' : status === 'accepted' ? 'confirmed' : 'onSite', visit });
  return {
    id: `job_${(1000 + i).toString(36)}${Math.floor(random() * 1e9).toString(36)}`, zone: zone.id, status, epoch: 2, version: 5, category: category.code, severity: random() < 0.16 ? 'urgent' : 'regular', priority: 0, place: spot(),
    windows: [{ from: iso(start - 30 * MIN), to: iso(start + 90 * MIN) }], serviceSeconds: 2700, needs: category.needs ?? null, symptom: pick(['Black after a fall', 'Gets hot, lasts two hours', 'Does not charge', 'Lens error on start', null]),
    device: { brand: pick(catalogue.brands), model: pick(['X5 Pro', 'Mate 60', '15', 'R6', 'A74']), serial: null }, technicianId: technician?.id ?? null, candidates: status === 'offered' ? [working[(i * 7) % working.length]!.id] : [],
    offerExpiresAt: status === 'offered' ? iso(now0 + (40 + (i % 5) * 20) * 1000) : null,
    visit: technician || status === 'offered' ? visit : null,
    arrival: status === 'accepted' || status === 'enRoute' ? { from: visit.arriveAt, to: iso(start + 10 * MIN) } : null,
    requestedAt: iso(start - 100 * MIN), updatedAt: iso(now0 - (i % 50) * MIN), outcome: status === 'closed' ? 'repaired' : null,
    mode: 'doorToDoor', cancelReason: status === 'cancelled' ? 'Customer repaired elsewhere' : null, unplaced: status === 'queued' && i % 33 === 0 ? [{ code: 'plan.skill_missing', count: 30 }, { code: 'plan.window_missed', count: 9 }] : null, staleWork: 0,
  };
});

const DAYS = 24 * 60 * MIN;
const day = (offset: number) => iso(now0 + 8 * 60 * MIN + offset * DAYS).slice(0, 10);
const stock = (n: number) => ['screen', 'battery', 'camera_module', 'port', 'lens', 'shutter'].map((code, i) => ({ code, quantity: (i + n) % 5, reserved: (i + n) % 5 > 2 ? 1 : 0 }));
const points: PointView[] = [['central', 'Riverside service point', 0.006, -0.006], ['north', 'North gate workshop', -0.04, 0.055], ['east', 'East harbour workshop', 0.07, -0.03]].map(([id, name, east, north], i) => ({
  id: `point_${id}`, name: String(name), zone: zone.id, place: { lon: 121 + Number(east), lat: 31 + Number(north) }, serves: i === 2 ? [] : [zone.id], brands: i === 1 ? ['Canon', 'Nikon', 'Sony'] : catalogue.brands, skills: [{ code: 'phone', level: 3 }, { code: 'camera', level: 2 }, { code: 'board', level: 2 }],
  stock: stock(i + 2), hours: { open: '09:00', close: '18:00', timeZone: 'Asia/Shanghai', closedOn: ['sunday'] }, slots: [{ category: 'phone', perDay: 6 }, { category: 'camera', perDay: 4 }, { category: 'board', perDay: 2 }, { category: 'software', perDay: 4 }],
  days: [{ day: day(0), category: 'phone', slots: 6, taken: 5 - i }, { day: day(0), category: 'camera', slots: 4, taken: 2 }, { day: day(0), category: 'board', slots: 2, taken: i === 0 ? 2 : 1 }, { day: day(1), category: 'phone', slots: 6, taken: 3 }, { day: day(2), category: 'camera', slots: 4, taken: 1 }], version: 1,
}));
const waybill = (n: number, back: boolean) => {
  const body = (back ? 'RT' : 'N7') + (n * 7919 + 1234567).toString().padStart(10, '0');
  return `DP${body}${checkOf(body)}`;
};
const parcel = (n: number, direction: Parcel['direction'], status: Parcel['status'], at: number): Parcel => ({
  direction, waybill: waybill(n, direction === 'return'), status, at: iso(at),
  events: [{ status: 'infoReceived' as const, at: iso(at - 30 * 60 * MIN) }, ...(status === 'pending' ? [] : [{ status: 'inTransit' as const, at: iso(at - 20 * 60 * MIN), text: 'Sorting centre north' }, { status, at: iso(at), text: status === 'delivered' ? 'Handed over at the counter' : null }])],
});
const ways: readonly JobStatus[] = ['booked', 'inTransit', 'received', 'inspected', 'onBench', 'repaired', 'checked', 'packed', 'shipped', 'delivered', 'received', 'queued', 'onBench', 'inTransit'];
const sent: JobView[] = Array.from({ length: 22 }, (_, i) => {
  const status = ways[i % ways.length]!;
  const category = catalogue.categories[(i * 3) % 10]!;
  const promised = now0 + (i === 4 ? -5 * 60 * MIN : i === 2 ? 9 * 60 * MIN : (26 + i * 5) * 60 * MIN);
  const past = ways.indexOf(status);
  return {
    id: `job_m${(4000 + i * 131).toString(36)}${Math.floor(random() * 1e9).toString(36)}`, zone: zone.id, status, epoch: 1, version: 3, category: category.code, severity: i % 7 === 0 ? 'urgent' : 'regular', priority: 0, place: spot(), windows: [], serviceSeconds: 3600, needs: category.needs ?? null,
    symptom: pick(['Does not switch on', 'Screen flickers', 'Lens stuck half way', 'Wet, then dead', null]), device: { brand: pick(category.device === 'camera' ? ['Canon', 'Nikon', 'Sony'] : ['Apple', 'Huawei', 'Xiaomi']), model: pick(category.device === 'camera' ? ['R6', 'Z5', 'A7 IV'] : ['15 Pro', 'Mate 60', '14 Ultra']), serial: i % 2 ? `SN${90210 + i * 37}` : null },
    technicianId: null, candidates: [], offerExpiresAt: null, visit: null, requestedAt: iso(now0 - 2 * DAYS), updatedAt: iso(now0 - i * 17 * MIN), outcome: past >= 5 && past < 10 ? 'repaired' : null, cancelReason: null, unplaced: status === 'queued' ? [{ code: 'point.bench_full', count: 2 }] : null, staleWork: 0, mode: 'mailIn',
    booking: status === 'queued' ? null : { pointId: points[i % 5 === 3 ? 1 : 0]!.id, benchDay: day(i === 4 ? -1 : Math.floor(i / 5)), category: category.device === 'camera' ? 'camera' : 'phone', promisedAt: iso(promised), confirmed: true },
    parcels: status === 'queued' ? null : [parcel(i, 'inbound', status === 'booked' ? 'pending' : status === 'inTransit' ? (i === 13 ? 'exception' : 'inTransit') : 'delivered', now0 - 8 * 60 * MIN), ...(['packed', 'shipped', 'delivered'].includes(status) ? [parcel(i, 'return', status === 'packed' ? 'pending' : status === 'shipped' ? 'inTransit' : 'delivered', now0 - 50 * MIN)] : [])],
    findings: past >= 3 && past < 10 ? 'Display connector torn, frame bent at the lower left corner. Battery at 78 %.' : null,
  } satisfies JobView;
});
jobs.push(...sent);
technicians.forEach((x) => x.commitments.forEach((c) => (c.jobId = jobs[Number(c.jobId.slice(4)) - 1000]!.id)));
if (working[0]) working[0].depotCall = { number: 1, depot: 'depot_central', place: zone.depot!.place, departAt: iso(now0 + 30 * MIN), status: 'ordered', since: iso(now0) };

const plan = (): Plan => ({
  zone: zone.id, plannedAt: iso(Date.now()), unplaced: [],
  routes: working.map((x) => ({ technicianId: x.id, stops: jobs.filter((j) => j.technicianId === x.id && j.status !== 'closed').map((j) => ({ kind: 'job' as const, jobId: j.id, ...j.visit! })) })).filter((r) => r.stops.length > 0),
});

const movers = working.map((x) => ({ id: x.id, ...x.place!, to: spot(), speed: 0.00009 + random() * 0.0001 }));
const move = (): LivePosition[] =>
  movers.flatMap((m) => {
    const [dx, dy] = [m.to.lon - m.lon, m.to.lat - m.lat];
    const d = Math.hypot(dx, dy);
    if (d < 0.0005) m.to = spot();
    m.lon += (dx / d) * m.speed;
    m.lat += (dy / d) * m.speed;
    return [{ technicianId: m.id, lon: m.lon, lat: m.lat, at: iso(Date.now()) }];
  });

const history = (job: JobView): StreamEvent[] =>
  (['job.requested', 'job.queued', 'job.offered', 'job.declined', 'job.offered', 'job.accepted', 'job.departed'] as const).map((type, i) => ({
    seq: i + 1, type, at: iso(Date.parse(job.requestedAt) + i * 4 * MIN), source: job.id, number: i + 1,
    data: { jobId: job.id, ...(type === 'job.declined' && { technicianId: working[1]!.id, reason: 'too_far' }), ...(type === 'job.offered' && { candidates: [{ technicianId: working[2]!.id }] }), ...(type === 'job.accepted' && { technicianId: job.technicianId }) },
  }));

const customerWay: readonly (readonly string[])[] = [['requested', 'queued'], ['booked'], ['inTransit'], ['received', 'inspected'], ['onBench', 'repaired', 'checked', 'packed'], ['shipped'], ['delivered', 'closed']];
const verbs: Record<string, JobStatus> = { receive: 'received', inspect: 'inspected', start: 'onBench', finish: 'repaired', check: 'checked', pack: 'packed', ship: 'shipped', 'hand-over': 'closed', book: 'booked' };

/** With `?fixture&odd`: a zone over the whole world. */
const odd = [
  {
    code: 'zone.overlaps', text: '',
    facts: { zoneId: 'zone_south', name: 'South', percent: '12', placesGoTo: 'zone_south', placesGoToName: 'South' },
  },
  { code: 'zone.very_large', facts: { square_kilometres: '511207893', most: '100000' }, text: '' },
];

let seq = 40;
function answer(method: string, path: string, body: Record<string, unknown>): unknown {
  const [, , kind, id, part] = path.split('?')[0]!.split('/');
  const job = jobs.find((j) => j.id === id);
  if (kind === 'sign-in') {
    const role = location.pathname.split('/')[1];
    const session: Session = { accessToken: 'fixture', tokenType: 'Bearer', expiresIn: 86400, role: role === 'technician' ? 'technician' : role === 'point' ? 'point' : 'dispatcher', subjectId: role === 'point' ? points[0]!.id : working[0]!.id, name: String(body['user']), tenant: 'demo' };
    return session;
  }
  if (kind === 'clock') return { now: iso(Date.now()), speed: 1, travel: 'road' };
  if (kind === 'catalogue') return catalogue;
  if (kind === 'zones') return part === 'plan' ? plan() : id ? zone : { items: [query.has('odd') ? { ...zone, warnings: odd } : zone] };
  if (kind === 'points') return id ? points.find((p) => p.id === id) : { items: points };
  if (kind === 'streams') {
    const [stream, what] = [path.split('/').slice(3, 5).join('/'), path.split('?')[0]!.split('/')[5]];
    if (what !== 'snapshot') return { stream, events: [], head: seq };
    const here = points.find((p) => `point/${p.id}` === stream);
    if (here) return { stream, seq, jobs: sent.filter((j) => j.booking?.pointId === here.id), technicians: [], positions: [], points: [here] };
    const me = stream.startsWith('technician/') ? technicians.find((x) => `technician/${x.id}` === stream) : undefined;
    const offered = jobs.filter((j) => j.status === 'offered').slice(0, 1);
    if (me) offered.forEach((j) => (j.candidates = [me.id]));
    return { stream, seq, jobs: me ? [...jobs.filter((j) => j.technicianId === me.id), ...offered] : jobs, technicians: me ? [me] : technicians, positions: move(), points: me ? [] : points };
  }
  if (kind === 'technicians') return id ? technicians.find((x) => x.id === id) : { items: technicians };
  if (kind === 'track' && query.get('mode') === 'mailIn') {
    const shown = jobs.find((j) => j.mode === 'mailIn' && j.status === (query.get('status') ?? 'booked'))!;
    const tracking: Tracking = {
      jobId: shown.id, status: shown.status, mode: 'mailIn', place: shown.place, seq, promisedAt: shown.booking?.promisedAt ?? null, point: points[0]!, parcels: shown.parcels ?? null,
      steps: (['requested', 'booked', 'inTransit', 'received', 'onBench', 'shipped', 'delivered'] as const).slice(0, Math.max(1, customerWay.findIndex((w) => w.includes(shown.status)) + 1)).map((status, i) => ({ status, at: iso(now0 - (6 - i) * 9 * 60 * MIN) })),
    };
    return tracking;
  }
  if (kind === 'track') {
    const shown = jobs.find((j) => j.status === (query.get('status') ?? 'enRoute'))!;
    const tracking: Tracking = {
      jobId: shown.id, status: shown.status, window: shown.windows[0]!, arrival: shown.visit ? { from: shown.visit.arriveAt, to: iso(Date.parse(shown.visit.arriveAt) + 20 * MIN) } : null, technician: { name: working[0]!.name }, place: shown.place,
      position: { lon: shown.place.lon - 0.02, lat: shown.place.lat + 0.012, at: iso(Date.now()) }, seq, steps: [{ status: 'requested', at: shown.requestedAt }, { status: 'accepted', at: iso(Date.parse(shown.requestedAt) + 9 * MIN) }, { status: 'enRoute', at: iso(now0 - 6 * MIN) }],
    };
    return tracking;
  }
  if (kind === 'jobs' && job) {
    if (part === 'history') return { items: history(job) };
    if (part === 'contact') return { name: 'Chen Yu', phone: '+86 138 0000 0000', language: 'zh-Hans', address: '12 Lotus Lane' };
    if (part === 'explanation')
      return { jobId: job.id, placed: !!job.technicianId, technicianId: job.technicianId, reasons: (job.unplaced ?? []).map((u) => ({ ...u, facts: {}, remedy: null, text: null })), alternatives: job.mode === 'mailIn' ? [{ pointId: 'point_north', code: 'point.brand_not_authorised' }, { pointId: 'point_east', code: 'point.not_served' }] : working.slice(0, 6).map((x, i) => (i < 4 ? { technicianId: x.id, costDifference: 120 * i + 70 } : { technicianId: x.id, code: 'plan.skill_missing' })), plannedAt: iso(Date.now()) };
    if (method === 'POST') {
      Object.assign(job, { version: job.version + 1, updatedAt: iso(Date.now()), ...(part && verbs[part] && { status: part === 'check' && body['passed'] === false ? 'onBench' : verbs[part], ...(part === 'inspect' && { findings: body['findings'] }), ...(part === 'finish' && { outcome: body['outcome'] }), ...(part === 'pack' && { parcels: [...(job.parcels ?? []), parcel(jobs.indexOf(job), 'return', 'pending', now0)] }) }), ...(part === 'cancel' && { status: 'cancelled', cancelReason: body['reason'] }), ...(part === 'accept' && { status: 'accepted', technicianId: working[0]!.id }) });
      return { id: job.id, status: job.status, epoch: job.epoch, version: job.version, token: 't' };
    }
    return job;
  }
  if (kind === 'jobs' && method === 'POST') return { id: 'job_new', status: 'queued', epoch: 1, version: 1, token: 't', trackingToken: 'fixture', trackingUrl: `${location.origin}/track/fixture?fixture` };
  if (kind === 'jobs') return { items: jobs };
  return undefined;
}

class FixtureWire implements Wire {
  private readonly handlers = new Map<string, (...args: never[]) => void>();
  private timers: ReturnType<typeof setInterval>[] = [];
  start = async () => {
    this.timers = [
      setInterval(() => this.push('positions', zone.id, move()), 1000),
      setInterval(() => {
        const job = pick(jobs.filter((j) => (j.mode === 'doorToDoor' && j.status === 'queued') || j.status === 'accepted'));
        if (!job || query.has('still')) return;
        Object.assign(job, { version: job.version + 1, status: job.status === 'queued' ? 'offered' : 'enRoute', updatedAt: iso(Date.now()), candidates: [working[3]!.id], offerExpiresAt: iso(Date.now() + 60_000) });
        this.push('events', `zone/${zone.id}`, [{ seq: ++seq, type: 'job.offered', at: iso(Date.now()), source: job.id, number: job.version, data: { jobId: job.id, view: { ...job } } }]);
      }, 4000),
    ];
  };
  stop = async () => this.timers.forEach(clearInterval);
  invoke = async <T>(_: string, stream: unknown): Promise<T> => ({ stream, head: seq }) as T;
  on = (method: string, handler: (...args: never[]) => void) => void this.handlers.set(method, handler);
  onclose = () => {};
  private push = (method: string, ...args: unknown[]) => this.handlers.get(method)?.(...(args as never[]));
}

export function install(): void {
  const real = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const path = String(input);
    if (!path.startsWith('/v1/')) return real(input, init);
    if (path.includes('/label')) return new Response('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 105 148"><rect width="105" height="148" fill="#fff"/><rect x="6" y="6" width="93" height="13"/><rect x="12" y="95" width="25" height="25"/></svg>', { headers: { 'Content-Type': 'image/svg+xml' } });
    const found = answer(init?.method ?? 'GET', path, init?.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {});
    return found === undefined ? new Response('{"code":"request.no_such_route"}', { status: 404 }) : Response.json(found);
  };
  useWire(() => new FixtureWire());
}
