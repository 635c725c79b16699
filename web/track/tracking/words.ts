import type { JobStatus, Mode, Tracking } from '../../shared/api/types';
import type { Key } from '../../shared/i18n/index.svelte';
import { isAtCounter, isSwap } from '../../shared/modes';

type Headlines = Partial<Record<JobStatus, Key>>;

const post: Headlines = {
  requested: 'track.requested', queued: 'mail.queued', booked: 'mail.booked', inTransit: 'mail.inTransit', received: 'mail.received', inspected: 'mail.inspected', onBench: 'mail.onBench', repaired: 'mail.repaired',
  checked: 'mail.checked', packed: 'mail.packed', shipped: 'mail.shipped', delivered: 'mail.delivered', closed: 'track.closed', cancelled: 'mail.cancelled',
};
const counter: Headlines = { ...post, booked: 'track.counter.booked', received: 'track.counter.received', checked: 'track.counter.ready', delivered: 'track.closed' };
const headlines: Partial<Record<Mode, Headlines>> = {
  mailIn: post,
  pickupReturn: { ...post, booked: 'track.courier.booked' },
  walkIn: counter,
  swapAtPoint: { ...counter, booked: 'track.swap.kept', inspected: 'track.swap.inspected', repaired: 'track.swap.ready', cancelled: 'track.swap.cancelled' },
  swapByPost: { ...post, booked: 'track.swap.booked', repaired: 'track.swap.packing', shipped: 'track.swap.shipped', cancelled: 'track.swap.cancelled' },
};

/** Where the work has not ended in a repair or an exchange, and where the customer is asked for a yes. */
function exception(job: Pick<Tracking, 'status' | 'outcome' | 'quote'>, mode: Mode): Key | undefined {
  const { status } = job;
  const not = job.outcome === 'not_repaired';
  if (job.quote?.status === 'open' && (status === 'inspected' || status === 'onBench')) return 'mail.quoted';
  if (mode === 'swapAtPoint') return not && status === 'repaired' ? 'track.swap.notGiven' : undefined;
  if (mode === 'walkIn') return not && ['inspected', 'onBench', 'checked'].includes(status) ? 'track.counter.unrepaired' : undefined;
  if (!not || !job.quote) return undefined;
  return status === 'shipped' ? 'mail.shippedUnrepaired' : ['inspected', 'onBench', 'packed'].includes(status) ? 'mail.goesBack' : undefined;
}

/** How a job at a service point stands, in one sentence to its customer; `{point}` is the point's name. */
export const headlineOf = (job: Pick<Tracking, 'status' | 'outcome' | 'quote'>, mode: Mode): Key => exception(job, mode) ?? (headlines[mode] ?? post)[job.status] ?? 'mail.queued';

/** A time that is worth showing large, and what it is: when to come, or when the customer has a working device at the latest; `late` where that is over at `now` (milliseconds). */
export function promiseOf(job: Pick<Tracking, 'status' | 'promisedAt' | 'terms' | 'steps'>, mode: Mode, now: number): { at: string; words: Key; late: boolean } | undefined {
  const { status, promisedAt: at } = job;
  if (['delivered', 'closed', 'cancelled'].includes(status)) return undefined;
  if (!isAtCounter(mode)) return at ? { at, words: isSwap(mode) ? 'track.swap.promise' : 'mail.promise', late: Date.parse(at) < now } : undefined;
  if (status === 'booked') return job.terms ? { at: job.terms.from, words: 'track.counter.from', late: false } : undefined;
  // What is to be fetched is no longer promised, and who came later than was agreed has been promised nothing.
  const came = job.steps.find((s) => s.status === 'received')?.at;
  const ready = status === 'checked' || (isSwap(mode) && status === 'repaired');
  return at && came && !ready && Date.parse(came) <= Date.parse(at) ? { at, words: 'track.counter.promise', late: Date.parse(at) < now } : undefined;
}
