import type { BenchCategory, JobStatus, JobView, Mode, Parcel, PointView } from '../shared/api/types';
import { addDays, dayOf, momentOf, weekday, type PlaceZone } from '../shared/i18n/zone';
import { isAtCounter, isSwap } from '../shared/modes';
import { awaitsCustomer } from '../shared/quotes/quote';

/** Where a device is in the workshop, in the order of its way. */
export const stages = ['expected', 'received', 'inspected', 'onBench', 'repaired', 'checked', 'packed', 'out'] as const;
export type Stage = (typeof stages)[number];

const stageOf: Partial<Record<JobStatus, Stage>> = {
  booked: 'expected', inTransit: 'expected', received: 'received', inspected: 'inspected', onBench: 'onBench', repaired: 'repaired', checked: 'checked', packed: 'packed', shipped: 'out', delivered: 'out',
};

export const stage = (job: JobView): Stage | undefined => stageOf[job.status];

/** A step at the point; each is a verb of the contract. */
export type Step = 'receive' | 'inspect' | 'start' | 'finish' | 'check' | 'pack' | 'ship' | 'handOver';
export const verbOf = (step: Step): string => (step === 'handOver' ? 'hand-over' : step);

type Way = Partial<Record<Stage, Step>>;
const byParcel: Way = { expected: 'receive', received: 'inspect', inspected: 'start', onBench: 'finish', repaired: 'check', checked: 'pack', packed: 'ship' };
const overCounter: Way = { expected: 'receive', received: 'inspect', inspected: 'start', onBench: 'finish', repaired: 'check', checked: 'handOver' };
const swapOverCounter: Way = { expected: 'receive', received: 'inspect', inspected: 'finish', repaired: 'handOver' };
const swapByPost: Way = { expected: 'finish', repaired: 'pack', packed: 'ship' };

function wayOf(mode: Mode): Way {
  if (isAtCounter(mode)) return isSwap(mode) ? swapOverCounter : overCounter;
  return isSwap(mode) ? swapByPost : byParcel;
}

/** The stages a job of this mode goes through. What is handed over at the counter has left at once. */
export const stagesOf = (mode: Mode): Stage[] => stages.filter((name) => wayOf(mode)[name] !== undefined || (name === 'out' && !isAtCounter(mode)));

/** The one next step of a device at the point; nothing where it is somebody else's turn. */
export function nextStep(job: JobView): Step | undefined {
  if (waitsForCustomer(job)) return undefined;
  if (goesBack(job)) return isAtCounter(job.mode) ? 'handOver' : 'pack';
  return wayOf(job.mode)[stage(job) ?? 'out'];
}

/** What a step is called: receiving from somebody's hands is a check-in, and finishing a swap is giving the new unit. */
export type StepWord = Step | 'checkIn' | 'giveUnit';
export const wordOf = (job: JobView, step: Step): StepWord => (step === 'receive' && isAtCounter(job.mode) ? 'checkIn' : step === 'finish' && isSwap(job.mode) ? 'giveUnit' : step);

const onBench = (job: JobView): boolean => ['inspected', 'onBench'].includes(stage(job) ?? 'out');

/** Whether a quote for this device may be given: it has been looked at, is to be repaired, and nobody has said no. */
export const quotable = (job: JobView): boolean => onBench(job) && !isSwap(job.mode) && job.quote?.status !== 'refused';

/** Nobody works on it before the customer has answered. */
export const waitsForCustomer = (job: JobView): boolean => onBench(job) && awaitsCustomer(job);

/** The customer said no, or nothing in time: back as it is. */
export const goesBack = (job: JobView): boolean => onBench(job) && (job.quote?.status === 'refused' || job.quote?.status === 'lapsed');

export const parcelTo = (job: JobView, direction: Parcel['direction']): Parcel | undefined => job.parcels?.find((p) => p.direction === direction);

/** Why a promise is in danger. `late` is broken; the others can still be kept. */
export type Risk = 'late' | 'parcelStuck' | 'benchDayOver' | 'notArrived' | 'notCome' | 'promiseNear';

/** From here on a promise not yet on its way home needs somebody's eye. */
const SOON = 6 * 3_600_000;

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether the point works on a day of its calendar. */
export const opensOn = ({ hours }: Pick<PointView, 'hours'>, day: string): boolean => !hours.closedOn?.some((closed) => closed.toLowerCase() === weekday(day));

/** The bench day at `now` by the point's clock, as 2026-11-23: the calendar day, or the one before while its hours still last after midnight. */
export function benchDay(point: Pick<PointView, 'hours'>, zone: PlaceZone, now: number): string {
  const today = dayOf(zone, now);
  const close = minutes(point.hours.close) % 1440;
  if (close === 0 || close > minutes(point.hours.open)) return today;
  const before = addDays(today, -1);
  return opensOn(point, before) && now < momentOf(zone, today, Math.floor(close / 60), close % 60) ? before : today;
}

/** What stands against the promise at `now` (milliseconds of the server's clock), the worst first; nothing while all is well or the device is back. */
export function riskOf(job: JobView, today: string, now: number): Risk | undefined {
  const { booking } = job;
  const at = stage(job);
  if (!booking || !at || job.status === 'delivered') return undefined;
  const left = Date.parse(booking.promisedAt) - now;
  // Nothing is late before its owner has brought it, and who stands at the counter is served at once.
  if (isAtCounter(job.mode) && at === 'expected') return booking.benchDay < today ? 'notCome' : undefined;
  if (job.mode === 'swapAtPoint') return booking.benchDay < today ? 'benchDayOver' : undefined;
  if (left < 0) return 'late';
  const moving = parcelTo(job, at === 'out' ? 'return' : 'inbound');
  if ((at === 'out' || (at === 'expected' && job.mode !== 'swapByPost')) && moving && ['exception', 'expired'].includes(moving.status)) return 'parcelStuck';
  if (at === 'out') return undefined;
  // A unit that is to be sent waits for nobody.
  if (at === 'expected' && job.mode !== 'swapByPost') return (booking.benchDay < today || left < SOON) && moving?.status !== 'delivered' ? 'notArrived' : undefined;
  if (booking.benchDay < today) return 'benchDayOver';
  return left < SOON ? 'promiseNear' : undefined;
}

/** What is due first: the earliest promise, then the earliest bench day; what has left the house comes last. */
export function byDue(a: JobView, b: JobView): number {
  const out = Number(stage(a) === 'out') - Number(stage(b) === 'out');
  if (out !== 0) return out;
  const due = (a.booking?.promisedAt ?? '~').localeCompare(b.booking?.promisedAt ?? '~');
  return due !== 0 ? due : (a.booking?.benchDay ?? '').localeCompare(b.booking?.benchDay ?? '') || (a.id < b.id ? -1 : 1);
}

export interface Load {
  readonly category: BenchCategory;
  readonly taken: number;
  readonly slots: number;
}

/** Slots of each bench on a day. A day without anything taken is not in the view: its slots are the usual number. */
export const loadOn = (point: PointView, day: string): Load[] =>
  point.slots.map(({ category, perDay }) => {
    const found = point.days.find((d) => d.day === day && d.category === category);
    return { category, taken: found?.taken ?? 0, slots: found?.slots ?? perDay };
  });

/** Days from the first on that have something taken, or the first alone. */
export const busyDays = (point: PointView, from: string): string[] => [...new Set([from, ...point.days.filter((d) => d.day >= from && d.taken > 0).map((d) => d.day)])].sort();

/** The job whose parcel this is, among those known. */
export const ofWaybill = (jobs: Iterable<JobView>, waybill: string): JobView | undefined => {
  for (const job of jobs) if (job.parcels?.some((p) => p.waybill === waybill)) return job;
  return undefined;
};
