/** Wire shapes of the service desk (docs/api.md), as they are on the wire. */

import type { JobView, StreamEvent, Warning } from './types';

export const contactOutcomes = ['helpedRemotely', 'jobFiled', 'passedOn', 'gaveUp'] as const;
export const caseReasons = ['quality', 'service', 'time', 'attitude', 'price', 'other'] as const;
export const caseRemedies = ['repairAgain', 'refund', 'exchange', 'apology', 'refusal'] as const;
export const caseEndings = ['unfounded', 'duplicate', 'noAnswer', 'noAgreement', 'withdrawn'] as const;
export const dimensions = ['service', 'quality', 'time', 'attitude'] as const;

export type ContactKind = 'consultation' | 'hotline';
export type ContactChannel = 'hotline' | 'web' | 'messaging' | 'shopPlatform' | 'walkIn';
export type ContactOutcome = (typeof contactOutcomes)[number];
export type CaseReason = (typeof caseReasons)[number];
export type CaseRemedy = (typeof caseRemedies)[number];
export type CaseEnding = (typeof caseEndings)[number];
export type CaseStatus = 'open' | 'investigating' | 'proposed' | 'accepted' | 'disputed' | 'mediation' | 'settled' | 'closed';
export type CaseStep = 'open' | 'take' | 'note' | 'state' | 'propose' | 'accept' | 'refuse' | 'refer' | 'settle' | 'close' | 'withdraw';
export type Satisfaction = Record<(typeof dimensions)[number], number>;

export interface Contact {
  id: string;
  kind: ContactKind;
  channel: ContactChannel;
  status: 'waiting' | 'talking' | 'ended';
  category?: string | null;
  brand?: string | null;
  model?: string | null;
  deviceId?: string | null;
  aboutJobId?: string | null;
  openedAt: string;
  answerBy: string;
  answeredAt?: string | null;
  agentId?: string | null;
  words: number;
  outcome?: ContactOutcome | null;
  jobId?: string | null;
  endedAt?: string | null;
  version: number;
}

export interface ContactWord {
  voice: 'customer' | 'agent' | 'note';
  by?: string | null;
  at: string;
  text?: string | null;
}

export interface ContactDetail {
  contact: Contact;
  words: ContactWord[];
}

export interface Escalation {
  id: string;
  jobId?: string | null;
  contactId?: string | null;
  status: 'waiting' | 'taken' | 'answered' | 'givenBack' | 'withdrawn';
  askedBy: string;
  askedAt: string;
  expertId?: string | null;
  takenAt?: string | null;
  endedAt?: string | null;
  version: number;
}

export interface EscalationDetail {
  escalation: Escalation;
  question?: string | null;
  reply?: string | null;
  job?: JobView | null;
  history?: StreamEvent[] | null;
  words?: ContactWord[] | null;
}

export interface CallBack {
  id: string;
  jobId: string;
  status: 'planned' | 'calling' | 'rated' | 'givenUp';
  closedAt: string;
  dueAt: string;
  tries: number;
  agentId?: string | null;
  rating?: Satisfaction | null;
  byLink: boolean;
  complaint: boolean;
  endedAt?: string | null;
  version: number;
}

export interface CallBackDetail {
  callBack: CallBack;
  remark?: string | null;
  /** The complaint that came of it. */
  caseId?: string | null;
}

/** `amount` in minor units of `currency`; `accepted` is absent until the customer has answered. */
export interface CaseProposal {
  number: number;
  remedy: CaseRemedy;
  amount?: number | null;
  currency?: string | null;
  text?: string | null;
  at: string;
  accepted?: boolean | null;
}

export interface CaseEntry {
  step: CaseStep;
  side: 'customer' | 'desk';
  by?: string | null;
  at: string;
  text?: string | null;
}

export interface Case {
  id: string;
  jobId: string;
  callBackId?: string | null;
  contactId?: string | null;
  reason: CaseReason;
  wish?: CaseRemedy | null;
  status: CaseStatus;
  openedAt: string;
  responsibleId?: string | null;
  dueAt?: string | null;
  proposals: CaseProposal[];
  settlement?: { jobId?: string | null; reference?: string | null } | null;
  ending?: CaseEnding | null;
  endedAt?: string | null;
  version: number;
}

/** `steps`: what the caller could do now. */
export interface CaseDetail {
  case: Case;
  entries: CaseEntry[];
  proposals: CaseProposal[];
  steps: CaseStep[];
}

/** A complaint as its customer sees it. */
export interface TrackedCase extends Omit<Case, 'jobId' | 'callBackId' | 'contactId' | 'responsibleId'> {
  entries: CaseEntry[];
  steps: CaseStep[];
}

export interface TrackedDesk {
  mayRate: boolean;
  rating?: Satisfaction | null;
  mayComplain: boolean;
  cases: TrackedCase[];
}

export interface AnswerPromise {
  kind: ContactKind;
  channel?: ContactChannel | null;
  promiseSeconds: number;
  waiting: number;
  overdue: number;
  nextDueAt?: string | null;
  answered: number;
  missed: number;
  gaveUp: number;
  averageSeconds?: number | null;
  share?: number | null;
  kept?: boolean | null;
}

export interface DeskSnapshot {
  contacts: Contact[];
  escalations: Escalation[];
  callBacks: CallBack[];
  cases: Case[];
}

export interface DeskReply {
  id: string;
  status: string;
  version: number;
  token: string;
  contactToken?: string | null;
  warnings?: Warning[] | null;
}
