import { dayOf, offsetAt, type PlaceZone } from './zone';

/** Numbers, times and distances in the reader's language. Times are those of a wall clock: the zone of the place they are about is always named, and the reader's own is never meant. */

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let made = cache.get(key);
  if (!made) cache.set(key, (made = new Intl.DateTimeFormat(locale, options)));
  return made;
}

/** A dash for what is no time: one wrong record must not stop a page. */
function written(locale: string, at: string | number, options: Intl.DateTimeFormatOptions): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '–' : formatter(locale, options).format(date);
}

const sameDay = (zone: PlaceZone, a: string | number, b: string | number) => dayOf(zone, a) === dayOf(zone, b);

export const clockTime = (locale: string, zone: PlaceZone, at: string | number, seconds = false): string =>
  written(locale, at, { hour: '2-digit', minute: '2-digit', ...(seconds && { second: '2-digit' }), hourCycle: 'h23', timeZone: zone });

export const dayName = (locale: string, zone: PlaceZone, at: string | number): string => written(locale, at, { weekday: 'short', month: 'short', day: 'numeric', timeZone: zone });

/** A date without a time, such as 2026-11-23: the same day for every reader. */
export const calendarDay = (locale: string, day: string): string => written(locale, `${day}T00:00:00Z`, { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });

/** 14:05 today, otherwise with the day. */
export const moment = (locale: string, zone: PlaceZone, at: string | number, now: number): string =>
  sameDay(zone, at, now) ? clockTime(locale, zone, at) : `${dayName(locale, zone, at)}, ${clockTime(locale, zone, at)}`;

/** 14:00–16:00, with the day where that is not today. */
export function span(locale: string, zone: PlaceZone, from: string, to: string, now: number): string {
  const head = sameDay(zone, from, now) ? '' : `${dayName(locale, zone, from)}, `;
  const tail = sameDay(zone, from, to) ? clockTime(locale, zone, to) : `${dayName(locale, zone, to)}, ${clockTime(locale, zone, to)}`;
  return `${head}${clockTime(locale, zone, from)}–${tail}`;
}

/** A moment at another place than the page is about: its zone is named where its clock shows another time than the page's. */
export const momentElsewhere = (locale: string, zone: PlaceZone, page: PlaceZone, at: string | number, now: number): string =>
  offsetAt(zone, at) === offsetAt(page, at) || Number.isNaN(offsetAt(zone, at)) ? moment(locale, zone, at, now) : `${moment(locale, zone, at, now)} ${zoneOffset(locale, zone, at)}`;

/** GMT+8. */
export const zoneOffset = (locale: string, zone: PlaceZone, at: string | number): string => zonePart(locale, zone, at, 'shortOffset');

/** China Standard Time (GMT+8). */
export const zoneName = (locale: string, zone: PlaceZone, at: string | number): string => {
  const [name, offset] = [zonePart(locale, zone, at, 'long'), zoneOffset(locale, zone, at)];
  return name === offset ? offset : `${name} (${offset})`;
};

const zonePart = (locale: string, zone: PlaceZone, at: string | number, timeZoneName: 'long' | 'shortOffset'): string =>
  formatter(locale, { timeZone: zone, timeZoneName }).formatToParts(new Date(at)).find((part) => part.type === 'timeZoneName')?.value ?? zone;

const LONG_SHIFT = 14 * 3_600_000;

/** A shift within a day by its hours; a longer one has no hours worth showing: undefined. */
export const shiftHours = (locale: string, zone: PlaceZone, shift: { from: string; to: string }): string | undefined =>
  Date.parse(shift.to) - Date.parse(shift.from) <= LONG_SHIFT ? `${clockTime(locale, zone, shift.from)}–${clockTime(locale, zone, shift.to)}` : undefined;

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

/** Style of a currency; nothing for a code that is none, of which browsers make an exception. */
function currencyStyle(locale: string, currency: string): Intl.NumberFormat | undefined {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency });
  } catch {
    return undefined;
  }
}

/** An amount in minor units of its own currency, by that currency’s digits; `whole` leaves out the point where nothing is behind it. A code that is no currency is written after it as it is. */
function inCurrency(locale: string, minor: number, currency: string, whole: boolean): string {
  const style = currencyStyle(locale, currency);
  if (!style) return `${amount(locale, minor)} ${currency}`.trim();
  const digits = style.resolvedOptions().maximumFractionDigits ?? 2;
  const unit = 10 ** digits;
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', minimumFractionDigits: whole && minor % unit === 0 ? 0 : digits, maximumFractionDigits: digits }).format(minor / unit);
}

/** An amount in minor units with its currency, whole units where nothing is behind the point. */
export const money = (locale: string, minor: number, currency: string): string => inCurrency(locale, minor, currency, true);

/** The same with all its digits, for columns. */
export const exactMoney = (locale: string, minor: number, currency: string): string => inCurrency(locale, minor, currency, false);

/** A calendar day with its year, such as 2026-11-23: the same day for every reader. */
export const fullDay = (locale: string, day: string): string => written(locale, `${day}T00:00:00Z`, { year: 'numeric', month: 'short', day: 'numeric', timeZone: 'UTC' });

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
