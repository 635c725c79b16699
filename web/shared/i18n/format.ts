/** Numbers, times and distances in the reader's language. Times are shown in the time zone of the reader's device. */

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = cache.get(key);
  if (!made) cache.set(key, (made = new Intl.DateTimeFormat(locale, options)));
  return made;
}

const sameDay = (a: Date, b: Date) => a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();

export const clockTime = (locale: string, at: string | number, seconds = false): string =>
  formatter(locale, { hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }), hourCycle: 'h23' }).format(new Date(at));

export const dayName = (locale: string, at: string | number): string => formatter(locale, { weekday: 'short', month: 'short', day: 'numeric' }).format(new Date(at));

/** A date without a time, such as 2026-11-23: the same day for every reader. */
export const calendarDay = (locale: string, day: string): string => formatter(locale, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** 14:05 today, otherwise with the day. */
export const moment = (locale: string, at: string | number, now: number): string =>
  sameDay(new Date(at), new Date(now)) ? clockTime(locale, at) : `${dayName(locale, at)}, ${clockTime(locale, at)}`;

/** 14:00–16:00, with the day where that is not today. */
export function span(locale: string, from: string, to: string, now: number): string {
  const head = sameDay(new Date(from), new Date(now)) ? '' : `${dayName(locale, from)}, `;
  const tail = sameDay(new Date(from), new Date(to)) ? clockTime(locale, to) : `${dayName(locale, to)}, ${clockTime(locale, to)}`;
  return `${head}${clockTime(locale, from)}–${tail}`;
}

const LONG_SHIFT = 14 * 3_600_000;

/** A shift within a day by its hours; a longer one has no hours worth showing: undefined. */
export const shiftHours = (locale: string, shift: { from: string; to: string }): string | undefined =>
  Date.parse(shift.to) - Date.parse(shift.from) <= LONG_SHIFT ? `${clockTime(locale, shift.from)}–${clockTime(locale, shift.to)}` : undefined;

const unit = (locale: string, value: number, name: string, digits = 0) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);

/** Whole minutes below two hours, else hours and minutes; under a minute in seconds. */
export function duration(locale: string, seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return unit(locale, s, 'second');
  const minutes = Math.round(s / 60);
  if (minutes < 120) return unit(locale, minutes, 'minute');
  const rest = minutes % 60;
  return rest === 0 ? unit(locale, Math.floor(minutes / 60), 'hour') : `${unit(locale, Math.floor(minutes / 60), 'hour')} ${unit(locale, rest, 'minute')}`;
}

/** Whole days that have passed or are left, at least one. */
export const days = (locale: string, seconds: number): string => new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(Math.max(1, Math.floor(seconds / 86_400)));

/** An amount of money given in minor units; the currency is the house's own and not said. */
export const amount = (locale: string, minor: number): string => new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(minor / 100);

/** An amount in minor units of its own currency, by that currency’s digits; `whole` leaves out the point where nothing is behind it. */
function inCurrency(locale: string, minor: number, currency: string, whole: boolean): string {
  const digits = new Intl.NumberFormat(locale, { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const unit = 10 ** digits;
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: whole && minor % unit === 0 ? 0 : digits, maximumFractionDigits: digits }).format(minor / unit);
}

/** An amount in minor units with its currency, whole units where nothing is behind the point. */
export const money = (locale: string, minor: number, currency: string): string => inCurrency(locale, minor, currency, true);

/** The same with all its digits, for columns. */
export const exactMoney = (locale: string, minor: number, currency: string): string => inCurrency(locale, minor, currency, false);

/** A calendar day with its year, such as 2026-11-23: the same day for every reader. */
export const fullDay = (locale: string, day: string): string => formatter(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

/** m:ss for a countdown; never below 0:00. */
export function countdown(milliseconds: number): string {
  const s = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`;
}

export const distanceWords = (locale: string, metres: number): string => (metres < 950 ? unit(locale, Math.round(metres / 10) * 10, 'meter') : unit(locale, metres / 1000, 'kilometer', metres < 9950 ? 1 : 0));

export const number = (locale: string, value: number): string => new Intl.NumberFormat(locale).format(value);

const EARTH = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle metres between two places (haversine formula). */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const dLat = radians(b.lat - a.lat) / 2;
  const dLon = radians(b.lon - a.lon) / 2;
  const h = Math.sin(dLat) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon) ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}
