import type { TimeWindow } from '../api/types';
import { addDays, dayOf, momentOf, type PlaceZone } from '../i18n/zone';

export interface Slot extends TimeWindow {
  /** `soon`: from now on; otherwise a fixed slot of its day. */
  readonly kind: 'soon' | 'slot';
}

export interface Day {
  /** Midnight of the place, milliseconds. */
  readonly day: number;
  readonly slots: readonly Slot[];
}

const HOUR = 3_600_000;
const OPENS = 8;
const CLOSES = 20;
const LENGTH = 2;
const NOTICE = HOUR;

/**
 * Windows a customer may choose at `now` (server clock, milliseconds), by day of the place's calendar: the next four hours, then
 * two-hour slots from 8 to 20 of its wall clock that begin at least an hour from now, over `days` days. Days without a slot are left out.
 */
export function offerWindows(now: number, zone: PlaceZone, days = 5): { soon: Slot; days: readonly Day[] } {
  const start = Math.floor(now / 60_000) * 60_000;
  const soon: Slot = { kind: 'soon', from: new Date(start).toISOString(), to: new Date(start + 4 * HOUR).toISOString() };
  const result: Day[] = [];
  for (let d = 0; d < days; d++) {
    const date = addDays(dayOf(zone, now), d);
    const at = (hour: number) => momentOf(zone, date, hour);
    const slots: Slot[] = [];
    for (let hour = OPENS; hour < CLOSES; hour += LENGTH)
      if (at(hour) >= now + NOTICE) slots.push({ kind: 'slot', from: new Date(at(hour)).toISOString(), to: new Date(at(hour + LENGTH)).toISOString() });
    if (slots.length > 0) result.push({ day: at(0), slots });
  }
  return { soon, days: result };
}
