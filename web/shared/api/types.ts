/** Wire shapes of docs/api.md, as they are on the wire: camelCase, times as RFC 3339 strings, durations in seconds. */
import type { Terms } from './owed';

export * from './owed';

import type { DeskSnapshot } from './desk';

export interface Place {
  lon: number;
  lat: number;
}

export interface TimeWindow {
  from: string;
  to: string;
}

/** In the order of a job's way; visits and devices that go to a service point share the beginning, the work and the end. */
export const jobStatuses = [
  'requested', 'queued', 'offered', 'accepted', 'enRoute', 'arrived', 'booked', 'inTransit', 'received', 'inspected', 'onBench', 'repaired', 'signed', 'checked', 'packed', 'shipped', 'delivered', 'closed', 'cancelled',
] as const;
export type JobStatus = (typeof jobStatuses)[number];

export type Mode = 'doorToDoor' | 'mailIn' | 'walkIn' | 'pickupReturn' | 'swapAtDoor' | 'swapByPost' | 'swapAtPoint';
export type BenchCategory = 'phone' | 'camera' | 'board' | 'software';

/**
 * A slot of a service point's bench, or `counter` where only a unit is kept. `benchDay` is a date of the point's own calendar; `promisedAt` is when the customer has a working device at the latest: at
 * their door, or ready at the counter.
 */
export interface Booking {
  pointId: string;
  benchDay: string;
  category: BenchCategory | 'counter';
  promisedAt: string;
  confirmed: boolean;
}

export type ParcelStatus = 'pending' | 'infoReceived' | 'inTransit' | 'outForDelivery' | 'attemptFail' | 'delivered' | 'availableForPickup' | 'exception' | 'expired';
export type Direction = 'inbound' | 'return';

export interface Parcel {
  direction: Direction;
  waybill: string;
  status: ParcelStatus;
  at: string;
  events: { status: ParcelStatus; at: string; text?: string | null }[];
}

export interface PointView {
  id: string;
  name: string;
  zone: string;
  place: Place;
  serves: string[];
  brands: string[];
  skills: SkillLevel[];
  stock: { code: string; quantity: number; reserved?: number }[];
  /** `close` not after `open` means on the next day, `24:00` the end of the day. `effectiveTimeZone` is what the server goes by where `timeZone` is no IANA name. */
  hours: { open: string; close: string; timeZone: string; closedOn?: string[] | null; effectiveTimeZone?: string };
  slots: { category: BenchCategory; perDay: number }[];
  /** Days of the bench that have something taken. */
  days: { day: string; category: BenchCategory; slots: number; taken: number }[];
  version: number;
}

export type Severity = 'urgent' | 'regular';
export type Outcome = 'repaired' | 'not_repaired' | 'swapped';
export type DeclineReason = 'too_far' | 'no_part' | 'no_time' | 'cannot_make_window' | 'other';
export const declineReasons: readonly DeclineReason[] = ['too_far', 'no_part', 'no_time', 'cannot_make_window', 'other'];

export interface SkillLevel {
  code: string;
  level: number;
}

export interface PartQuantity {
  code: string;
  quantity: number;
}

export interface Needs {
  skills: SkillLevel[];
  tools: string[];
  parts: PartQuantity[];
  serviceSeconds?: number;
  priority?: number;
}

export interface Visit {
  departAt: string;
  arriveAt: string;
  startAt: string;
  finishAt: string;
}

export interface ReasonCount {
  code: string;
  count: number;
}

export type QuoteStatus = 'open' | 'approved' | 'refused' | 'lapsed' | 'withdrawn';

/** Amounts are minor units of money; the unit price of labour is that of an hour, its quantity minutes. */
export interface QuoteLine {
  kind: 'labour' | 'part' | 'visit' | 'freight';
  code?: string | null;
  quantity: number;
  unitPrice: number;
  amount: number;
  clause?: string | null;
}

/** The newest quote of a job. */
export interface Quote {
  number: number;
  status: QuoteStatus;
  lines: QuoteLine[];
  total: number;
  ifRefused: number;
  currency: string;
  priceVersion: string;
  note?: string | null;
  givenAt: string;
  validUntil: string;
  endedAt?: string | null;
  answeredBy?: 'customer' | 'staff' | null;
}

/** What a job costs the house up to now, in minor units of money. */
export interface CostSheet {
  jobId: string;
  currency: string;
  version: string;
  lines: { block: 'labour' | 'travel' | 'materials' | 'freight' | 'equipment' | 'systems' | 'communication' | 'marketing'; amount: number }[];
  total: number;
  effort: { workMinutes: number; travelMinutes: number; travelMetres: number; parcels: number };
  parts: { code: string; quantity: number; unitCost?: number | null; cost: number }[];
  quoted?: number | null;
  charged?: number | null;
  margin?: number | null;
}

export interface JobView {
  id: string;
  zone: string;
  status: JobStatus;
  epoch: number;
  version: number;
  category: string;
  severity: Severity;
  priority?: number;
  place: Place;
  windows: TimeWindow[];
  serviceSeconds?: number;
  needs?: Needs | null;
  symptom?: string | null;
  device?: { brand: string; model: string; serial?: string | null } | null;
  technicianId?: string | null;
  candidates?: string[] | null;
  offerExpiresAt?: string | null;
  visit?: Visit | null;
  /** When the customer expects the technician: by the plan until departure, then by the departure itself; may be over. */
  arrival?: TimeWindow | null;
  /** Whose prices hold, where that was said. */
  segment?: string | null;
  contract?: string | null;
  requestedAt: string;
  updatedAt: string;
  outcome?: Outcome | null;
  cancelReason?: string | null;
  unplaced?: ReasonCount[] | null;
  staleWork?: number;
  mode: Mode;
  booking?: Booking | null;
  parcels?: Parcel[] | null;
  findings?: string | null;
  quote?: Quote | null;
  terms?: Terms | null;
  /** IMEI or serial number of what was given in a swap. */
  newUnit?: string | null;
  /** What may have been mistyped: the number of the device. */
  warnings?: Warning[] | null;
  /** The customer's link, where it was replaced or withdrawn. */
  link?: { withdrawn: boolean; changedAt: string } | null;
}

/** Time that one job holds; `reserved` until the offer is accepted. */
export interface Commitment {
  jobId: string;
  epoch: number;
  status: 'reserved' | 'confirmed' | 'enRoute' | 'onSite';
  visit?: Visit | null;
}

/** `since`: of the status. */
export interface DepotCall {
  number: number;
  depot: string;
  place: Place;
  departAt: string;
  status: 'ordered' | 'underWay';
  since?: string | null;
}

export interface TechnicianView {
  id: string;
  name: string;
  zone: string;
  home: Place;
  shift: TimeWindow;
  skills: SkillLevel[];
  tools: string[];
  stock: PartQuantity[];
  onDuty: boolean;
  depotVisited?: boolean;
  /** Where the last stop ended, home before the first; not the live position. */
  place?: Place | null;
  placeAt?: string | null;
  commitments: Commitment[];
  depotCall?: DepotCall | null;
  version: number;
}

export interface Zone {
  id: string;
  name: string;
  territory: Place[];
  depot?: { id: string; name: string; place: Place } | null;
  version?: number;
  warnings?: ZoneWarning[] | null;
}

/** Something about a zone's shape that is allowed and probably not meant. */
export interface ZoneWarning {
  code: string;
  facts: Record<string, string>;
  text: string;
}

export interface PlanStop extends Partial<Visit> {
  kind: 'job' | 'depot' | 'break';
  jobId?: string | null;
  arriveAt: string;
}

export interface Plan {
  zone: string;
  plannedAt: string;
  routes: { technicianId: string; stops: PlanStop[] }[];
  unplaced: { jobId: string; reasons: ReasonCount[] }[];
  cost?: Record<string, unknown>;
}

export interface Explanation {
  jobId: string;
  placed: boolean;
  technicianId?: string | null;
  pointId?: string | null;
  reasons: { code: string; count: number; facts?: Record<string, unknown> | null; remedy?: string | null; text?: string | null }[];
  alternatives: { technicianId?: string | null; pointId?: string | null; costDifference?: number | null; code?: string | null; facts?: Record<string, unknown> | null }[];
  plannedAt?: string | null;
}

/** What of a request was taken and may have been mistyped; `code` is a row of docs/refusals.md. */
export interface Warning {
  code: string;
  field: string;
  title: string;
}

export interface JobReply {
  id: string;
  status: JobStatus;
  epoch: number;
  version: number;
  token: string;
  technicianId?: string | null;
  technicianIds?: string[] | null;
  trackingUrl?: string | null;
  trackingToken?: string | null;
  warnings?: Warning[] | null;
}

export interface Contact {
  name: string;
  phone: string;
  language?: string | null;
  address?: string | null;
}

export interface Clock {
  now: string;
  speed: number;
  travel?: 'road' | 'planar';
  origin?: Place | null;
  metresPerSecond?: number | null;
  /** IANA name of the company's time zone. */
  timeZone?: string;
}

export interface Session {
  accessToken: string;
  tokenType: string;
  expiresIn: number;
  role: 'manager' | 'dispatcher' | 'technician' | 'point' | 'agent' | 'expert' | 'carrier' | 'seller';
  subjectId: string;
  name: string;
  tenant: string;
}

/** Needs of a category may be absent: such a job waits for triage. */
export interface Category {
  code: string;
  name?: string;
  device?: 'phone' | 'camera' | null;
  severity?: Severity;
  needs?: Needs | null;
}

export interface Catalogue {
  brands: string[];
  categories: Category[];
}

export interface LivePosition {
  /** Left out for a tracking token. */
  technicianId: string;
  lon: number;
  lat: number;
  at: string;
  heading?: number | null;
}

export interface StreamEvent {
  seq: number;
  type: string;
  at: string;
  source: string;
  number: number;
  data: { jobId?: string; status?: string; epoch?: number; version?: number; view?: unknown } & Record<string, unknown>;
}

export interface Snapshot {
  stream: string;
  seq: number;
  jobs: JobView[];
  technicians: TechnicianView[];
  positions: LivePosition[];
  points?: PointView[] | null;
  /** Of the stream of the service desk only. */
  desk?: DeskSnapshot | null;
}

/** A job as the events of its stream show it to the holder of its tracking token. */
export interface TrackedJob {
  id: string;
  status: JobStatus;
  version: number;
  windows: TimeWindow[];
  arrival?: TimeWindow | null;
  technician?: { name: string } | null;
  outcome?: Outcome | null;
  quote?: Quote | null;
}

/** What the holder of a tracking token sees; a way over a service point has no window, arrival, technician or position, a visit no promise, point or parcels. */
export interface Tracking {
  jobId: string;
  status: JobStatus;
  window?: TimeWindow | null;
  arrival?: { from: string; to: string } | null;
  technician?: { name: string } | null;
  place?: Place | null;
  position?: { lon: number; lat: number; at: string } | null;
  seq: number;
  steps: { status: JobStatus; at: string }[];
  mode?: Mode;
  promisedAt?: string | null;
  point?: { name: string; place: Place; timeZone?: string } | null;
  parcels?: Parcel[] | null;
  outcome?: Outcome | null;
  quote?: Quote | null;
  terms?: Terms | null;
  /** IANA name of the zone by whose wall clock the times are told. */
  timeZone?: string;
}

/** A message to a customer; `to` is masked, `failure` a code of docs/refusals.md. */
export interface MessageView {
  id: string;
  jobId: string;
  template: string;
  language: string;
  channel: 'sms';
  to: string;
  text: string;
  status: 'queued' | 'sent' | 'delivered' | 'failed';
  attempts: number;
  createdAt: string;
  updatedAt: string;
  failure?: string | null;
}

export interface MessageList {
  items: MessageView[];
  next?: string | null;
}

/** A refusal or failure as RFC 9457 has it; `code` is stable, `title` and `detail` are the server's words. */
export interface Problem {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  facts?: Record<string, unknown>;
  current?: unknown;
}
