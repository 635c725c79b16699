import type { Mode, OfferComparison, OfferMode, Place, Problem, TimeWindow } from '../shared/api/types';
import { isNumber } from '../shared/device';
import { isAtCounter, isSwap, isVisit } from '../shared/modes';
import { isPhone } from '../shared/phone';
import { comparisonOf, type Draft } from './journey';

export interface BookingForm {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly symptom: string;
  /** Another time than the one offered. */
  readonly window: TimeWindow | undefined;
  readonly language: string;
  /** The contact with the desk that it comes of. */
  readonly contactId?: string | undefined;
}

export type BookFault = 'number' | 'window' | 'name' | 'phone' | 'address';

const bookable: readonly OfferMode[] = ['doorToDoor', 'mailIn', 'walkIn', 'pickupReturn', 'swapAtDoor', 'swapByPost', 'swapAtPoint'] satisfies Mode[];

/** Whether one press books it: the modes of the comparison that jobs have. */
export const isBookable = (mode: OfferMode): mode is Mode => bookable.includes(mode);

/** Somebody comes, or something is carried: then an address is needed. */
export const needsAddress = (mode: Mode): boolean => !isAtCounter(mode);

/** What is missing, in the order of the form. Which unit goes for which must be known: an exchange is nothing without the number of the old one. */
export function faultsOf(form: Pick<BookingForm, 'name' | 'phone' | 'address' | 'window'> & { mode: Mode; number: string; otherTime: boolean }): BookFault[] {
  const faults: BookFault[] = [];
  if (isSwap(form.mode) && !isNumber(form.number)) faults.push('number');
  if (isVisit(form.mode) && form.otherTime && !form.window) faults.push('window');
  if (form.name.trim() === '') faults.push('name');
  if (!isPhone(form.phone)) faults.push('phone');
  if (needsAddress(form.mode) && form.address.trim() === '') faults.push('address');
  return faults;
}

/** Body of POST /v1/bookings: the question of the comparison, and what the customer saw and agreed to. With another time its promise is another, too. */
export function bookingOf(draft: Draft, mode: Mode, comparison: OfferComparison, place: Place, form: BookingForm) {
  const offer = comparison.offers.find((o) => o.mode === mode);
  return {
    question: comparisonOf(draft, place), mode,
    agreed: { total: offer?.price?.total ?? 0, currency: comparison.currency, priceVersion: comparison.priceVersion, ...(offer?.until && !form.window && { until: offer.until }) },
    contact: { name: form.name.trim(), phone: form.phone.trim(), language: form.language },
    ...(needsAddress(mode) && { address: form.address.trim() }), ...(form.symptom.trim() && { symptom: form.symptom.trim() }), ...(form.window && { window: form.window }),
    ...(draft.end && { severity: draft.end.severity }), ...(form.contactId && { contactId: form.contactId }),
  };
}

/** The comparison as it is now, where a refusal brings it: somebody was faster, or a price or a promise is another. */
export function comparisonIn(problem: Problem): OfferComparison | undefined {
  const now = problem.current as Partial<OfferComparison> | null | undefined;
  return problem.code.startsWith('booking.') && Array.isArray(now?.offers) ? (now as OfferComparison) : undefined;
}

/** What somebody else has had meanwhile, or why else a mode that was chosen is not to be had: from `reason` of `booking.not_offered`, a code of a ledger or of the comparison. */
export type Gone = 'unit' | 'part' | 'place' | 'window' | 'time' | 'other';

export function goneBy(reason: string, mode: OfferMode): Gone {
  if (reason.endsWith('.part_missing') || reason === 'offer.no_exchange_unit') return isSwap(mode) ? 'unit' : 'part';
  if (reason === 'point.bench_full') return 'place';
  if (reason === 'plan.window_missed') return 'window';
  return reason.startsWith('technician.') ? 'time' : 'other';
}
