import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booked, DeviceView, JobView, OfferComparison, TechnicianView, Zone } from '../shared/api/types';
import { Client, desktop, dispatcher, manager, missingManager, openBrowser, Person, phone, until } from './harness';
import { anImei, aPhone, day, readers, toOffer, toOwed, toProblem, unitOf } from './journey';
import { accountAt, pointIn } from './postal';

const password = 'a long enough password';

describe('from what is owed to another unit', () => {
  let browser: Browser;
  let staff: Client;
  let boss: Client;
  let zone: Zone;

  beforeAll(async () => {
    if (missingManager) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
    boss = await Client.signIn(manager);
    zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
  });
  afterAll(() => browser?.close());

  const home = () => ({ lon: zone.depot!.place.lon + 0.01, lat: zone.depot!.place.lat + 0.005 });
  const jobOf = (person: Person) => person.by('track-link').getAttribute('href').then((path) => path!.split('/').pop()!.split('.')[0]!);
  const inRegister = (imei: string) => until('the new unit in the register', async () => (await staff.get<{ items: DeviceView[] }>(`/v1/devices?imei=${imei}`)).items[0]);

  /** Nothing that would hinder a reader, no error, nothing from elsewhere. */
  const clean = async (person: Person, screen: string) => {
    expect(await person.findings(), screen).toEqual([]);
    expect(person.errors, screen).toEqual([]);
    expect(person.outside, screen).toEqual([]);
  };

  /** Somebody on duty in the middle of the zone with one of each of these on board. */
  async function carrier(stock: readonly string[], skills: readonly string[] = [], tools: readonly string[] = []): Promise<{ user: string; password: string; id: string }> {
    const user = `swap-${Date.now().toString(36)}`;
    const clock = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
    const hour = (n: number) => new Date(clock + n * 3_600_000).toISOString();
    const { id } = await boss.post<TechnicianView>('/v1/technicians', {
      name: 'Lin Tao', zone: zone.id, home: zone.depot!.place, shift: { from: hour(-1), to: hour(10) }, skills: skills.map((code) => ({ code, level: 3 })), tools, stock: stock.map((code) => ({ code, quantity: 1 })), signIn: { user, password },
    });
    await boss.post(`/v1/technicians/${id}/duty`, { onDuty: true });
    return { user, password, id };
  }

  /** Whoever works at the point where a job is booked, with the job before them. */
  async function counterOf(job: string, size: { width: number; height: number }, more = {}): Promise<Person> {
    const { booking } = await until('the booking', async () => {
      const view = await staff.get<JobView>(`/v1/jobs/${job}`);
      return view.booking?.confirmed ? view : undefined;
    });
    const person = await Person.at(browser, size, more);
    await person.signIn('/point/', await accountAt(booking!.pointId, boss));
    await person.live();
    await person.page.locator(`[data-testid="queue-row"][data-job="${job}"]`).click();
    return person;
  }

  for (const { code, lang } of readers)
    it(`is owed by its clause, booked by one press, given at the door, and in the register, for a reader of ${code}`, async ({ skip }) => {
      skip(missingManager !== undefined, missingManager);
      const [device, given] = [aPhone(), anImei()];
      const technician = await carrier([unitOf(device)]);
      const customer = await Person.at(browser, code === 'en' ? desktop : phone, { locale: lang, dark: code === 'zh-Hant' });
      const look = async (screen: string) => {
        await customer.shoot(`swap-${screen}-${code}`);
        await clean(customer, screen);
      };
      await customer.open('/help/');
      await toProblem(customer, device, day(-3));
      await toOwed(customer, look);

      // Every way stands there once: with a price and a promise, or with a reason in words.
      await toOffer(customer, home(), 'swapAtDoor');
      const swap = customer.page.locator('[data-testid="offer"][data-mode="swapAtDoor"]');
      expect(await swap.getAttribute('data-clause')).toBe('day-7/exchange');
      // The unit costs nothing; the visit what it costs everybody.
      const total = await swap.getAttribute('data-total');
      expect((await customer.by('offer').count()) + (await customer.by('not-offered-mode').count())).toBe(11);
      for (const why of await customer.by('not-offered-mode').all()) expect(await why.textContent()).not.toMatch(/(offer|plan|point|job)\.[a-z_]+/);
      await look('compare');
      await customer.by('choose-swapAtDoor').click();
      await customer.by('name').fill('Chen Yu');
      await customer.by('phone').fill('138 0000 0000');
      await look('book');
      await customer.by('book-submit').click();
      await customer.by('filed').waitFor({ timeout: 30_000 });
      expect(await customer.by('terms').getAttribute('data-total')).toBe(total);
      await look('booked');
      const job = await jobOf(customer);
      // Nobody was asked whether they would come: the technician with the unit has the job, and the unit is kept.
      expect(await staff.get<JobView>(`/v1/jobs/${job}`)).toMatchObject({ status: 'accepted', mode: 'swapAtDoor', technicianId: technician.id, terms: { clause: 'day-7/exchange', price: { unit: 0, total: Number(total) } } });
      await customer.by('track-link').click();
      await customer.sees('tracking', 'status', 'accepted', 'the link');
      await customer.live();
      await look('track');

      // The technician sees that a unit is to be given, travels, and enters its number at the door.
      const visitor = await Person.at(browser, phone, { locale: lang, dark: code === 'zh-Hant' });
      await visitor.signIn('/technician/', technician);
      await visitor.live();
      const card = visitor.page.locator(`[data-testid="current-job"][data-job="${job}"]`);
      await card.waitFor({ timeout: 30_000 });
      await card.getByTestId('swap').waitFor({ timeout: 10_000 });
      await card.getByTestId('step-depart').click();
      await customer.sees('tracking', 'status', 'enRoute', 'the way');
      await card.getByTestId('step-arrive').click();
      await customer.sees('tracking', 'status', 'arrived', 'the arrival');
      // The number of the old unit is none of a new one, and without a number nothing is given.
      await card.getByTestId('step-repair').click();
      await card.locator('[data-testid="new-serial"][aria-invalid="true"]').waitFor({ timeout: 10_000 });
      await card.getByTestId('new-serial').fill(device.imei);
      await card.locator('[data-testid="new-serial"][aria-invalid="true"]').waitFor({ timeout: 10_000 });
      await card.getByTestId('new-serial').fill(given);
      await card.locator('[data-testid="new-serial"]:not([aria-invalid])').waitFor({ timeout: 10_000 });
      await card.getByTestId('new-serial').scrollIntoViewIfNeeded();
      await visitor.shoot(`swap-technician-${code}`);
      await clean(visitor, 'at the door');
      await card.getByTestId('step-repair').click();
      await customer.sees('tracking', 'status', 'repaired', 'the exchange');
      await look('track-exchanged');
      await card.getByTestId('signed-by').fill('Chen Yu');
      await card.getByTestId('step-sign').click();
      await card.getByTestId('step-close').click();
      await customer.sees('tracking', 'status', 'closed', 'the end on the customer’s page');
      expect(await staff.get<JobView>(`/v1/jobs/${job}`)).toMatchObject({ outcome: 'swapped', newUnit: given });

      // The register knows both units, and the time for repairs of the new one begins today.
      const unit = await inRegister(given);
      const desk = await Person.at(browser, desktop, { locale: lang });
      await desk.signIn('/register/', dispatcher);
      await desk.by('search').fill(device.imei);
      await desk.by('search-submit').click();
      await desk.page.locator('[data-testid="entry"][data-kind="service"]').waitFor({ timeout: 20_000 });
      await desk.by('replaced-by').click();
      await desk.sees('device', 'id', unit.id, 'the new unit');
      await desk.by('evidence-invoice').selectOption('valid');
      await desk.by('evidence-warrantyCard').selectOption('valid');
      await desk.by('owed-ask').click();
      const repair = desk.page.locator('[data-testid="owed-option"][data-clause="year/repair"]');
      await repair.waitFor({ timeout: 20_000 });
      expect(await repair.textContent()).toContain(String(Number(day(0).slice(0, 4)) + 1));
      await desk.shoot(`swap-register-${code}`);
      await clean(desk, 'the register');
      for (const person of [customer, visitor, desk]) await person.close();
    });

  it('is the first one’s where it is the last of its model: the other is told so, and comes to the counter for a repair', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const [device, given] = [aPhone(), anImei()];
    const shop = await pointIn(zone, boss, [unitOf(device)]);
    const customer = await Person.at(browser, phone, { locale: 'zh-CN', dark: true });
    await customer.open('/help/');
    await toProblem(customer, device, day(-3));
    await toOwed(customer);
    await toOffer(customer, home(), 'swapAtPoint');
    // What no job follows from is not booked, but asked for from a person.
    const scrap = customer.page.locator('[data-testid="offer"][data-mode="recycling"]');
    await scrap.getByTestId('instead').waitFor({ timeout: 20_000 });
    expect(await scrap.getByTestId('choose-recycling').count()).toBe(0);
    await scrap.getByTestId('ask-recycling').waitFor({ timeout: 5_000 });
    await customer.by('choose-swapAtPoint').click();
    await customer.by('name').fill('Chen Yu');
    await customer.by('phone').fill('138 0000 0000');

    // Meanwhile somebody else has the unit.
    const question = {
      category: 'screen', answers: ['no', 'lines'], device: { kind: 'phone', brand: device.brand, model: device.model, imei: anImei() }, place: home(), purchasedOn: day(-3),
      evidence: [{ kind: 'invoice', state: 'valid' }, { kind: 'warrantyCard', state: 'valid' }, { kind: 'inspection', state: 'confirmed', fault: 'screen', on: day(-1) }],
    };
    const seen = await staff.post<OfferComparison>('/v1/offers', question);
    const first = await staff.post<Booked>('/v1/bookings', {
      question, mode: 'swapAtPoint', agreed: { total: seen.offers.find((o) => o.mode === 'swapAtPoint')!.price!.total, currency: seen.currency, priceVersion: seen.priceVersion }, contact: { name: 'Bo Lin', phone: '13800000001', language: 'en' },
    });
    expect(first.reserved).toMatchObject({ pointId: shop.id, parts: [{ code: unitOf(device), quantity: 1 }] });
    await customer.by('book-submit').click();
    await customer.sees('help', 'screen', 'compare', 'back at the comparison');
    await customer.sees('gone', 'mode', 'swapAtPoint', 'what is gone');
    await customer.page.locator('[data-testid="not-offered-mode"][data-mode="swapAtPoint"]').waitFor({ timeout: 20_000 });
    await customer.shoot('swap-gone-zh-Hans-dark');
    await clean(customer, 'what is gone');
    await customer.by('choose-walkIn').click();
    expect(await customer.by('name').inputValue()).toBe('Chen Yu');
    await customer.by('book-submit').click();
    await customer.by('filed').waitFor({ timeout: 30_000 });
    await customer.shoot('swap-booked-walkin-zh-Hans-dark');
    await clean(customer, 'booked');
    const repair = await jobOf(customer);
    await customer.by('track-link').click();
    await customer.sees('tracking', 'status', 'booked', 'the link');
    await customer.by('track-point').waitFor({ timeout: 20_000 });
    await customer.shoot('track-walkin-zh-Hans-dark');
    await clean(customer, 'the link');

    // At the counter: the exchange of the one, then the repair of the other, each by the steps it takes and no others.
    const counter = await counterOf(first.job.id, desktop);
    await counter.by('step-receive').waitFor({ timeout: 20_000 });
    await counter.shoot('point-swap-checkin');
    await clean(counter, 'check-in');
    await counter.by('step-receive').click();
    await counter.by('findings-input').fill('Lines across the screen, as described');
    await counter.by('step-inspect').click();
    await counter.by('new-serial').fill(`${given.slice(0, 14)}${(Number(given[14]) + 1) % 10}`);
    await counter.by('step-finish').click();
    await counter.page.locator('[data-testid="new-serial"][aria-invalid="true"]').waitFor({ timeout: 10_000 });
    await counter.shoot('point-swap-wrong');
    await counter.by('new-serial').fill(given);
    await counter.shoot('point-swap-form');
    await clean(counter, 'the new unit');
    await counter.by('step-finish').click();
    await counter.sees('device', 'status', 'repaired', 'the exchange');
    await counter.shoot('point-swap-handover');
    await clean(counter, 'the hand-over');
    await counter.by('step-handOver').click();
    await counter.sees('device', 'status', 'closed', 'the end');
    expect((await inRegister(given)).replaces).toBeTruthy();
    await counter.close();

    const bench = await counterOf(repair, phone, { locale: 'zh-TW', dark: true });
    await bench.by('step-receive').click();
    await customer.sees('tracking', 'status', 'received', 'the check-in on the customer’s page');
    await bench.by('findings-input').fill('Lines across the screen');
    await bench.by('step-inspect').click();
    for (const step of ['start', 'finish', 'check']) await bench.by(`step-${step}`).click();
    await customer.sees('tracking', 'status', 'checked', 'ready on the customer’s page');
    await customer.shoot('track-walkin-ready-zh-Hans-dark');
    await bench.by('step-handOver').waitFor({ timeout: 20_000 });
    await bench.shoot('point-walkin-handover-zh-Hant-dark');
    await clean(bench, 'the hand-over of a repair');
    await bench.by('step-handOver').click();
    await customer.sees('tracking', 'status', 'closed', 'the end on the customer’s page');
    await customer.shoot('track-walkin-closed-zh-Hans-dark');
    await clean(customer, 'the end');
    await bench.close();
    await customer.close();
  });

  it('is one of the ways that one press books: with a visit, by courier, and by post, where the new unit leaves first', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const [device, given] = [aPhone(), anImei()];
    await pointIn(zone, boss, [unitOf(device)]);
    await carrier(['screen'], ['phone'], ['heat_mat', 'screwdrivers']);
    const customer = await Person.at(browser, phone);
    await customer.open('/help/');
    await toProblem(customer, device, day(-3));
    await toOwed(customer);
    await toOffer(customer, home(), 'doorToDoor');
    const jobs: Record<string, { id: string; link: string }> = {};
    for (const [mode, status] of [['doorToDoor', 'accepted'], ['pickupReturn', 'booked'], ['swapByPost', 'booked']] as const) {
      await customer.by(`choose-${mode}`).click();
      await customer.by('name').fill('Chen Yu');
      await customer.by('phone').fill('138 0000 0000');
      await customer.by('book-submit').click();
      await customer.sees('filed', 'mode', mode, 'the booking');
      await customer.shoot(`help-booked-${mode}`);
      await clean(customer, mode);
      jobs[mode] = { id: await jobOf(customer), link: (await customer.by('track-link').getAttribute('href'))! };
      expect(await staff.get<JobView>(`/v1/jobs/${jobs[mode].id}`)).toMatchObject({ mode, status, terms: { mode } });
      // Back to the comparison, which is asked again: what has just been kept is kept.
      await customer.page.goBack();
      await customer.sees('help', 'screen', 'compare', 'the comparison again');
      await customer.by('offers').waitFor({ timeout: 20_000 });
    }
    await customer.page.locator('[data-testid="not-offered-mode"][data-mode="swapByPost"]').waitFor({ timeout: 20_000 });
    await customer.close();

    const follower = await Person.at(browser, desktop);
    await follower.open(jobs['pickupReturn']!.link);
    await follower.sees('tracking', 'mode', 'pickupReturn', 'the courier’s link');
    await follower.by('send-in').waitFor({ timeout: 20_000 });
    await follower.shoot('track-pickup');
    await clean(follower, 'the courier’s link');
    await follower.open(jobs['swapByPost']!.link);
    await follower.sees('tracking', 'status', 'booked', 'the link of the swap');
    await follower.live();
    await follower.shoot('track-post-swap');
    await clean(follower, 'the link of the swap');

    const bench = await counterOf(jobs['swapByPost']!.id, desktop, { dark: true });
    await bench.by('new-serial').fill(given);
    expect(await bench.by('outcome-not_repaired').count()).toBe(0);
    await bench.shoot('point-post-swap-dark');
    await clean(bench, 'the unit to be sent');
    await bench.by('step-finish').click();
    await bench.by('step-pack').click();
    await bench.by('step-ship').click();
    await bench.sees('device', 'status', 'shipped', 'the new unit on its way');
    await follower.sees('tracking', 'status', 'shipped', 'the new unit at the customer');
    await follower.shoot('track-post-swap-shipped');
    await clean(follower, 'the new unit on its way');
    await follower.by('track-confirm').click();
    await follower.sees('tracking', 'status', 'closed', 'the end');
    // The old one may still be sent.
    await follower.by('send-in').waitFor({ timeout: 20_000 });
    await follower.shoot('track-post-swap-closed');
    expect(await staff.get<JobView>(`/v1/jobs/${jobs['swapByPost']!.id}`)).toMatchObject({ outcome: 'swapped', newUnit: given });
    await bench.close();
    await follower.close();
  });
});
