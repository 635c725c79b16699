import { newKey, type Answer } from '../shared/api/client';
import { persistently } from '../shared/api/persistently';
import type { DeviceView, EntitlementDecision, ExchangeDesk, Problem, WaitingExchange } from '../shared/api/types';
import { serverClock } from '../shared/clock.svelte';
import { readNumber, type DeviceNumber } from '../shared/device';
import { shortId } from '../shared/i18n/domain';
import { SessionStore } from '../shared/session.svelte';

/** Milliseconds between two looks at what waits at the desks; nothing is pushed about devices. */
const EVERY = 4000;

export type View = 'devices' | 'exchanges';

/** The register of devices for whoever serves them, and the desks that exchanges wait at. A seller has only the second. */
export class RegisterState {
  readonly session = new SessionStore('register', ['dispatcher', 'manager', 'point', 'technician', 'seller', 'agent', 'expert']);
  view = $state<View>('devices');
  device = $state.raw<DeviceView | undefined>();
  /** What was searched for and is in no record yet. */
  unknown = $state.raw<{ imei?: string; serial?: string; brand: string } | undefined>();
  waiting = $state.raw<WaitingExchange[]>([]);
  desk = $state<ExchangeDesk | ''>('');
  loaded = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | undefined>();
  said = $state('');
  names = $state.raw<Readonly<Record<string, string>>>({});

  readonly isSeller = $derived(this.session.current?.role === 'seller');
  /** Those at the telephone look things up and change nothing. */
  readonly isReader = $derived(this.session.current?.role === 'agent' || this.session.current?.role === 'expert');

  private stopClock = () => {};
  private timer: ReturnType<typeof setTimeout> | undefined;
  private round = 0;
  private readonly asked = new Set<string>();
  private readonly turned = () => this.turn();

  start(): void {
    this.stopClock = serverClock.run(this.session.api);
    window.addEventListener('hashchange', this.turned);
    this.turn();
  }

  stop(): void {
    this.stopClock();
    window.removeEventListener('hashchange', this.turned);
    clearTimeout(this.timer);
    this.round++;
    [this.device, this.unknown, this.waiting, this.loaded, this.problem, this.said] = [undefined, undefined, [], false, undefined, ''];
  }

  /** `#exchanges`, `#device/dev_…`, `#number/…/brand`: what is shown has an address, so that it can be handed on. */
  private turn(): void {
    const [name, id, brand] = location.hash.replace(/^#/, '').split('/').map(plain);
    this.view = this.isSeller || (name === 'exchanges' && !this.isReader) ? 'exchanges' : 'devices';
    [this.problem, this.said] = [undefined, ''];
    clearTimeout(this.timer);
    this.round++;
    if (this.view === 'exchanges') void this.look(this.round);
    else if (name === 'device' && id && id !== this.device?.id) void this.open(id);
    else if (name === 'number' && id) this.search(readNumber(id), brand ?? '');
  }

  private search(number: DeviceNumber, brand: string): void {
    if (number.kind === 'imei' || (number.kind === 'serial' && brand.trim() !== '')) void this.find(number, brand);
  }

  choose(desk: ExchangeDesk | ''): void {
    [this.desk, this.loaded] = [desk, false];
    clearTimeout(this.timer);
    void this.look(++this.round);
  }

  async find(number: Extract<DeviceNumber, { kind: 'imei' | 'serial' }>, brand: string): Promise<void> {
    const query = number.kind === 'imei' ? { imei: number.value } : { serial: number.value, brand: brand.trim() };
    const answer = await this.during(() => this.session.api.get<{ items: DeviceView[] }>('/v1/devices', query));
    if (!answer) return;
    const [found] = answer.items;
    this.show(found);
    this.unknown = found ? undefined : { ...(number.kind === 'imei' ? { imei: number.value } : { serial: number.value }), brand: brand.trim() };
    if (found) history.replaceState(null, '', `#device/${found.id}`);
  }

  async open(id: string): Promise<void> {
    const found = await this.during(() => this.session.api.get<DeviceView>(`/v1/devices/${encodeURIComponent(id)}`));
    if (found) this.show(found);
  }

  /** A change of the register by hand; true once it is durable and shown. */
  async change(path: string, body: unknown, said = ''): Promise<boolean> {
    const key = newKey();
    const done = await this.during(() => this.session.api.command<{ id: string }>(path, body, key));
    if (!done) return false;
    if (!this.isSeller && this.view === 'devices') await this.open(done.id);
    else await this.look(++this.round);
    this.said = said;
    return true;
  }

  decide(body: unknown): Promise<EntitlementDecision | undefined> {
    return this.during(() => this.session.api.command<EntitlementDecision>('/v1/entitlement', body));
  }

  /** Name of a point or a technician; the end of the id until it is known, or where there is none. */
  nameOf(id: string): string {
    const known = this.names[id];
    if (known) return known;
    const path = id.startsWith('point_') ? 'points' : id.startsWith('tech_') ? 'technicians' : undefined;
    if (path && !this.asked.has(id) && !this.isSeller) {
      this.asked.add(id);
      void this.session.api.get<{ name: string }>(`/v1/${path}/${encodeURIComponent(id)}`).then((answer) => {
        if (answer.ok) this.names = { ...this.names, [id]: answer.value.name };
      });
    }
    return path ? shortId(id) : id.replace(/^user_/, '');
  }

  private show(device: DeviceView | undefined): void {
    this.device = device;
    this.unknown = undefined;
  }

  private async during<T>(call: () => Promise<Answer<T>>): Promise<T | undefined> {
    if (this.busy) return undefined;
    [this.busy, this.problem, this.said] = [true, undefined, ''];
    const answer = await call();
    this.busy = false;
    if (answer.ok) return answer.value;
    this.problem = answer.problem;
    return undefined;
  }

  private async look(round: number): Promise<void> {
    const answer = await persistently(
      () => this.session.api.get<{ items: WaitingExchange[] }>('/v1/exchanges', { desk: this.isSeller ? undefined : this.desk }),
      (p) => (this.problem = p), () => round !== this.round,
    );
    if (round !== this.round || !answer) return;
    if (answer.ok) {
      if (this.problem?.status === 0) this.problem = undefined;
      this.waiting = [...answer.value.items].sort((a, b) => Date.parse(a.waitsSince ?? '0001-01-01') - Date.parse(b.waitsSince ?? '0001-01-01'));
      this.loaded = true;
    } else this.problem = answer.problem;
    if (this.session.current) this.timer = setTimeout(() => void this.look(round), EVERY);
  }
}

/** A part of an address without its escapes; as it is where it has wrong ones. */
function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const register = new RegisterState();
