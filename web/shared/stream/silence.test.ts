import { describe, expect, it } from 'vitest';
import { SilenceWatch, silenceLimit } from './silence';

/** Ticks every second from 0 to the end; the first moment at which it is lost, if any. */
function lostAt(watch: SilenceWatch, end: number, heard: readonly number[] = [], every = 1_000): number | undefined {
  for (let now = every; now <= end; now += every) {
    for (const at of heard) if (at > now - every && at <= now) watch.heard(at);
    if (watch.tick(now)) return now;
  }
  return undefined;
}

describe('SilenceWatch', () => {
  it('ends a silent connection after eight seconds', () => expect(lostAt(new SilenceWatch(0), 60_000)).toBe(silenceLimit));

  it('keeps one that speaks every four seconds, also if one of it comes three seconds late', () => {
    expect(lostAt(new SilenceWatch(0), 60_000, [4_000, 8_000, 12_000, 19_000, 20_000, 24_000, 28_000, 32_000, 36_000, 40_000, 44_000, 48_000, 52_000, 56_000])).toBeUndefined();
  });

  it('does not count the time in which the page could not listen', () => {
    const watch = new SilenceWatch(0);
    watch.heard(900);
    expect(watch.tick(1_000)).toBe(false);
    expect(watch.tick(21_000), 'twenty busy seconds').toBe(false);
    watch.heard(21_001);
    expect(watch.tick(22_000)).toBe(false);
  });

  it('is soon sure about a page that was out of sight', () => {
    const watch = new SilenceWatch(0);
    for (let now = 60_000; now <= 240_000; now += 60_000) expect(watch.tick(now), 'a hidden page ticks once a minute').toBe(false);
    watch.shown(250_000);
    expect(watch.tick(251_000)).toBe(false);
    expect(watch.tick(252_000)).toBe(true);
  });

  it('gives one that is well a moment when it is seen again', () => {
    const watch = new SilenceWatch(0);
    watch.shown(300_000);
    expect(watch.tick(300_500)).toBe(false);
    watch.heard(301_000);
    expect(watch.tick(301_500)).toBe(false);
  });
});
