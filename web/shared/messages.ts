import type { MessageView } from './api/types';

export const messageStatuses = ['queued', 'sent', 'delivered', 'failed'] as const;

/** How a message is shown: a queued one that has failed before is being tried again. */
export type MessageLook = MessageView['status'] | 'retrying';

export const lookOfMessage = (message: Pick<MessageView, 'status' | 'failure'>): MessageLook => (message.status === 'queued' && message.failure ? 'retrying' : message.status);

/** Nothing more happens to it by itself. */
export const isSettled = (message: Pick<MessageView, 'status'>): boolean => message.status === 'delivered' || message.status === 'failed';

/** Answers may overtake each other: of two states of one message the later one stays. */
export function latest(known: readonly MessageView[], given: readonly MessageView[]): MessageView[] {
  const byId = new Map(known.map((m) => [m.id, m]));
  return given.map((m) => {
    const had = byId.get(m.id);
    return had && Date.parse(had.updatedAt) > Date.parse(m.updatedAt) ? had : m;
  });
}

/** A whole job id is a filter of the server's; anything else is looked for in what is shown. */
export const jobFilter = (text: string): string | undefined => (/^job_[A-Za-z0-9_-]+$/.test(text.trim()) ? text.trim() : undefined);

export function found(message: MessageView, text: string): boolean {
  const needle = text.trim().toLowerCase();
  return needle === '' || jobFilter(text) !== undefined || `${message.jobId} ${message.to} ${message.text}`.toLowerCase().includes(needle);
}
