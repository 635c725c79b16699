import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CostSheet, JobReply, JobView, MessageList, TechnicianView, Zone } from '../shared/api/types';
import { Client, desktop, dispatcher, missingManager, Person, phone, until } from './harness';
import { aroundParcels, Postal } from './postal';

const password = 'a long enough password';

describe('a quote, from what was found to the customer’s word', () => {
  let browser: Browser;
  let staff: Client;
  let boss: Client;
  let post: Postal;
  let zone: Zone;
  const people: Person[] = [];
  const join = async (size: { width: number; height: number }, more = {}) => {
    const person = await Person.at(browser, size, more);
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    if (missingManager) return;
    ({ browser, staff, boss, zone, post } = await aroundParcels());
  });
  afterAll(async () => {
    await Promise.all(people.map((p) => p.close()));
    await browser?.close();
  });

  /** Goes there with the Tab key alone, as somebody without a mouse does. */
  async function tabTo(person: Person, testId: string): Promise<void> {
    for (let i = 0; i < 60; i++) {
      if ((await person.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'])) === testId) return;
      await person.page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key never reached ${testId}`);
  }

  const clean = async (person: Person) => {
    expect(await person.findings()).toEqual([]);
    expect(person.errors, 'errors of the page').toEqual([]);
    expect(person.outside, 'requests that left the origin').toEqual([]);
  };

  it.each([
    ['en', 'en-GB', false, 'Return unrepaired', 'Your device comes back unrepaired'],
    ['zh-Hans', 'zh-CN', true, '原样退回', '您的设备将原样退回'],
    ['zh-Hant', 'zh-TW', false, '原樣退回', '您的裝置將原樣退回'],
  ])('is refused by the link and the device goes back as it is, in %s', async (language, locale, dark, returns, comesBack) => {
    if (missingManager) return;
    const filed = await post.file(`Q${Date.now().toString(36)}`, language);
    const job = await post.booked(filed.id);
    const [inbound] = job.parcels!;
    await post.carried(inbound!.waybill, 'inTransit', 'delivered');
    const taken = async () => (await staff.get<{ days: { taken: number }[] }>(`/v1/points/${job.booking!.pointId}`)).days.reduce((sum, day) => sum + day.taken, 0);

    const point = await join(desktop, { locale, dark });
    await point.signIn('/point/', await post.accountAt(job.booking!.pointId));
    await point.live();
    await point.page.locator(`[data-testid="queue-row"][data-job="${filed.id}"]`).click();
    await point.by('step-receive').click();
    await point.sees('device', 'status', 'received', 'the scan');
    await point.by('findings-input').fill('Display and frame broken');
    await point.by('step-inspect').click();
    await point.sees('device', 'status', 'inspected', 'the inspection');
    const before = await taken();
    await point.by('quote-open').click();
    await point.by('quote-minutes').fill('50');
    await point.by('quote-add-part').selectOption('battery');
    await point.by('quote-note').fill('The frame is bent; display and battery have to go');
    await point.shoot(`point-quote-form-${language}`);
    await clean(point);
    await point.by('quote-send').click();
    await point.sees('quote', 'status', 'open', 'the quote at the point');
    await point.by('waiting-tag').waitFor();
    await point.page.locator(`[data-testid="queue-row"][data-job="${filed.id}"] [data-testid="waits"]`).waitFor();
    expect(await point.by('step-start').count(), 'work while the customer is asked').toBe(0);
    await point.shoot(`point-quote-waiting-${language}`);
    await clean(point);

    const customer = await join(phone, { locale, dark });
    await customer.open(`/track/${filed.trackingToken}`);
    await customer.live();
    await customer.sees('quote', 'status', 'open', 'the quote at the customer');
    expect(await customer.by('quote-line').count()).toBe(4);
    const { quote } = await staff.get<JobView>(`/v1/jobs/${filed.id}`);
    expect((await customer.by('quote-total').textContent())!.replace(/[^\d.]/g, '')).toBe((quote!.total / 100).toFixed(2));
    await customer.shoot(`track-quote-${language}`);
    await clean(customer);
    await customer.by('quote-refuse').click();
    await customer.by('quote-confirm').waitFor();
    await customer.shoot(`track-quote-confirm-${language}`);
    await clean(customer);
    await customer.by('quote-confirm').click();
    await customer.sees('quote', 'status', 'refused', 'the refusal at the customer');
    await customer.page.getByRole('heading', { name: comesBack }).waitFor();
    await customer.shoot(`track-quote-refused-${language}`);
    await clean(customer);

    // The point hears of it by itself, and the bench is free.
    await point.sees('quote', 'status', 'refused', 'the refusal at the point');
    await point.page.getByRole('heading', { name: returns }).waitFor();
    await until('the free place on the bench', async () => ((await taken()) === before - 1 ? true : undefined));
    await point.shoot(`point-quote-refused-${language}`);
    await clean(point);
    await point.by('step-pack').click();
    await point.sees('device', 'status', 'packed', 'the box');
    await point.by('step-ship').click();
    await point.sees('device', 'status', 'shipped', 'the hand-over');
    const back = (await staff.get<JobView>(`/v1/jobs/${filed.id}`)).parcels!.find((p) => p.direction === 'return')!.waybill;
    await post.carried(back, 'inTransit', 'delivered');
    await customer.sees('tracking', 'status', 'delivered', 'the delivery at the customer');
    await customer.page.locator('[data-testid="step"][data-step="goesBack"][data-state="past"]').waitFor();
    await customer.shoot(`track-quote-delivered-${language}`);
    await customer.by('track-confirm').click();
    await customer.sees('tracking', 'status', 'closed', 'the end');
    expect(await staff.get<JobView>(`/v1/jobs/${filed.id}`)).toMatchObject({ outcome: 'not_repaired', quote: { status: 'refused', answeredBy: 'customer' } });
    const messages = await until('the messages', async () => {
      const { items } = await staff.get<MessageList>(`/v1/messages?jobId=${filed.id}`);
      return items.some((m) => m.template === 'quoteRefused') ? items : undefined;
    });
    expect(messages.find((m) => m.template === 'quoted')).toMatchObject({ language });
    expect(messages.find((m) => m.template === 'quoted')!.text).toContain(`/track/${filed.trackingToken}`);
    await customer.close();
    await point.close();
  });

  it('is approved at the door by keyboard, and the work goes on at once', async () => {
    if (missingManager) return;
    const home = { lon: zone.depot!.place.lon - 0.01, lat: zone.depot!.place.lat - 0.01 };
    const user = `quoter-${Date.now().toString(36)}`;
    const clock = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
    const shift = { from: new Date(clock - 3_600_000).toISOString(), to: new Date(clock + 20 * 3_600_000).toISOString() };
    const me = await boss.post<TechnicianView>('/v1/technicians', {
      name: 'Gao Lin', zone: zone.id, home, shift, skills: [{ code: 'phone', level: 3 }], tools: ['heat_mat', 'screwdrivers'], stock: [{ code: 'screen', quantity: 5 }, { code: 'battery', quantity: 5 }], signIn: { user, password },
    });
    await staff.post(`/v1/technicians/${me.id}/duty`, { onDuty: true });
    const filed = await staff.post<JobReply>('/v1/jobs', {
      category: 'screen', place: { lon: home.lon + 0.002, lat: home.lat }, contact: { name: 'Chen Yu', phone: '13800000000', language: 'en' }, device: { brand: 'Sony', model: `D${Date.now().toString(36)}` },
      window: { from: new Date(clock).toISOString(), to: new Date(clock + 8 * 3_600_000).toISOString() },
    });
    // Whoever the planner asked, this technician is the one who goes.
    await until('the job with the technician', async () => {
      const view = await staff.get<JobView>(`/v1/jobs/${filed.id}`);
      if (view.technicianId === me.id) return true;
      if (view.status === 'queued') await staff.post(`/v1/jobs/${filed.id}/offer`, { technicianIds: [me.id], direct: true }).catch(() => undefined);
      else await staff.post(`/v1/jobs/${filed.id}/reassign`, { technicianId: me.id, reason: 'Test' }).catch(() => undefined);
      return undefined;
    });

    const tech = await join(phone);
    await tech.signIn('/technician/', { user, password });
    await tech.live();
    await tech.by('step-depart').click();
    await tech.by('step-arrive').click();
    await tech.by('quote-open').click();
    await tech.by('quote-minutes').fill('45');
    await tech.by('quote-note').fill('Display dark, battery swollen');
    await tech.by('quote-add-part').selectOption('battery');
    await tech.shoot('technician-quote-form');
    await clean(tech);
    await tech.by('quote-send').click();
    await tech.sees('quote', 'status', 'open', 'the quote on the phone');
    expect(await tech.by('repair-form').count(), 'reporting work while the customer is asked').toBe(0);
    await tech.shoot('technician-quote-waiting');
    await clean(tech);

    const customer = await join(desktop, { dark: true });
    await customer.open(`/track/${filed.trackingToken}`);
    await customer.live();
    await customer.sees('quote', 'status', 'open', 'the quote at the customer');
    await customer.shoot('track-quote-door-dark');
    await clean(customer);
    await tabTo(customer, 'quote-approve');
    await customer.page.keyboard.press('Enter');
    await tabTo(customer, 'quote-confirm');
    await customer.page.keyboard.press('Enter');
    await customer.sees('quote', 'status', 'approved', 'the yes at the customer');

    await tech.sees('quote', 'status', 'approved', 'the yes on the phone');
    await tech.by('repair-form').waitFor();
    await tech.shoot('technician-quote-approved');
    await clean(tech);
    await tech.by('step-repair').click();
    await tech.sees('current-job', 'status', 'repaired', 'the repair');
    const used = await until('the repair at the server', async () => {
      const view = await staff.get<JobView>(`/v1/jobs/${filed.id}`);
      return view.outcome ? view : undefined;
    });
    expect(used).toMatchObject({ outcome: 'repaired', quote: { status: 'approved', total: 9_000 + 68_000 + 19_900 + 12_000 } });

    const console = await join(desktop);
    await console.signIn('/console/', dispatcher);
    await console.live();
    await console.by('search').fill(used.device!.model);
    await console.page.locator(`[data-testid="job-row"][data-job="${filed.id}"]`).click();
    await console.by('job-costs').waitFor({ timeout: 15_000 });
    const costs = await staff.get<CostSheet>(`/v1/jobs/${filed.id}/costs`);
    expect(costs).toMatchObject({ charged: used.quote!.total, margin: used.quote!.total - costs.total });
    expect(costs.parts.reduce((sum, p) => sum + p.cost, 0)).toBe(41_000 + 9_000);
    await console.shoot('console-quote-costs');
    await console.by('job-costs').scrollIntoViewIfNeeded();
    await console.shoot('console-costs');
    await clean(console);
    await clean(customer);
  });
});
