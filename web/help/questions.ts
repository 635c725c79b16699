import type { DeviceKind, Evidence, Place } from '../shared/api/types';

/** Body of POST /v1/entitlement, as this page asks it. */
export interface EntitlementQuestion {
  kind: DeviceKind;
  line?: string;
  purchasedOn?: string;
  madeOn?: string;
  evidence: Evidence[];
}

/** Body of POST /v1/offers, as this page asks it. */
export interface CompareQuestion {
  category: string;
  answers?: string[];
  device: { kind: DeviceKind; brand: string; model: string; imei?: string; serial?: string };
  place: Place;
  purchasedOn?: string;
  madeOn?: string;
  line?: string;
  evidence: Evidence[];
  hasPlan: boolean;
  grade?: string;
}
