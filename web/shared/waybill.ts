const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PREFIX = 'DP';
const BODY = 12;
const LENGTH = PREFIX.length + BODY + 1;

/** What somebody typed or scanned: a waybill, one with a wrong check character, the beginning of one, or something else. */
export type Reading = { readonly kind: 'waybill'; readonly waybill: string } | { readonly kind: 'wrong' } | { readonly kind: 'partial' } | { readonly kind: 'other' };

/** Reads a waybill as the server does: blanks, hyphens and case do not matter; the last character is a weighted sum of the twelve before it, modulo 31. */
export function readWaybill(text: string): Reading {
  const clean = text.replace(/[\s-]/g, '').toUpperCase();
  if (!clean.startsWith(PREFIX) || clean.length === PREFIX.length) return { kind: 'other' };
  const body = clean.slice(PREFIX.length, PREFIX.length + BODY);
  if ([...body].some((c) => !ALPHABET.includes(c))) return clean.length < LENGTH ? { kind: 'other' } : { kind: 'wrong' };
  if (clean.length < LENGTH) return { kind: 'partial' };
  return clean.length === LENGTH && checkOf(body) === clean[LENGTH - 1] ? { kind: 'waybill', waybill: clean } : { kind: 'wrong' };
}

export const checkOf = (body: string): string => ALPHABET[[...body].reduce((sum, c, i) => sum + (i + 2) * ALPHABET.indexOf(c), 0) % 31]!;

/** In groups of four, for people to compare. */
export const groupedWaybill = (waybill: string): string => waybill.replace(/(.{4})(?=.)/g, '$1 ');
