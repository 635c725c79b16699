import type { JobView, PointView } from './api/types';
import { serverClock } from './clock.svelte';
import { momentElsewhere } from './i18n/format';
import { i18n } from './i18n/index.svelte';
import { knownZone, type PlaceZone } from './i18n/zone';

/** By whose wall clock the times at a service point are told; the company's where the point's zone cannot be used here. */
export const zoneOfPoint = (point: PointView | undefined): PlaceZone => knownZone(point?.hours?.effectiveTimeZone) ?? knownZone(point?.hours?.timeZone) ?? serverClock.zone;

/** The zone of that name; the page's where this browser does not know it. */
export const zoneNamed = (name: string | null | undefined): PlaceZone => knownZone(name) ?? serverClock.zone;

/** The zone that was entered for a point where times are told by another, because nobody knows it; nothing where all is well. */
export const strangeZone = (point: PointView): string | undefined => (point.hours?.timeZone === zoneOfPoint(point) ? undefined : (point.hours?.timeZone ?? ''));

/** A time at another place than the page is about; its zone is named where its clock shows another time. */
export const timeAt = (zone: PlaceZone, at: string | number): string => momentElsewhere(i18n.locale, zone, serverClock.zone, at, serverClock.now);

/** When a booked device is promised, by the clock of its point. */
export const promisedTime = (job: JobView, point: PointView | undefined): string => (job.booking ? timeAt(zoneOfPoint(point), job.booking.promisedAt) : '');
