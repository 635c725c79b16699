import { describe, expect, it } from 'vitest';
import { StreamCore, type Effect, type Input, type Limits, type Sequenced } from './core';
import vectors from './vectors.json';

interface Step {
  in: { type: string; events?: number[] } & Record<string, unknown>;
  out: Record<string, unknown>[];
  last?: Record<string, number>;
}

const toInput = (step: Step['in']) => ({ ...step, ...(step.events && { events: step.events.map((seq) => ({ seq })) }) }) as unknown as Input<Sequenced>;
const toVector = (effect: Effect<Sequenced>) => (effect.type === 'apply' ? { ...effect, events: effect.events.map((e) => e.seq) } : effect);

describe('stream vectors', () => {
  for (const scenario of vectors.scenarios as { name: string; steps: Step[] }[]) {
    it(scenario.name, () => {
      const core = new StreamCore<Sequenced>(vectors.limits as Limits);
      scenario.steps.forEach((step, i) => {
        expect(core.step(toInput(step.in)).map(toVector), `effects of step ${i + 1} (${step.in.type})`).toEqual(step.out);
        for (const [stream, last] of Object.entries(step.last ?? {})) expect(core.last(stream), `last of ${stream} after step ${i + 1}`).toBe(last);
      });
    });
  }
});

describe('any schedule of pushes, losses and reconnections', () => {
  // A little seeded world: a server with N events; pushes are dropped, repeated and held back at random, the connection comes and goes.
  for (let seed = 1; seed <= 40; seed++) {
    it(`applies every event once and in order (seed ${seed})`, () => {
      let state = seed * 2654435761;
      const random = (n: number) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state % n;
      };
      const core = new StreamCore<Sequenced>({ snapshotBehind: 10_000, held: 8, offlineAfter: 15_000, emptyFetches: 3 });
      const applied: number[] = [];
      const pending: Effect<Sequenced>[] = [];
      let head = 0;
      let connected = false;
      const run = (input: Input<Sequenced>) => {
        for (const effect of core.step(input)) {
          if (effect.type === 'apply') applied.push(...effect.events.map((e) => e.seq));
          else pending.push(effect);
        }
      };
      const answer = () => {
        const effect = pending.splice(random(pending.length), 1)[0];
        if (effect?.type === 'subscribe') run(random(5) === 0 ? { type: 'subscribeFailed', stream: 's' } : { type: 'subscribed', stream: 's', head });
        if (effect?.type === 'fetch') {
          const events = Array.from({ length: Math.min(5, head - effect.after) }, (_, i) => ({ seq: effect.after + 1 + i }));
          run(random(4) === 0 ? { type: 'fetchFailed', stream: 's' } : { type: 'fetched', stream: 's', events, head });
        }
      };
      run({ type: 'follow', stream: 's', after: 0 });
      for (let i = 0; i < 300; i++) {
        const dice = random(10);
        if (dice === 0) {
          connected = !connected;
          run(connected ? { type: 'connected' } : { type: 'disconnected' });
        } else if (dice < 6) {
          const first = ++head;
          if (connected && random(3) > 0) run({ type: 'events', stream: 's', events: random(4) === 0 && first > 1 ? [{ seq: first - 1 }, { seq: first }] : [{ seq: first }] });
        } else if (pending.length > 0) answer();
      }
      if (!connected) run({ type: 'connected' });
      for (let i = 0; i < 2000 && (pending.length > 0 || core.state !== 'live'); i++) {
        if (pending.length > 0) answer();
        else run({ type: 'head', stream: 's', seq: head });
      }
      run({ type: 'head', stream: 's', seq: head });
      for (let i = 0; i < 2000 && pending.length > 0; i++) answer();
      expect(core.state).toBe('live');
      expect(applied).toEqual(Array.from({ length: head }, (_, i) => i + 1));
    });
  }
});
