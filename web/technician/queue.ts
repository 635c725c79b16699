import type { Answer } from '../shared/api/client';
import { isPassing } from '../shared/api/persistently';
import type { JobReply, JobStatus, Problem } from '../shared/api/types';

export type Verb = 'accept' | 'decline' | 'depart' | 'arrive' | 'repair' | 'sign' | 'close' | 'duty' | 'depotDepart' | 'depotComplete';

/**
 * One operation of a technician, kept on the phone until the server has answered it. The key is made when the person acts, so that
 * sending it twice is sending it once. `refused` ones stay, with the server's reason, until the person has seen them.
 */
export interface Operation {
  readonly key: string;
  readonly verb: Verb;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly jobId?: string | undefined;
  readonly epoch?: number | undefined;
  /** When the person acted, by the server's clock as the phone knows it. */
  readonly at: string;
  readonly state: 'waiting' | 'refused';
  readonly problem?: Problem | undefined;
}

/** Where operations outlive the page. */
export interface Shelf {
  read(): Operation[];
  write(operations: readonly Operation[]): void;
}

export type Send = (operation: Operation) => Promise<Answer<JobReply>>;

export interface QueueEvents {
  /** The list changed: added, done, refused, dismissed. */
  changed(operations: readonly Operation[]): void;
  /** The server did it. */
  done(operation: Operation, reply: JobReply): void;
  refused(operation: Operation, problem: Problem): void;
}

/**
 * Sends operations one at a time in the order in which they were done: a later step never overtakes an earlier one. A passing failure
 * stops the round, everything stays; a refusal sets the operation aside and goes on.
 */
export class OperationQueue {
  private running: Promise<void> | undefined;

  constructor(
    private readonly shelf: Shelf,
    private readonly send: Send,
    private readonly events: QueueEvents,
  ) {}

  get operations(): readonly Operation[] {
    return this.shelf.read();
  }

  /** Kept first, sent then. */
  add(operation: Omit<Operation, 'state' | 'problem'>): Promise<void> {
    this.store([...this.shelf.read(), { ...operation, state: 'waiting' }]);
    return this.flush();
  }

  /** The person has seen a refusal; a waiting operation cannot be dismissed. */
  dismiss(key: string): void {
    this.store(this.shelf.read().filter((o) => o.key !== key || o.state !== 'refused'));
  }

  /** Sends what waits, until nothing does or the server cannot be reached. Calls while one runs join it. */
  flush(): Promise<void> {
    this.running ??= this.round().finally(() => (this.running = undefined));
    return this.running;
  }

  private async round(): Promise<void> {
    for (;;) {
      const next = this.shelf.read().find((o) => o.state === 'waiting');
      if (!next) return;
      const answer = await this.send(next);
      if (answer.ok) {
        this.store(this.shelf.read().filter((o) => o.key !== next.key));
        this.events.done(next, answer.value);
      } else if (isPassing(answer.problem)) return;
      else {
        this.store(this.shelf.read().map((o) => (o.key === next.key ? { ...o, state: 'refused', problem: answer.problem } : o)));
        this.events.refused(next, answer.problem);
      }
    }
  }

  private store(operations: readonly Operation[]): void {
    this.shelf.write(operations);
    this.events.changed(operations);
  }
}

/** The phone's own storage. */
export function localShelf(subject: string): Shelf {
  const key = `dispatch.queue.${subject}`;
  return {
    read: () => {
      try {
        return (JSON.parse(localStorage.getItem(key) ?? '[]') as Operation[]) ?? [];
      } catch {
        return []; // unreadable: nothing of it could be sent
      }
    },
    write: (operations) => (operations.length === 0 ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(operations))),
  };
}

const after: Partial<Record<Verb, JobStatus>> = { accept: 'accepted', depart: 'enRoute', arrive: 'arrived', repair: 'repaired', sign: 'signed', close: 'closed' };

/** The status a job will have once everything waiting for it is done; what the person sees, with the word "pending" beside it. */
export function expectedStatus(job: { id: string; status: JobStatus }, operations: readonly Operation[]): { status: JobStatus; pending: boolean } {
  let status = job.status;
  let pending = false;
  for (const o of operations) {
    if (o.jobId !== job.id || o.state !== 'waiting') continue;
    pending = true;
    status = after[o.verb] ?? status;
  }
  return { status, pending };
}
