import type { JobStatus, Mode } from '../../shared/api/types';
import { isAtCounter, isSwap, isVisit } from '../../shared/modes';

export interface CustomerStep {
  readonly key:
    | 'received' | 'found' | 'onTheWay' | 'atWork' | 'done' | 'booked' | 'sent' | 'atPoint' | 'inRepair' | 'goesBack' | 'sentBack' | 'home'
    | 'ready' | 'fetched' | 'kept' | 'exchanged' | 'notExchanged' | 'unitPacked' | 'unitSent';
  /** Statuses of the job during this step. */
  readonly of: readonly JobStatus[];
}

/** A job's way as its customer sees it. Who was asked and who said no is not the customer's business. */
export const customerSteps: readonly CustomerStep[] = [
  { key: 'received', of: ['requested', 'queued', 'offered'] },
  { key: 'found', of: ['accepted'] },
  { key: 'onTheWay', of: ['enRoute'] },
  { key: 'atWork', of: ['arrived', 'repaired', 'signed'] },
  { key: 'done', of: ['closed'] },
];

/** The way of a device that travels itself. */
export const mailInSteps: readonly CustomerStep[] = [
  { key: 'received', of: ['requested', 'queued'] },
  { key: 'booked', of: ['booked'] },
  { key: 'sent', of: ['inTransit'] },
  { key: 'atPoint', of: ['received', 'inspected'] },
  { key: 'inRepair', of: ['onBench', 'repaired', 'checked', 'packed'] },
  { key: 'sentBack', of: ['shipped'] },
  { key: 'home', of: ['delivered', 'closed'] },
];

/** Over the counter and back over it. */
const counterSteps: readonly CustomerStep[] = [
  { key: 'received', of: ['requested', 'queued'] },
  { key: 'booked', of: ['booked'] },
  { key: 'atPoint', of: ['received', 'inspected'] },
  { key: 'inRepair', of: ['onBench', 'repaired'] },
  { key: 'ready', of: ['checked'] },
  { key: 'fetched', of: ['delivered', 'closed'] },
];

/** Another unit over the counter. */
const counterSwapSteps: readonly CustomerStep[] = [
  { key: 'received', of: ['requested', 'queued'] },
  { key: 'kept', of: ['booked'] },
  { key: 'atPoint', of: ['received', 'inspected'] },
  { key: 'exchanged', of: ['repaired'] },
  { key: 'done', of: ['delivered', 'closed'] },
];

/** Another unit by post; where the old one is does not hold it up. */
const postSwapSteps: readonly CustomerStep[] = [
  { key: 'received', of: ['requested', 'queued'] },
  { key: 'kept', of: ['booked'] },
  { key: 'unitPacked', of: ['repaired', 'packed'] },
  { key: 'unitSent', of: ['shipped'] },
  { key: 'done', of: ['delivered', 'closed'] },
];

/** Whether the device goes to a service point, or another unit comes from one; otherwise somebody comes. Whoever asks before the mode is known sees a visit. */
export const goesToPoint = (mode: Mode | undefined): mode is Mode => mode !== undefined && !isVisit(mode);

export function stepsOf(mode: Mode | undefined): readonly CustomerStep[] {
  if (!goesToPoint(mode)) return customerSteps;
  if (isAtCounter(mode)) return isSwap(mode) ? counterSwapSteps : counterSteps;
  return isSwap(mode) ? postSwapSteps : mailInSteps;
}

/** A device that goes back as it is was never in repair, and was exchanged for none; its way says so. */
export function taken(steps: readonly CustomerStep[], job: { outcome?: string | null; steps: readonly { status: JobStatus }[] } | undefined): readonly CustomerStep[] {
  if (job?.outcome !== 'not_repaired') return steps;
  const onBench = job.steps.some((s) => s.status === 'onBench');
  return steps.map((s) => (s.key === 'inRepair' && !onBench ? { ...s, key: 'goesBack' as const } : s.key === 'exchanged' ? { ...s, key: 'notExchanged' as const } : s));
}

/** Steps that begin once, with their first status; what follows within them does not begin them anew. */
const first: readonly CustomerStep['key'][] = ['received', 'atWork', 'atPoint', 'inRepair', 'goesBack', 'home', 'fetched', 'done', 'unitPacked'];

/** When the step began: for the others the latest beginning counts, because a job may go back and be accepted again. */
export function stepAt(step: CustomerStep, steps: readonly { status: JobStatus; at: string }[]): string | undefined {
  const own = steps.filter((s) => step.of.includes(s.status)).map((s) => s.at);
  return first.includes(step.key) ? own[0] : own[own.length - 1];
}
