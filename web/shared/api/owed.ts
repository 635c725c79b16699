/** Wire shapes of what a device had, what is owed for it and what is offered: docs/api.md. */
import type { JobReply, Mode, Outcome, PartQuantity, Severity, SkillLevel, TimeWindow, Warning } from './types';

export type DeviceKind = 'phone' | 'camera' | 'other';
export type Words = Record<string, string>;

/** The next question of the self-diagnosis, or its end; words by language. */
export interface TriageStep {
  book: string;
  version: string;
  category: string;
  answers: string[];
  question?: { id: string; words: Words; answers: { code: string; to: string; words: Words }[] } | null;
  end?: TriageEnd | null;
}

export interface TriageEnd {
  id: string;
  kind: 'remote' | 'fault' | 'inspection';
  severity: Severity;
  category: string;
  parts: PartQuantity[];
  skills: SkillLevel[];
  tools: string[];
  minutes: number;
  words: Words;
}

export const remedies = ['refund', 'exchangeUnit', 'exchangePart', 'exchangeSameOrHigher', 'exchangeAccessory', 'refundAccessory', 'repairFree', 'repairPaid', 'loaner'] as const;
export type Remedy = (typeof remedies)[number];
export type Party = 'seller' | 'provider' | 'brand' | 'customer';
export type EvidenceKind = 'invoice' | 'warrantyCard' | 'label' | 'inspection' | 'privateRepair' | 'userDamage' | 'repairEstimate' | 'purchaseDate' | 'factoryDate';
export type EvidenceState = 'valid' | 'altered' | 'unstamped' | 'copy' | 'intact' | 'torn' | 'confirmed' | 'notConfirmed' | 'none' | 'found' | 'economic' | 'uneconomic';

/** What somebody has seen; `fault` of an inspection only. */
export interface Evidence {
  kind: EvidenceKind;
  state: EvidenceState;
  on?: string;
  fault?: string;
}

/** `until` is the last day, included. Days are calendar days of the house. */
export interface EntitlementOption {
  remedy: Remedy;
  owedBy: Party;
  from?: string | null;
  until?: string | null;
  clause: string;
  countedFrom: 'always' | 'purchase' | 'warranty' | 'factory' | 'openRepair';
  countedFromDay?: string | null;
  on: EvidenceKind[];
  assumes: EvidenceKind[];
}

/** What a customer may choose on one day, by one version of one book. */
export interface EntitlementDecision {
  book: string;
  version: string;
  today: string;
  options: EntitlementOption[];
  missing: { remedy: Remedy; clause: string; needs: EvidenceKind[] }[];
  notOwed: { remedy: Remedy; clause: string; code: string; facts: { name: string; value: string }[] }[];
}

export const offerModes = ['remote', 'selfService', 'walkIn', 'pickupReturn', 'doorToDoor', 'mailIn', 'swapAtDoor', 'swapByPost', 'swapAtPoint', 'tradeIn', 'recycling'] as const;
export type OfferMode = (typeof offerModes)[number];

/** Lines in minor units of money; `credit` is what the customer is paid. */
export interface OfferPrice {
  labour: number;
  parts: number;
  visit: number;
  freight: number;
  unit: number;
  service: number;
  credit: number;
  total: number;
}

export interface Offer {
  mode: OfferMode;
  offered: boolean;
  price?: OfferPrice | null;
  quotedAfterInspection: boolean;
  from?: string | null;
  until?: string | null;
  where?: string | null;
  /** IANA name of the zone by whose wall clock `from` and `until` are told. */
  timeZone?: string;
  clause?: string | null;
  programme?: string | null;
  loaner?: { days: number; price: number } | null;
  notOffered?: { code: string; facts: Record<string, string> } | null;
}

export interface OfferComparison {
  currency: string;
  priceVersion: string;
  zone: string;
  offers: Offer[];
  cheapest?: OfferMode | null;
  soonest?: OfferMode | null;
  entitlement?: EntitlementDecision | null;
}

/** What house and customer agreed on when a mode was booked; never changed afterwards. */
export interface Terms {
  mode: Mode;
  price: OfferPrice;
  currency: string;
  priceVersion: string;
  quotedAfterInspection: boolean;
  from: string;
  until: string;
  clause?: string | null;
  programme?: string | null;
  loaner?: { days: number; price: number } | null;
}

/** A booked job, and what was kept for it before the answer: a technician's time, or a day at a point; `bench` where a place on one is kept. */
export interface Booked {
  job: JobReply;
  terms: Terms;
  reserved: { technicianId?: string | null; arrival?: TimeWindow | null; pointId?: string | null; day?: string | null; bench?: string | null; parts: PartQuantity[] };
  warnings?: Warning[] | null;
}

export type ExchangeStep = 'verify' | 'replaceCard' | 'recordSerial' | 'sendToSeller' | 'handOver';
export const exchangeSteps: readonly ExchangeStep[] = ['verify', 'replaceCard', 'recordSerial', 'sendToSeller', 'handOver'];
export type ExchangeDesk = 'technician' | 'frontDesk' | 'dispatcher' | 'seller';
export type ExchangeRecord = 'oldCard' | 'newCard' | 'invoiceCopy' | 'newSerial' | 'stampedOn' | 'waybill';

export interface ExchangeDuty {
  step: ExchangeStep;
  desk: ExchangeDesk;
  records: ExchangeRecord[];
}

export interface Exchange {
  remedy: Remedy;
  /** Book, version and clause: `cn-phones/2026-1#day-7/exchange`. */
  clause: string;
  jobId?: string | null;
  status: 'open' | 'done' | 'refused';
  next?: ExchangeDuty | null;
  done: { step: ExchangeStep; desk: ExchangeDesk; by: string; at: string; notes: { name: ExchangeRecord; value: string }[] }[];
  reason?: string | null;
}

/** A refund or an exchange that waits at a desk; `waitsSince` is when the step before was done. */
export interface WaitingExchange {
  deviceId: string;
  imei?: string | null;
  serial?: string | null;
  kind: DeviceKind;
  brand: string;
  model: string;
  purchasedOn?: string | null;
  waitsSince?: string | null;
  exchange: Exchange;
}

/** One device with its whole history, wherever it was served. */
export interface DeviceView {
  id: string;
  imei?: string | null;
  typeCode?: string | null;
  serial?: string | null;
  kind: DeviceKind;
  brand: string;
  model: string;
  line?: string | null;
  purchasedOn?: string | null;
  madeOn?: string | null;
  registeredAt: string;
  services: { jobId: string; at: string; fault: string; outcome?: Outcome | null; mode: Mode; parts: PartQuantity[]; technicianId?: string | null; pointId?: string | null; brand: string }[];
  repeatedRepairs: number;
  accessories: { accessory: string; at: string; jobId?: string | null }[];
  /** Built in, with serials of their own. */
  parts: { part: string; serial: string; at: string; jobId?: string | null }[];
  owners: { owner: string; at: string }[];
  replaces?: string | null;
  replacedBy?: string | null;
  exchange?: Exchange | null;
  version: number;
}
