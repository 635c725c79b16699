import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Catalogue, JobReply, JobView, TechnicianView } from '../shared/api/types';
import { Client, desktop, dispatcher, missing, openBrowser, Person, phone, server, technician, until } from './harness';

/** A category this technician can serve with what they know and carry, the one that uses up least first. */
async function serveable(staff: Client, who: TechnicianView): Promise<string> {
  const { categories } = await staff.get<Catalogue>('/v1/catalogue');
  // Parts promised to jobs still open are not free.
  const { items: open } = await staff.get<{ items: JobView[] }>(`/v1/jobs?technicianId=${who.id}&status=accepted,enRoute,arrived&limit=100`);
  const free = (code: string) => (who.stock.find((s) => s.code === code)?.quantity ?? 0) - open.flatMap((j) => j.needs?.parts ?? []).filter((p) => p.code === code).reduce((sum, p) => sum + p.quantity, 0);
  const able = categories
    .filter((c) => c.needs && c.needs.skills.every((n) => who.skills.some((s) => s.code === n.code && s.level >= n.level)) && c.needs.tools.every((x) => who.tools.includes(x)))
    .filter((c) => c.needs!.parts.every((n) => free(n.code) >= n.quantity))
    .sort((a, b) => a.needs!.parts.length - b.needs!.parts.length);
  if (!able[0]) throw new Error(`the technician ${who.name} can serve nothing in the catalogue: a fresh data folder is needed`);
  return able[0].code;
}

describe('a repair, from the customer’s request to the closed job', () => {
  let browser: Browser;
  let staff: Client;
  let own: Client;
  let me: TechnicianView;
  const people: Person[] = [];
  const join = async (...args: Parameters<typeof Person.at> extends [Browser, ...infer Rest] ? Rest : never) => {
    const person = await Person.at(browser, ...args);
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    if (missing) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
    own = await Client.signIn(technician);
    me = await staff.get<TechnicianView>(`/v1/technicians/${own.id}`);
  });
  afterAll(async () => {
    await Promise.all(people.map((p) => p.close()));
    await browser?.close();
  });

  /** Files a request as a customer without an account would, close to the technician's home. */
  async function file(category: string, model: string): Promise<JobReply> {
    const now = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
    return staff.post<JobReply>('/v1/jobs', {
      category, place: { lon: me.home.lon + 0.004, lat: me.home.lat + 0.003 }, contact: { name: 'Chen Yu', phone: '13800000000' }, device: { brand: 'Sony', model },
      window: { from: new Date(now).toISOString(), to: new Date(now + 6 * 3_600_000).toISOString() },
    });
  }

  /** The planner may have asked somebody else first; a dispatcher then gives the job to our technician. */
  async function offered(jobId: string): Promise<void> {
    const job = await until('the offer', async () => {
      const view = await staff.get<JobView>(`/v1/jobs/${jobId}`);
      return view.status === 'offered' ? view : undefined;
    }, 15_000).catch(() => staff.get<JobView>(`/v1/jobs/${jobId}`));
    if (job.status === 'offered' && job.candidates?.includes(own.id)) return;
    await staff.post(`/v1/jobs/${jobId}/${job.status === 'queued' ? 'offer' : 'reassign'}`, job.status === 'queued' ? { technicianIds: [own.id] } : { technicianId: own.id, reason: 'Test' });
  }

  it('goes through every surface without a reload', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const model = `A${Date.now().toString(36)}`;
    const category = await serveable(staff, me);
    const place = { lon: me.home.lon + 0.006, lat: me.home.lat + 0.002 };

    const console = await join(desktop);
    await console.signIn('/console/', dispatcher);
    await console.live();
    await console.by('search').fill(model);
    const before = Number(await console.by('map').getAttribute('data-jobs'));

    const tech = await join(phone, { place: { longitude: me.home.lon, latitude: me.home.lat } });
    await tech.signIn('/technician/', technician);
    await tech.live();
    if ((await tech.by('duty').getAttribute('data-on')) !== 'true') await tech.by('duty').click();
    await tech.sees('duty', 'on', 'true', 'going on duty');
    await until('on duty at the server', async () => ((await staff.get<TechnicianView>(`/v1/technicians/${own.id}`)).onDuty ? true : undefined));

    // The customer, without an account.
    const customer = await join(desktop);
    await customer.open('/request/');
    const device = (await staff.get<Catalogue>('/v1/catalogue')).categories.find((c) => c.code === category)?.device;
    if (device === 'camera') await customer.page.getByRole('button', { name: 'Camera' }).click();
    await customer.by(`category-${category}`).check({ force: true });
    await customer.by('brand').fill('Sony');
    await customer.by('model').fill(model);
    await customer.by('symptom').fill('Stopped working after a fall');
    await customer.by('lon').fill(String(place.lon));
    await customer.by('lat').fill(String(place.lat));
    await customer.by('address').fill('12 Lotus Lane, floor 3');
    await customer.by('window-soon').check({ force: true });
    await customer.by('name').fill('Chen Yu');
    await customer.by('phone').fill('138 0000 0000');
    await customer.by('request-submit').click();
    await customer.by('filed').waitFor({ timeout: 20_000 });
    await customer.shoot('request-filed');
    expect(await customer.findings()).toEqual([]);
    await customer.by('track-link').click();
    await customer.by('tracking').waitFor({ timeout: 20_000 });
    await customer.live();

    // It is on the console by itself.
    const row = console.by('job-row').first();
    await row.waitFor({ timeout: 20_000 });
    const jobId = (await row.getAttribute('data-job'))!;
    await until('one job more on the map', async () => (Number(await console.by('map').getAttribute('data-jobs')) > before ? true : undefined));
    await offered(jobId);
    await console.sees('job-row', 'status', 'offered', 'the offer on the console');

    // The offer reaches the phone, and its answer everybody.
    const offer = tech.page.locator(`[data-testid="offer"][data-job="${jobId}"]`);
    await offer.waitFor({ timeout: 20_000 });
    await tech.shoot('technician-offer');
    expect(await tech.findings()).toEqual([]);
    await offer.getByTestId('accept').click();
    await tech.sees('current-job', 'status', 'accepted', 'the accepted job on the phone');
    await console.sees('job-row', 'status', 'accepted', 'the acceptance on the console');
    await customer.sees('tracking', 'status', 'accepted', 'the acceptance at the customer');
    await expect.poll(() => customer.by('technician-name').textContent(), { timeout: 10_000 }).toContain(me.name);
    await customer.by('arrival').waitFor({ timeout: 10_000 });
    await row.click();
    await console.by('section-history').click();
    await console.page.locator('[data-testid="history"] [data-type="job.accepted"]').first().waitFor({ timeout: 10_000 });
    await console.shoot('console-job-history');
    expect(await console.findings()).toEqual([]);
    await console.by('section-why').click();
    await console.by('explanation').waitFor({ timeout: 10_000 });
    await console.shoot('console-job-why');
    expect(await console.findings()).toEqual([]);

    // Another job may be on the phone as well; ours is the one to work on.
    const chooseOurs = async () => {
      const inRoute = tech.page.locator(`[data-testid="route"] [data-job="${jobId}"]`);
      if ((await tech.by('current-job').getAttribute('data-job')) !== jobId) await inRoute.click();
      await tech.sees('current-job', 'job', jobId, 'our job on the phone');
    };
    await chooseOurs();
    await tech.shoot('technician-job');
    expect(await tech.findings()).toEqual([]);
    await tech.by('step-depart').click();
    await console.sees('job-row', 'status', 'enRoute', 'the departure on the console');
    await customer.sees('tracking', 'status', 'enRoute', 'the departure at the customer');
    await customer.by('track-map').waitFor({ timeout: 10_000 });
    await tech.context.setGeolocation({ longitude: place.lon - 0.001, latitude: place.lat - 0.001 });
    await customer.page.locator('.map-mark.technician').waitFor({ timeout: 30_000 });
    await customer.shoot('track-en-route');
    expect(await customer.findings()).toEqual([]);

    // The network goes away under the technician: nothing is lost.
    await tech.cut();
    await tech.by('step-arrive').click();
    await tech.sees('waiting', 'count', '1', 'the step kept on the phone');
    await tech.sees('current-job', 'status', 'arrived', 'the phone going on');
    await tech.shoot('technician-offline');
    expect(await tech.findings()).toEqual([]);
    await tech.mend();
    await tech.by('waiting').waitFor({ state: 'detached', timeout: 30_000 });
    await console.sees('job-row', 'status', 'arrived', 'the arrival on the console');
    await customer.sees('tracking', 'status', 'arrived', 'the arrival at the customer');
    expect(await customer.page.locator('.map-mark.technician').count(), 'position after arrival').toBe(0);

    await tech.by('work').fill('Replaced, tested for ten minutes');
    await tech.shoot('technician-repair');
    expect(await tech.findings()).toEqual([]);
    await tech.by('step-repair').click();
    await tech.sees('current-job', 'status', 'repaired', 'the repair');
    await expect.poll(() => tech.by('signed-by').inputValue(), { timeout: 10_000 }).toBe('Chen Yu');
    await tech.by('step-sign').click();
    await tech.by('step-close').click();
    await customer.sees('tracking', 'status', 'closed', 'the end at the customer');
    await console.sees('job-panel', 'status', 'closed', 'the end on the console');
    await customer.shoot('track-closed');
    expect((await staff.get<JobView>(`/v1/jobs/${jobId}`)).outcome).toBe('repaired');
    for (const person of people) {
      expect(person.outside, 'requests that left the origin').toEqual([]);
      expect(person.errors, 'errors of the pages').toEqual([]);
    }
  });

  it('tells a technician plainly when a step made offline is refused', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const category = await serveable(staff, await staff.get<TechnicianView>(`/v1/technicians/${own.id}`));
    const tech = await join(phone);
    await tech.signIn('/technician/', technician);
    await tech.live();
    if ((await tech.by('duty').getAttribute('data-on')) !== 'true') await tech.by('duty').click();
    await until('on duty at the server', async () => ((await staff.get<TechnicianView>(`/v1/technicians/${own.id}`)).onDuty ? true : undefined));
    const job = await file(category, 'Offline');
    await offered(job.id);
    const offer = tech.page.locator(`[data-testid="offer"][data-job="${job.id}"]`);
    await offer.waitFor({ timeout: 20_000 });
    await tech.cut();
    await offer.getByTestId('accept').click();
    await tech.by('waiting').waitFor({ timeout: 10_000 });
    await staff.post(`/v1/jobs/${job.id}/cancel`, { reason: 'Customer called' });
    await tech.mend();
    await tech.by('refused').first().waitFor({ timeout: 30_000 });
    expect(await tech.by('refused').first().getAttribute('data-code')).toMatch(/^job\./);
    await tech.shoot('technician-refused');
    expect(await tech.findings()).toEqual([]);
    await tech.by('refused-seen').first().click();
    await tech.by('refused').waitFor({ state: 'detached', timeout: 10_000 });
  });

  it('catches up on the console after the network was away, without a reload', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const model = `B${Date.now().toString(36)}`;
    const console = await join(desktop);
    await console.signIn('/console/', dispatcher);
    await console.live();
    await console.by('search').fill(model);
    await console.cut();
    await console.sees('connection', 'state', 'reconnecting', 'the cut on the console');
    const job = await file(await serveable(staff, me), model);
    await console.mend();
    await console.page.locator(`[data-testid="job-row"][data-job="${job.id}"]`).waitFor({ timeout: 45_000 });
    await console.live();
    await staff.post(`/v1/jobs/${job.id}/cancel`, { reason: 'Test over' });
    await console.by('filter-all').click();
    await console.sees('job-row', 'status', 'cancelled', 'the cancellation on the console');
    expect(new URL(console.page.url()).origin).toBe(new URL(server).origin);
  });
});
