import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import type { JobReply, JobView, PointView, Zone } from '../shared/api/types';
import { Client, dispatcher, manager, openBrowser, until } from './harness';

const password = 'a long enough password';

/** A service point near the middle of the zone that repairs whatever the catalogue has, and keeps one of each of these units to give. */
export async function pointIn(zone: Zone, boss: Client, units: readonly string[] = []): Promise<PointView> {
  const place = { lon: (zone.depot?.place.lon ?? 121) + 0.01, lat: (zone.depot?.place.lat ?? 31) + 0.01 };
  const { brands } = await boss.get<{ brands: string[] }>('/v1/catalogue');
  return boss.post<PointView>('/v1/points', {
    name: `Workshop ${Date.now().toString(36)}`, zone: zone.id, place, serves: [zone.id], brands, skills: ['phone', 'camera', 'board', 'software'].map((code) => ({ code, level: 3 })),
    stock: [...['screen', 'battery', 'camera_module', 'port', 'lens', 'shutter'].map((code) => ({ code, quantity: 30 })), ...units.map((code) => ({ code, quantity: 1 }))],
    hours: { open: '09:00', close: '18:00', timeZone: 'Asia/Shanghai' }, slots: ['phone', 'camera', 'board', 'software'].map((category) => ({ category, perDay: 20 })),
  });
}

/** An account for somebody who works at a point. */
export async function accountAt(pointId: string, boss: Client): Promise<{ user: string; password: string }> {
  const user = `point-${Date.now().toString(36)}`;
  await boss.post('/v1/accounts', { user, password, role: 'point', name: 'Bench', pointId });
  return { user, password };
}

/** Whoever is around a parcel besides the pages: its carrier, the request for it, accounts at points. */
export class Postal {
  private constructor(
    private readonly staff: Client,
    private readonly boss: Client,
    private readonly zone: Zone,
    private readonly carrier: Client,
  ) {}

  static async begin(staff: Client, boss: Client, zone: Zone): Promise<Postal> {
    const user = `carrier-${Date.now().toString(36)}`;
    await boss.post('/v1/accounts', { user, password, role: 'carrier', name: 'Parcel service' });
    return new Postal(staff, boss, zone, await Client.signIn({ user, password }));
  }

  /** An account at the point where a job is booked. */
  accountAt(pointId: string): Promise<{ user: string; password: string }> {
    return accountAt(pointId, this.boss);
  }

  async carried(waybill: string, ...statuses: string[]): Promise<void> {
    for (const status of statuses) {
      const at = (await this.staff.get<{ now: string }>('/v1/clock')).now;
      expect(await this.carrier.post('/v1/carrier/events', { events: [{ waybill, status, at, text: `Said by the test: ${status}` }] })).toMatchObject({ taken: 1, unknown: [] });
    }
  }

  file(model: string, language = 'en'): Promise<JobReply> {
    return this.staff.post<JobReply>('/v1/jobs', {
      category: 'screen', mode: 'mailIn', place: { lon: this.zone.depot!.place.lon + 0.02, lat: this.zone.depot!.place.lat }, address: '12 Lotus Lane', contact: { name: 'Chen Yu', phone: '13800000000', language }, device: { brand: 'Sony', model },
    });
  }

  booked(id: string): Promise<JobView> {
    return until('the booking', async () => {
      const view = await this.staff.get<JobView>(`/v1/jobs/${id}`);
      return view.status === 'booked' && view.booking?.confirmed && view.parcels?.length ? view : undefined;
    });
  }
}

/** What a story about parcels begins with: a browser, staff, a zone with a point that repairs everything, a carrier. */
export async function aroundParcels(): Promise<{ browser: Browser; staff: Client; boss: Client; zone: Zone; post: Postal }> {
  const browser = await openBrowser();
  const staff = await Client.signIn(dispatcher);
  const boss = await Client.signIn(manager);
  const zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
  await pointIn(zone, boss);
  return { browser, staff, boss, zone, post: await Postal.begin(staff, boss, zone) };
}
