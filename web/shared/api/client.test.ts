import { describe, expect, it } from 'vitest';
import { ApiClient, newKey, UNREACHABLE } from './client';

const answering = (status: number, body: string, seen: { path?: string; init?: RequestInit } = {}) =>
  new ApiClient({
    token: () => 'secret',
    fetch: async (path, init) => {
      Object.assign(seen, { path, init });
      return new Response(body, { status });
    },
  });

describe('ApiClient', () => {
  it('sends a command with its key, its token and its body', async () => {
    const seen: { path?: string; init?: RequestInit } = {};
    const answer = await answering(200, '{"id":"job_1"}', seen).command<{ id: string }>('/v1/jobs/job_1/accept', { epoch: 4 }, 'key-1');
    expect(answer).toEqual({ ok: true, status: 200, value: { id: 'job_1' } });
    expect(seen.init?.headers).toMatchObject({ 'Idempotency-Key': 'key-1', Authorization: 'Bearer secret' });
    expect(seen.init?.body).toBe('{"epoch":4}');
  });

  it('hands a refusal back as data with its code', async () => {
    const answer = await answering(409, '{"code":"job.epoch_stale","title":"Stale","facts":{"epoch":5},"current":{"status":"offered"}}').command('/x');
    expect(answer).toEqual({ ok: false, problem: { status: 409, code: 'job.epoch_stale', title: 'Stale', facts: { epoch: 5 }, current: { status: 'offered' } } });
  });

  it('names the status where the answer is not a problem document', async () => {
    expect(await answering(502, '<html>').get('/x')).toEqual({ ok: false, problem: { status: 502, code: 'http.502' } });
  });

  it('says unreachable where no answer came', async () => {
    const client = new ApiClient({ fetch: () => Promise.reject(new TypeError('failed')) });
    expect(await client.get('/x')).toEqual({ ok: false, problem: { status: 0, code: UNREACHABLE } });
  });

  it('says unreachable where the answer was cut off half way, or nobody waits for it any more', async () => {
    const cut = new ApiClient({ fetch: async () => new Response(new ReadableStream({ start: (s) => (s.enqueue(new TextEncoder().encode('{"items":[')), s.error(new TypeError('lost'))) })) });
    expect(await cut.get('/x')).toEqual({ ok: false, problem: { status: 0, code: UNREACHABLE } });
    const over = new AbortController();
    const asking = new ApiClient({ fetch: (_, init) => new Promise((_, no) => init?.signal?.addEventListener('abort', () => no(new Error('aborted')))) }).snapshot('zone/a', over.signal);
    over.abort();
    expect(await asking).toEqual({ ok: false, problem: { status: 0, code: UNREACHABLE } });
  });

  it('reports the end of the session on 401', async () => {
    let over = 0;
    const client = new ApiClient({ token: () => 't', onSignedOut: () => over++, fetch: async () => new Response('', { status: 401 }) });
    await client.get('/x');
    expect(over).toBe(1);
  });

  it('leaves empty query fields out', async () => {
    const seen: { path?: string } = {};
    await answering(200, '{}', seen).get('/v1/jobs', { zone: 'zone_a', status: undefined, q: '' });
    expect(seen.path).toBe('/v1/jobs?zone=zone_a');
  });

  it('makes keys that differ and are visible ASCII', () => {
    const keys = new Set(Array.from({ length: 100 }, newKey));
    expect(keys.size).toBe(100);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });
});
