import { beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot, StreamEvent } from '../api/types';
import { backOff, StreamClient, type Surroundings, type Wire } from './client';

const event = (seq: number): StreamEvent => ({ seq, type: 'job.queued', at: '2026-01-01T00:00:00Z', source: 'job_1', number: seq, data: {} });
/** Lets promises that are already resolved run on. */
const settle = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

class FakeWire implements Wire {
  readonly invoked: [string, ...unknown[]][] = [];
  readonly handlers = new Map<string, (...args: never[]) => void>();
  closed = () => {};
  stopped = false;
  constructor(private readonly world: World) {}
  start = async () => {
    if (!this.world.up) throw new Error('refused');
  };
  stop = async () => {
    this.stopped = true;
  };
  invoke = async <T>(method: string, ...args: unknown[]): Promise<T> => {
    this.invoked.push([method, ...args]);
    return { stream: args[0], head: this.world.head } as T;
  };
  on = (method: string, handler: (...args: never[]) => void) => void this.handlers.set(method, handler);
  onclose = (handler: () => void) => void (this.closed = handler);
  push = (method: string, ...args: unknown[]) => this.handlers.get(method)?.(...(args as never[]));
}

/** Fake clock, server and connections. */
class World {
  up = true;
  head = 0;
  time = 0;
  readonly wires: FakeWire[] = [];
  readonly timers: { at: number; action: () => void }[] = [];
  readonly applied: number[] = [];
  readonly replaced: Snapshot[] = [];
  readonly shown: string[] = [];
  readonly client: StreamClient;

  constructor() {
    const around: Surroundings = {
      wire: () => {
        this.wires.push(new FakeWire(this));
        return this.wire;
      },
      events: async (_, after) => ({ ok: true, status: 200, value: { events: Array.from({ length: this.head - after }, (_, i) => event(after + 1 + i)), head: this.head } }),
      snapshot: async (stream) => ({ ok: true, status: 200, value: { stream, seq: this.head, jobs: [], technicians: [], positions: [] } }),
      now: () => this.time,
      after: (wait, action) => {
        const timer = { at: this.time + wait, action };
        this.timers.push(timer);
        return () => void this.timers.splice(this.timers.indexOf(timer), this.timers.includes(timer) ? 1 : 0);
      },
      random: () => 0.5,
    };
    this.client = new StreamClient(around, {
      apply: (_, events) => this.applied.push(...events.map((e) => e.seq)),
      replace: (_, snapshot) => this.replaced.push(snapshot),
      show: (state) => this.shown.push(state),
    });
  }

  get wire(): FakeWire {
    return this.wires[this.wires.length - 1]!;
  }

  async pass(milliseconds: number): Promise<void> {
    const end = this.time + milliseconds;
    for (;;) {
      await settle();
      const due = this.timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers.splice(this.timers.indexOf(due), 1);
      this.time = Math.max(this.time, due.at);
      due.action();
    }
    this.time = end;
    await settle();
  }
}

describe('StreamClient', () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it('takes a snapshot, subscribes after it and shows live', async () => {
    world.head = 12;
    world.client.follow('zone/a');
    world.client.start();
    await settle();
    expect(world.replaced.map((s) => s.seq)).toEqual([12]);
    expect(world.wire.invoked).toEqual([['Subscribe', 'zone/a', 12]]);
    expect(world.shown.at(-1)).toBe('live');
  });

  it('comes back after a lost connection and fetches what it missed, once', async () => {
    world.client.follow('zone/a', 0);
    world.client.start();
    await settle();
    world.wire.push('events', 'zone/a', [event(1)]);
    world.up = false;
    world.wire.closed();
    world.head = 4;
    await world.pass(5_000);
    expect(world.shown.at(-1)).toBe('reconnecting');
    await world.pass(60_000);
    expect(world.shown.at(-1)).toBe('offline');
    world.up = true;
    await world.pass(16_000);
    expect(world.applied).toEqual([1, 2, 3, 4]);
    expect(world.shown.at(-1)).toBe('live');
  });

  it('never gives up connecting', async () => {
    world.up = false;
    world.client.start();
    await world.pass(24 * 3_600_000);
    const tried = world.wires.length;
    expect(tried).toBeGreaterThan(20_000); // at least every 4 s for a day
    world.up = true;
    await world.pass(16_000);
    expect(world.shown.at(-1)).toBe('live');
  });

  it('ignores pushes of a connection that is over', async () => {
    world.client.follow('zone/a', 0);
    world.client.start();
    await settle();
    const old = world.wire;
    old.closed();
    await world.pass(2_000);
    expect(world.wires.length).toBe(2);
    old.push('events', 'zone/a', [event(1)]);
    expect(world.applied).toEqual([]);
  });

  it('hurries when told that the network is back', async () => {
    world.up = false;
    world.client.start();
    await world.pass(60_000);
    world.up = true;
    world.client.hurry();
    await settle();
    expect(world.shown.at(-1)).toBe('live');
  });

  it('repeats the view after a reconnection', async () => {
    world.client.start();
    await settle();
    world.client.setView('zone_a', 120, 30, 122, 32);
    world.wire.closed();
    await world.pass(2_000);
    expect(world.wire.invoked).toEqual([['SetView', 'zone_a', 120, 30, 122, 32]]);
  });

  it('repeats the views of all zones after a reconnection, and of none that is followed no longer', async () => {
    world.client.start();
    await settle();
    for (const zone of ['zone_a', 'zone_b', 'zone_c']) {
      world.client.follow(`zone/${zone}`, 0);
      world.client.setView(zone, 120, 30, 122, 32);
    }
    world.client.setView('zone_a', 121, 31, 122, 32);
    world.client.unfollow('zone/zone_b');
    world.wire.closed();
    await world.pass(2_000);
    expect(world.wire.invoked.filter(([method]) => method === 'SetView')).toEqual([
      ['SetView', 'zone_a', 121, 31, 122, 32],
      ['SetView', 'zone_c', 120, 30, 122, 32],
    ]);
  });

  it('stops for good', async () => {
    world.client.start();
    await settle();
    await world.client.stop();
    world.wire.closed();
    await world.pass(60_000);
    expect(world.wires.length).toBe(1);
    expect(world.wire.stopped).toBe(true);
  });

  it('waits longer before each attempt, up to 4 seconds', () => {
    expect(backOff(0, 0.9)).toBe(0);
    expect(backOff(1, 0)).toBe(300);
    expect(backOff(1, 1)).toBe(600);
    expect(backOff(50, 1)).toBe(4_000);
  });
});
