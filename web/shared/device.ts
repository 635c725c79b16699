/** Numbers that tell one device from all others, read the way the register reads them (domain/Devices/DeviceIdentity.cs). */

export const IMEI_LENGTH = 15;
const SHORTEST_SERIAL = 4;
const LONGEST_SERIAL = 32;

export type DeviceNumber =
  | { readonly kind: 'imei'; readonly value: string }
  | { readonly kind: 'serial'; readonly value: string }
  /** `digits`: how many there are of the fifteen. `expected`: the check digit that would fit the first fourteen. */
  | { readonly kind: 'short'; readonly digits: number }
  | { readonly kind: 'checkDigit'; readonly expected: number; readonly given: number }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'empty' };

/** Luhn: every second digit from the right doubled, its digits added; what is missing to a multiple of ten. */
export function checkDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? Math.floor((digit * 2) / 10) + ((digit * 2) % 10) : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** An IMEI as somebody types it: blanks, hyphens and slashes between groups are left out. */
export function readImei(text: string): DeviceNumber {
  const digits = text.replace(/[\s\-/]/g, '');
  if (digits === '') return { kind: 'empty' };
  if (!/^\d+$/.test(digits) || digits.length > IMEI_LENGTH) return { kind: 'malformed' };
  if (digits.length < IMEI_LENGTH) return { kind: 'short', digits: digits.length };
  const expected = checkDigit(digits.slice(0, -1));
  const given = Number(digits.at(-1));
  return expected === given ? { kind: 'imei', value: digits } : { kind: 'checkDigit', expected, given };
}

/** A serial number: 4 to 32 letters, digits, hyphens, dots and slashes; small letters as capitals, without blanks. */
export function readSerial(text: string): DeviceNumber {
  const clean = text.replace(/\s/g, '').toUpperCase();
  if (clean === '') return { kind: 'empty' };
  const whole = clean.length >= SHORTEST_SERIAL && clean.length <= LONGEST_SERIAL && /^[A-Z0-9./-]+$/.test(clean) && /[A-Z0-9]/.test(clean);
  return whole ? { kind: 'serial', value: clean } : { kind: 'malformed' };
}

/** Fifteen digits, however grouped, are meant as an IMEI; anything else as a serial number. */
export function readNumber(text: string): DeviceNumber {
  const digits = text.replace(/[\s\-/]/g, '');
  return /^\d{15}$/.test(digits) ? readImei(text) : readSerial(text);
}

/** Whether it tells a device from all others. */
export const isNumber = (text: string): boolean => ['imei', 'serial'].includes(readNumber(text).kind);

/** The number of a unit that is given for the device numbered `old`: an IMEI for what has one, a serial number for what has none, and never the same. */
export function readUnit(text: string, old: string): DeviceNumber | { readonly kind: 'same' } {
  const before = readNumber(old);
  const number = before.kind === 'imei' ? readImei(text) : readSerial(text);
  const isSame = (number.kind === 'imei' || number.kind === 'serial') && 'value' in before && before.value === number.value;
  return isSame ? { kind: 'same' } : number;
}

/** 490154203237518 → 49 015420 323751 8: type code, serial, check digit, as they are printed. */
export const groupedImei = (imei: string): string => imei.replace(/^(\d{2})(\d{6})(\d{6})(\d)$/, '$1 $2 $3 $4');
