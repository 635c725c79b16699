import type { Problem, Snapshot, StreamEvent, TechnicianView, Zone } from '../shared/api/types';
import { persistently } from '../shared/api/persistently';
import { serverClock } from '../shared/clock.svelte';
import { SessionStore } from '../shared/session.svelte';
import type { StreamClient } from '../shared/stream/client';
import type { Shown } from '../shared/stream/core';
import { openStreams } from '../shared/stream/signalr';

/** What a service point can know today: who is ordered to call at its depot. */
export class PointState {
  readonly session = new SessionStore('point', ['point', 'dispatcher', 'manager']);
  zones = $state.raw<Zone[]>([]);
  technicians = $state.raw<ReadonlyMap<string, TechnicianView>>(new Map());
  problem = $state.raw<Problem | undefined>();
  loaded = $state(false);
  connection = $state<{ state: Shown; since: number }>({ state: 'reconnecting', since: Date.now() });

  /** Calls by the time of setting off, soonest first. */
  calls = $derived(
    [...this.technicians.values()].filter((x) => x.depotCall).sort((a, b) => (a.depotCall?.departAt ?? '').localeCompare(b.depotCall?.departAt ?? '')),
  );

  private streams: StreamClient | undefined;
  private stopClock = () => {};

  async start(): Promise<void> {
    const { api } = this.session;
    this.stopClock = serverClock.run(api);
    const streams = openStreams(api, () => this.session.current?.accessToken, {
      apply: (_, events) => this.put(events.filter((e: StreamEvent) => e.type.startsWith('technician.')).map((e) => e.data.view as TechnicianView | undefined)),
      replace: (_, snapshot: Snapshot) => {
        this.put(snapshot.technicians);
        this.loaded = true;
      },
      show: (state, since) => (this.connection = { state, since }),
    });
    this.streams = streams;
    streams.start();
    const answer = await persistently(() => api.get<{ items: Zone[] }>('/v1/zones'), (problem) => (this.problem = problem), () => this.streams !== streams);
    if (!answer) return;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    this.problem = undefined;
    this.zones = answer.value.items;
    this.zones.forEach((zone) => this.streams?.follow(`zone/${zone.id}`));
  }

  stop(): void {
    this.stopClock();
    void this.streams?.stop();
    this.streams = undefined;
  }

  private put(views: readonly (TechnicianView | undefined)[]): void {
    const all = new Map(this.technicians);
    for (const view of views) if (view && (all.get(view.id)?.version ?? -1) <= view.version) all.set(view.id, view);
    this.technicians = all;
  }
}

export const app = new PointState();
