/** Wall clocks of time zones. Here and in `format.ts` alone dates are taken apart; everything else names the zone it means. */

declare const known: unique symbol;

/** Name of a time zone that this browser can reckon with. Only `knownZone` makes one, so that no page shows a time without saying whose. */
export type PlaceZone = string & { readonly [known]: true };

const MINUTE = 60_000;
const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The zone of an IANA name; nothing where this browser does not know it, so that one wrong record stops no page. */
export function knownZone(name: string | null | undefined): PlaceZone | undefined {
  if (!name) return undefined;
  if (formats.has(name)) return name as PlaceZone;
  try {
    formats.set(name, new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }));
    return name as PlaceZone;
  } catch {
    return undefined; // a name of another operating system, or newer than this browser
  }
}

export const utc = knownZone('UTC')!;

/** The zone of the reader's device. */
export const viewerZone = (): PlaceZone => knownZone(new Intl.DateTimeFormat().resolvedOptions().timeZone) ?? utc;

/** The company's zone, which the server writes into every document; the reader's where a document does not say. */
export const documentZone = (): PlaceZone =>
  (typeof document === 'undefined' ? undefined : knownZone(document.querySelector<HTMLMetaElement>('meta[name="dispatch-time-zone"]')?.content)) ?? viewerZone();

const millis = (at: string | number): number => (typeof at === 'number' ? at : Date.parse(at));

/** What the clock shows, as if it were a time in UTC; NaN for what is no time. */
function shown(zone: PlaceZone, at: number): number {
  if (!Number.isFinite(at)) return NaN;
  const part: Record<string, number> = {};
  for (const { type, value } of formats.get(zone)!.formatToParts(at)) part[type] = Number(value);
  return Date.UTC(part['year']!, part['month']! - 1, part['day']!, part['hour']!, part['minute']!, part['second']!);
}

/** Minutes that the clock is ahead of UTC at a moment. */
export const offsetAt = (zone: PlaceZone, at: string | number): number => Math.round((shown(zone, millis(at)) - Math.floor(millis(at) / 1000) * 1000) / MINUTE);

/** The calendar day of a moment, as 2026-11-23; empty for what is no time. */
export function dayOf(zone: PlaceZone, at: string | number): string {
  const local = shown(zone, millis(at));
  return Number.isNaN(local) ? '' : new Date(local).toISOString().slice(0, 10);
}

/** The day so many days after one, by the calendar alone. */
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Its day of the week in English and lower case, as the contract writes it. */
export const weekday = (day: string): string => ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'][new Date(`${day}T00:00:00Z`).getUTCDay()]!;

/**
 * The first moment (milliseconds) at which the clock shows that hour of that day or a later one: a time that a change of clocks leaves out is the moment of the
 * change, of one that comes twice it is the first.
 */
export function momentOf(zone: PlaceZone, day: string, hour: number, minute = 0): number {
  const local = Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * MINUTE;
  const reached = (at: number) => shown(zone, at) >= local;
  const exact = [local - DAY, local + DAY].map((around) => local - offsetAt(zone, around) * MINUTE).filter((at) => shown(zone, at) === local);
  if (exact.length > 0) return Math.min(...exact);
  let [before, after] = [local - DAY, local + DAY];
  while (after - before > 1000) {
    const middle = before + Math.floor((after - before) / 2000) * 1000;
    if (reached(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** Whether two clocks show different times, at a moment or half a year later. */
export const differ = (a: PlaceZone, b: PlaceZone, at: number): boolean => a !== b && [at, at + 183 * DAY].some((t) => offsetAt(a, t) !== offsetAt(b, t));
