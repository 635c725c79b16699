import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const rooms = ['console', 'desk', 'help', 'landing', 'outbox', 'point', 'register', 'shared', 'technician', 'track'];
/** The two files that take dates apart, for a zone they are given. */
const home = ['shared/i18n/format.ts', 'shared/i18n/zone.ts'];

const sources = rooms
  .flatMap((room) => readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((file) => join(room, file)))
  .filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$/.test(file))
  .map((file) => ({ file: relative(root, join(root, file)).replaceAll('\\', '/'), text: readFileSync(join(root, file), 'utf8') }));

/** What reads or writes the wall clock of the reader's own device. */
const ownClock = /\bIntl\.DateTimeFormat\b|\.toLocale(Date|Time)?String\(|\.to(Date|Time)String\(|\.(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds)\(|getTimezoneOffset|new Date\([^()]*,/;
const utcDay = /toISOString\(\)\s*\.\s*(slice|substring|split)\(/;

describe('times on pages', () => {
  it('are looked for in every page', () => expect(sources.length).toBeGreaterThan(150));
  it('are written and read by the wall clock of a place alone', () =>
    expect(sources.filter(({ file, text }) => !home.includes(file) && (ownClock.test(text) || utcDay.test(text))).map(({ file }) => file)).toEqual([]));
  it('name the zone in every call', () => {
    const call = /\b(?:clockTime|dayName|moment|span|shiftHours)\(\s*i18n\.locale\s*,\s*([^,)]+)/g;
    const zones = sources.filter(({ file }) => !home.includes(file)).flatMap(({ text }) => [...text.matchAll(call)].map((m) => m[1]!.trim()));
    expect(zones.length).toBeGreaterThan(50);
    expect([...new Set(zones)].filter((zone) => !/zone/i.test(zone))).toEqual([]);
  });
  it('come from no date field that the browser reads by its own clock', () => expect(sources.filter(({ text }) => /type="(time|datetime-local)"/.test(text)).map(({ file }) => file)).toEqual([]));
});
