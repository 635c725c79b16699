import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from './client';
import { isPassing, loadPart, persistently } from './persistently';
import type { Problem } from './types';

const problem = (status: number): Problem => ({ status, code: 'x' });
const failing = (...statuses: number[]) => {
  const left = [...statuses];
  return async (): Promise<Answer<string>> => {
    const status = left.shift();
    return status === undefined ? { ok: true, status: 200, value: 'here' } : { ok: false, problem: problem(status) };
  };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('persistently', () => {
  it('asks until the server answers, and tells of each failure', async () => {
    const told: number[] = [];
    const result = persistently(failing(0, 503), (p) => told.push(p.status), () => false);
    await vi.advanceTimersByTimeAsync(6000);
    expect(await result).toMatchObject({ ok: true, value: 'here' });
    expect(told).toEqual([0, 503]);
  });

  it('takes a refusal for an answer', async () => {
    expect(await persistently(failing(404), () => {}, () => false)).toMatchObject({ ok: false, problem: { status: 404 } });
  });

  it('ends when nobody wants to know, or the session is over', async () => {
    let gone = false;
    const result = persistently(failing(0, 0, 0), () => (gone = true), () => gone);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await result).toBeUndefined();
    expect(await persistently(failing(401), () => {}, () => false)).toBeUndefined();
  });
});

describe('loadPart', () => {
  it('loads again after a failure', async () => {
    let tries = 0;
    const result = loadPart(async () => {
      if (++tries < 3) throw new Error('away');
      return 'part';
    }, () => false);
    await vi.advanceTimersByTimeAsync(6000);
    expect(await result).toBe('part');
  });
});

describe('isPassing', () => {
  it('tells passing failures from refusals', () => {
    for (const status of [0, 401, 408, 429, 500, 503]) expect(isPassing(problem(status))).toBe(true);
    for (const status of [400, 403, 404, 409, 412, 422]) expect(isPassing(problem(status))).toBe(false);
  });
});
