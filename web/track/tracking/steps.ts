import type { JobStatus } from '../../shared/api/types';

export interface CustomerStep {
  readonly key: 'received' | 'found' | 'onTheWay' | 'atWork' | 'done' | 'booked' | 'sent' | 'atPoint' | 'inRepair' | 'goesBack' | 'sentBack' | 'home';
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

/** A device that goes back as it is was never in repair; its way leaves that out. */
export function taken(steps: readonly CustomerStep[], job: { outcome?: string | null; steps: readonly { status: JobStatus }[] } | undefined): readonly CustomerStep[] {
  const unrepaired = job?.outcome === 'not_repaired' && !job.steps.some((s) => s.status === 'onBench');
  return unrepaired ? steps.map((s) => (s.key === 'inRepair' ? { ...s, key: 'goesBack' as const } : s)) : steps;
}

/** Steps that begin once, with their first status; what follows within them does not begin them anew. */
const first: readonly CustomerStep['key'][] = ['received', 'atWork', 'atPoint', 'inRepair', 'goesBack', 'home'];

/** When the step began: for the others the latest beginning counts, because a job may go back and be accepted again. */
export function stepAt(step: CustomerStep, steps: readonly { status: JobStatus; at: string }[]): string | undefined {
  const own = steps.filter((s) => step.of.includes(s.status)).map((s) => s.at);
  return first.includes(step.key) ? own[0] : own[own.length - 1];
}
