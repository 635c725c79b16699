import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../shared/api/client';
import { PositionSender, type PositionsTaken } from './positions';

type Fix = { coords: Partial<GeolocationCoordinates>; timestamp: number };
const now = Date.parse('2026-03-02T04:00:00Z');
const fix = (timestamp: number, lon = 121): Fix => ({ coords: { longitude: lon, latitude: 31, accuracy: 12, speed: null, heading: null }, timestamp });

describe('positions of a phone', () => {
  let found: (fix: Fix) => void;
  let sent: { lon: number; at: string }[][];
  let answer: Answer<PositionsTaken>;
  let told: (string | undefined)[];
  let sender: PositionSender;

  beforeEach(() => {
    vi.useFakeTimers({ now });
    vi.stubGlobal('navigator', { geolocation: { watchPosition: (success: typeof found) => ((found = success), 1), clearWatch: () => {} } });
    [sent, told] = [[], []];
    answer = { ok: true, status: 202, value: { taken: 1, refused: [] } };
    // A phone whose clock is ten minutes slow: the server is ahead of it by as much.
    const serverTime = (device: number) => Date.now() + 600_000 - Math.max(0, Date.now() - device);
    sender = new PositionSender(async (batch) => (sent.push([...batch]), answer), () => {}, serverTime, (problem) => told.push(problem?.code));
    sender.start();
  });
  afterEach(() => {
    sender.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const settle = () => vi.advanceTimersByTimeAsync(5000);

  it('carry the time at which the place was found, on the server’s clock', async () => {
    found(fix(now - 600_000));
    found(fix(now));
    await settle();
    expect(sent.flat().map((r) => r.at)).toEqual(['2026-03-02T04:00:00.000Z', '2026-03-02T04:10:00.000Z']);
  });

  it('of a time to come are of now', async () => {
    found(fix(now + 86_400_000));
    await settle();
    expect(sent.flat().map((r) => r.at)).toEqual(['2026-03-02T04:10:00.000Z']);
  });

  it('that are refused are told, until one is taken', async () => {
    answer = { ok: true, status: 202, value: { taken: 1, refused: [{ index: 1, code: 'position.inaccurate' }] } };
    found(fix(now));
    found(fix(now + 1));
    found(fix(now + 2));
    await settle();
    answer = { ok: false, problem: { status: 422, code: 'position.null_island' } };
    found(fix(now + 6000, 0));
    await settle();
    answer = { ok: true, status: 202, value: { taken: 1, refused: [] } };
    found(fix(now + 12_000));
    await settle();
    expect(told).toEqual([undefined, 'position.inaccurate', 'position.null_island', undefined]);
  });

  it('that could not be sent are sent again, with those found meanwhile', async () => {
    answer = { ok: false, problem: { status: 0, code: 'network' } };
    found(fix(now));
    await settle();
    answer = { ok: true, status: 202, value: { taken: 2, refused: [] } };
    found(fix(now + 5000, 121.001));
    await settle();
    expect(sent.at(-1)!.map((r) => r.lon)).toEqual([121, 121.001]);
  });
});
