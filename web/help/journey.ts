import type { CompareQuestion, EntitlementQuestion } from './questions';
import type { DeviceKind, EvidenceState, OfferMode, Place, TriageEnd } from '../shared/api/types';
import { readNumber } from '../shared/device';

/** One decision a screen, in the order of the way. */
export const screens = ['device', 'model', 'number', 'bought', 'papers', 'problem', 'ask', 'end', 'solved', 'condition', 'owed', 'where', 'compare', 'book', 'person'] as const;
export type Screen = (typeof screens)[number];

/** Parts of the way that people count in. */
export const phases = ['device', 'problem', 'owed', 'ways', 'book'] as const;
export type Phase = (typeof phases)[number];

const phaseOf: Record<Screen, Phase> = {
  device: 'device', model: 'device', number: 'device', bought: 'device', papers: 'device', problem: 'problem', ask: 'problem', end: 'problem', solved: 'problem',
  condition: 'owed', owed: 'owed', where: 'ways', compare: 'ways', book: 'book', person: 'problem',
};
export const phaseIndex = (screen: Screen): number => phases.indexOf(phaseOf[screen]);

/** What the customer has said so far. Nothing here names a person. */
export interface Draft {
  kind?: DeviceKind | undefined;
  brand: string;
  model: string;
  line?: string | undefined;
  /** IMEI or serial number as typed; empty where it is not known. */
  number: string;
  numberSeen: boolean;
  bought?: string | undefined;
  made?: string | undefined;
  boughtSeen: boolean;
  hasPlan: boolean;
  invoice?: EvidenceState | undefined;
  card?: EvidenceState | undefined;
  papersSeen: boolean;
  category?: string | undefined;
  answers: string[];
  end?: TriageEnd | undefined;
  /** Remote help was tried and did not help: the way goes on without it. */
  helpFailed: boolean;
  label?: EvidenceState | undefined;
  opened?: EvidenceState | undefined;
  damage?: EvidenceState | undefined;
  inspection?: EvidenceState | undefined;
  inspectedOn?: string | undefined;
  conditionSeen: boolean;
  owedSeen: boolean;
  grade?: string | undefined;
  mode?: OfferMode | undefined;
}

export const emptyDraft = (): Draft => ({
  brand: '', model: '', number: '', numberSeen: false, boughtSeen: false, hasPlan: false, papersSeen: false, answers: [], helpFailed: false, conditionSeen: false, owedSeen: false,
});

/** What the draft says with this changed; what rested on the old answer is asked again. */
export function change(draft: Draft, changed: Partial<Draft>): Draft {
  const next: Draft = { ...draft, ...changed };
  if (changed.kind !== undefined && draft.kind !== undefined && changed.kind !== draft.kind) Object.assign(next, { brand: '', model: '', line: undefined, number: '', numberSeen: false, category: undefined } satisfies Partial<Draft>);
  if (next.category !== draft.category) Object.assign(next, { answers: [], end: undefined, helpFailed: false, mode: undefined } satisfies Partial<Draft>);
  else if (changed.answers !== undefined && changed.answers.join() !== draft.answers.join()) Object.assign(next, { end: changed.end, helpFailed: false, mode: undefined } satisfies Partial<Draft>);
  return next;
}

/** How far the way is open: the screen itself, or the first before it that has no answer yet. */
export function reachable(draft: Draft, wanted: Screen, place: Place | undefined): Screen {
  if (wanted === 'device' || wanted === 'person') return wanted;
  const answered: [Screen, boolean][] = [
    ['device', draft.kind !== undefined],
    ['model', draft.brand.trim() !== '' && draft.model.trim() !== ''],
    ['number', draft.numberSeen],
    ['bought', draft.boughtSeen],
    ['papers', draft.papersSeen],
    ['problem', draft.category !== undefined],
    ['ask', draft.end !== undefined],
    ['end', draft.end?.kind !== 'remote' || draft.helpFailed],
    ['condition', draft.conditionSeen],
    ['owed', draft.owedSeen],
    ['where', place !== undefined],
    ['compare', draft.mode !== undefined],
  ];
  const goal = wanted === 'solved' ? 'end' : wanted;
  for (const [screen, done] of answered) {
    if (screen === goal) return wanted;
    if (!done) return screen;
  }
  return wanted;
}

const isLonger = (screen: Screen): boolean => screen === 'ask' || screen === 'person';

/** `#ask/yes.no` → the screen and the answers given up to it: each question has an address of its own, so that the browser's way back is the way back. `#person/remote` names the mode a person is asked for. */
export function readHash(hash: string): { screen: Screen; answers: string[] } {
  const [name = '', rest = ''] = hash.replace(/^#/, '').split('/');
  const screen = (screens as readonly string[]).includes(name) ? (name as Screen) : 'device';
  return { screen, answers: isLonger(screen) && rest !== '' ? rest.split('.').filter((a) => /^[A-Za-z0-9_-]+$/.test(a)) : [] };
}

export const hashOf = (screen: Screen, answers: readonly string[] = []): string => `#${screen}${isLonger(screen) && answers.length > 0 ? `/${answers.join('.')}` : ''}`;

/** Remote help is given step by step: one sentence, one step. */
export const stepsOf = (text: string): string[] => (text.match(/[^.!?。！？]+[.!?。！？]*/g) ?? [text]).map((s) => s.trim()).filter((s) => s !== '');

/** The fault an inspection would look for: what the self-diagnosis came to, or the complaint itself. */
export const faultOf = (draft: Draft): string => draft.end?.category ?? draft.category ?? 'other';

function evidenceOf(draft: Draft): EntitlementQuestion['evidence'] {
  return [
    ...(draft.invoice ? [{ kind: 'invoice' as const, state: draft.invoice }] : []),
    ...(draft.card ? [{ kind: 'warrantyCard' as const, state: draft.card }] : []),
    ...(draft.label ? [{ kind: 'label' as const, state: draft.label }] : []),
    ...(draft.opened ? [{ kind: 'privateRepair' as const, state: draft.opened }] : []),
    ...(draft.damage ? [{ kind: 'userDamage' as const, state: draft.damage }] : []),
    ...(draft.inspection ? [{ kind: 'inspection' as const, state: draft.inspection, fault: faultOf(draft), ...(draft.inspectedOn && { on: draft.inspectedOn }) }] : []),
  ];
}

const days = (draft: Draft) => ({ ...(draft.bought && { purchasedOn: draft.bought }), ...(draft.made && { madeOn: draft.made }), ...(draft.line && { line: draft.line }) });

/** Body of POST /v1/entitlement. */
export const entitlementOf = (draft: Draft): EntitlementQuestion => ({ kind: draft.kind ?? 'other', ...days(draft), evidence: evidenceOf(draft) });

/** Body of POST /v1/offers. Answers count only while they name what is to be done: a remote end that did not help leaves the complaint itself. */
export function comparisonOf(draft: Draft, place: Place): CompareQuestion {
  const number = readNumber(draft.number);
  const known = number.kind === 'imei' ? { imei: number.value } : number.kind === 'serial' ? { serial: number.value } : {};
  return {
    category: draft.category ?? 'other', ...(draft.end && draft.end.kind !== 'remote' && { answers: draft.answers }),
    device: { kind: draft.kind ?? 'other', brand: draft.brand.trim(), model: draft.model.trim(), ...known },
    place, ...days(draft), evidence: evidenceOf(draft), hasPlan: draft.hasPlan, ...(draft.grade && { grade: draft.grade }),
  };
}
