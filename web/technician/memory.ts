import type { Contact, JobView, TechnicianView } from '../shared/api/types';

/** What the phone knew last, so that the page says something useful when it is opened without a network. */
export interface Memory {
  readonly me: TechnicianView | undefined;
  readonly jobs: readonly JobView[];
  readonly contacts: Readonly<Record<string, Contact>>;
}

const nothing: Memory = { me: undefined, jobs: [], contacts: {} };
const keyOf = (subject: string) => `dispatch.memory.${subject}`;
const ended = (job: JobView) => job.status === 'closed' || job.status === 'cancelled';

/** Only this technician's open work is kept, and the contacts that belong to it; a customer's name leaves the phone with the job. */
export function worthKeeping(memory: Memory, technicianId: string): Memory {
  const jobs = memory.jobs.filter((j) => !ended(j) && (j.technicianId === technicianId || (j.candidates ?? []).includes(technicianId)));
  return { me: memory.me, jobs, contacts: Object.fromEntries(Object.entries(memory.contacts).filter(([id]) => jobs.some((j) => j.id === id && j.technicianId === technicianId))) };
}

export function remember(subject: string, memory: Memory): void {
  localStorage.setItem(keyOf(subject), JSON.stringify(worthKeeping(memory, subject)));
}

export function recall(subject: string): Memory {
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(keyOf(subject)) ?? '{}') as Partial<Memory>) };
  } catch {
    return nothing; // unreadable: the server tells again
  }
}

export const forget = (subject: string): void => localStorage.removeItem(keyOf(subject));
