import type { CallBack, Case, Contact, ContactWord, Escalation } from '../shared/api/desk';

/** What the desk works on, by what the streams call it. */
export interface Things {
  contact: Contact;
  escalation: Escalation;
  callback: CallBack;
  case: Case;
}
export type Kind = keyof Things;
export const kinds: readonly Kind[] = ['contact', 'escalation', 'callback', 'case'];

/** The kind an event is about, by its type. */
export const kindOf = (type: string): Kind | undefined => kinds.find((kind) => type.startsWith(`${kind}.`));

export const isOpen: { [K in Kind]: (thing: Things[K]) => boolean } = {
  contact: (c) => c.status !== 'ended',
  escalation: (e) => e.status === 'waiting' || e.status === 'taken',
  callback: (c) => c.status === 'planned' || c.status === 'calling',
  case: (c) => c.status !== 'settled' && c.status !== 'closed',
};

/** By when somebody has to act: what lists are ordered by, soonest first. */
export const dueAt: { [K in Kind]: (thing: Things[K]) => string } = {
  contact: (c) => c.answerBy,
  escalation: (e) => e.askedAt,
  callback: (c) => c.dueAt,
  case: (c) => c.dueAt ?? c.openedAt,
};

/** Who has it, if anybody. */
export const holder: { [K in Kind]: (thing: Things[K]) => string | null | undefined } = {
  contact: (c) => c.agentId,
  escalation: (e) => e.expertId,
  callback: (c) => c.agentId,
  case: (c) => c.responsibleId,
};

/** Which of them are shown: all, this person's own, or those nobody has. */
export const scopes = ['all', 'mine', 'free'] as const;
export type Scope = (typeof scopes)[number];

/** Whether a thing is in the scope of this person. */
export function inScope<K extends Kind>(kind: K, thing: Things[K], scope: Scope, me: string): boolean {
  const held = holder[kind](thing);
  return scope === 'all' || (scope === 'mine' ? held === me : !held);
}

type RunningCase = Exclude<Case['status'], 'open' | 'settled' | 'closed'>;
export type NextStep = `${Kind}.free` | `${Exclude<Kind, 'case'>}.mine` | `case.${RunningCase}` | 'other';

/** What is to be done next, as the end of its `desk.next.` key; undefined for what is over. */
export function nextStep<K extends Kind>(kind: K, thing: Things[K], me: string): NextStep | undefined {
  if (!isOpen[kind](thing)) return undefined;
  const held = holder[kind](thing);
  if (!held) return `${kind}.free`;
  if (kind === 'case' && thing.status === 'proposed') return 'case.proposed';
  if (held !== me) return 'other';
  return kind === 'case' ? `case.${thing.status as RunningCase}` : `${kind as Exclude<Kind, 'case'>}.mine`;
}

/** How pressing a running promise is: the last third of its time is short, and then it is broken. */
export function pressure(from: string, until: string, now: number): 'calm' | 'short' | 'over' {
  const left = Date.parse(until) - now;
  return left < 0 ? 'over' : left * 3 < Date.parse(until) - Date.parse(from) ? 'short' : 'calm';
}

/** Nobody's first, then by due time; the same order for the same things. */
export function ordered<K extends Kind>(kind: K, things: Iterable<Things[K]>): Things[K][] {
  const free = (thing: Things[K]) => (holder[kind](thing) && kind !== 'case' ? 1 : 0);
  return [...things].filter(isOpen[kind]).sort((a, b) => free(a) - free(b) || Date.parse(dueAt[kind](a)) - Date.parse(dueAt[kind](b)) || a.id.localeCompare(b.id));
}

/** Replaces what is older; what is not newer stays as it is. */
export function put<T extends { id: string; version: number }>(known: ReadonlyMap<string, T>, news: readonly T[]): ReadonlyMap<string, T> {
  const next = new Map(known);
  for (const thing of news) if ((next.get(thing.id)?.version ?? 0) < thing.version) next.set(thing.id, thing);
  return next;
}

/** The part of an account's subject id that people know each other by. */
export const who = (subject: string): string => subject.replace(/^user_/, '');

/** `12.50` → 1250 minor units; undefined for what is no amount. */
export function minorUnits(text: string): number | undefined {
  const match = /^\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
}

/** The job that the notes of a contact name, the last of them. */
export const jobIn = (words: readonly ContactWord[]): string | undefined =>
  words.flatMap((word) => (word.voice === 'note' ? [...(word.text ?? '').matchAll(/\bjob_[A-Za-z0-9]+/g)] : [])).at(-1)?.[0];

/** Where the register has this device; nothing without a number it is known by. */
export const registerAt = (device: { brand: string; serial?: string | null } | null | undefined): string | undefined =>
  device?.serial ? `/register/#number/${[device.serial, device.brand].map(encodeURIComponent).join('/')}` : undefined;
