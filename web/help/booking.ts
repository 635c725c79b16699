import type { Mode, Offer, OfferMode, Place, TimeWindow } from '../shared/api/types';
import { readNumber } from '../shared/device';
import { faultOf, type Draft } from './journey';

export interface BookingForm {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly symptom: string;
  /** Another time than the one offered. */
  readonly window: TimeWindow | undefined;
  readonly language: string;
}

export type BookFault = 'window' | 'name' | 'phone' | 'address';

/** A visit that was offered may begin so long after the time it was offered for. */
const WITHIN = 2 * 3_600_000;

/** Whether the customer can file it here: the modes of the comparison that jobs have. */
export const isBookable = (mode: OfferMode): mode is Mode => mode === 'doorToDoor' || mode === 'mailIn';

/** What is missing, in the order of the form. */
export function faultsOf(form: Pick<BookingForm, 'name' | 'phone' | 'address' | 'window'> & { mode: Mode; otherTime: boolean }): BookFault[] {
  const faults: BookFault[] = [];
  if (form.mode === 'doorToDoor' && form.otherTime && !form.window) faults.push('window');
  if (form.name.trim() === '') faults.push('name');
  if (!/\d{3,}/.test(form.phone.replace(/[\s()+.-]/g, ''))) faults.push('phone');
  if (form.address.trim() === '') faults.push('address');
  return faults;
}

/** Body of POST /v1/jobs for the mode that was chosen: about what the self-diagnosis came to, at the time that was offered unless another was chosen. */
export function jobOf(draft: Draft, mode: Mode, offer: Offer, place: Place, form: BookingForm) {
  const number = readNumber(draft.number);
  const from = offer.from ?? new Date().toISOString();
  const window = form.window ?? { from, to: new Date(Date.parse(from) + WITHIN).toISOString() };
  return {
    category: faultOf(draft), mode, place, address: form.address.trim(), ...(mode === 'doorToDoor' && { window }),
    contact: { name: form.name.trim(), phone: form.phone.trim(), language: form.language },
    device: { brand: draft.brand.trim(), model: draft.model.trim(), ...((number.kind === 'imei' || number.kind === 'serial') && { serial: number.value }) },
    ...(form.symptom.trim() && { symptom: form.symptom.trim() }), ...(draft.end && { severity: draft.end.severity }),
  };
}
