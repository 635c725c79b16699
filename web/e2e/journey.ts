import { checkDigit } from '../shared/device';

let made = 0;

/** A new IMEI with its check digit: of this run, and no other. */
export function anImei(): string {
  const digits = `86403803${String((Date.now() + made++ * 7919) % 1_000_000).padStart(6, '0')}`;
  return digits + checkDigit(digits);
}

/** A phone nobody has heard of. */
export const aPhone = () => ({ brand: 'Huawei', model: `P${(Date.now() + made * 31).toString(36)}${made++}`, imei: anImei() });

/** A day of the house's calendar, so many from today. */
export const day = (fromToday: number): string => new Date(Date.now() + 8 * 3_600_000 + fromToday * 86_400_000).toISOString().slice(0, 10);
