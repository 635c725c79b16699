import type { JobStatus } from '../../shared/api/types';

export interface CustomerStep {
  readonly key: 'received' | 'found' | 'onTheWay' | 'atWork' | 'done';
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

/** When the step began: the latest beginning counts, because a job may go back and be accepted again. */
export function stepAt(step: CustomerStep, steps: readonly { status: JobStatus; at: string }[]): string | undefined {
  const own = steps.filter((s) => step.of.includes(s.status)).map((s) => s.at);
  return step.key === 'received' || step.key === 'atWork' ? own[0] : own[own.length - 1];
}
