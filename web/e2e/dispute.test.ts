import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Case, Contact, DeskReply } from '../shared/api/desk';
import type { JobReply, Zone } from '../shared/api/types';
import { anAccount, Client, desktop, dispatcher, missingManager, openBrowser, Person, phone, until } from './harness';
import { anImei } from './journey';

describe('a dispute, from the complaint to the settlement', () => {
  let browser: Browser;
  let staff: Client;
  let agent: { user: string; password: string };
  let expert: { user: string; password: string };
  const people: Person[] = [];
  const join = async (size: { width: number; height: number }, more = {}) => {
    const person = await Person.at(browser, size, more);
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    if (missingManager) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
    [agent, expert] = [await anAccount('agent'), await anAccount('expert')];
  });
  afterAll(async () => {
    await Promise.all(people.map((p) => p.close()));
    await browser?.close();
  });

  async function filed(device?: { brand: string; model: string; serial: string }): Promise<JobReply> {
    const zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
    const { now } = await staff.get<{ now: string }>('/v1/clock');
    return staff.post<JobReply>('/v1/jobs', {
      category: 'other', place: zone.depot?.place ?? { lon: 121, lat: 31 }, contact: { name: 'Chen Yu', phone: '13800000000', language: 'en' }, symptom: 'It hums', ...(device && { device }),
      window: { from: new Date(Date.parse(now) + 3_600_000).toISOString(), to: new Date(Date.parse(now) + 7_200_000).toISOString() },
    });
  }

  for (const { code, locale, words, size, dark } of [
    { code: 'en', locale: 'en-GB', words: { open: 'Open', disputed: 'Disputed', settled: 'Settled' }, size: desktop, dark: false },
    { code: 'zh-Hans', locale: 'zh-CN', words: { open: '待受理', disputed: '争议中', settled: '已解决' }, size: phone, dark: true },
    { code: 'zh-Hant', locale: 'zh-TW', words: { open: '待受理', disputed: '爭議中', settled: '已解決' }, size: phone, dark: false },
  ])
    it(`goes over two pages without a reload, in ${code} at ${size.width} wide`, async ({ skip }) => {
      skip(missingManager !== undefined, missingManager);
      const job = await filed();
      const customer = await join(size, { locale, dark });
      await customer.open(`/track/${job.trackingToken}`);
      await customer.live();
      const desk = await join(size, { locale, dark });
      await desk.signIn('/desk/', agent);
      await desk.live();
      await desk.by('tab-case').click();
      // A mark that no reload survives.
      for (const person of [customer, desk]) await person.page.evaluate(() => ((globalThis as { kept?: boolean }).kept = true));

      await customer.by('complain').click();
      await customer.by('complain-reason').selectOption('quality');
      await customer.by('complain-wish').selectOption('refund');
      await customer.by('complain-text').fill('It broke again the same day');
      expect(await customer.findings(), 'complaining').toEqual([]);
      await customer.shoot(`dispute-complain-${code}`);
      await customer.by('complain-submit').click();
      await customer.sees('tracked-case', 'status', 'open', 'the complaint on the tracking page');
      const id = (await customer.by('tracked-case').getAttribute('data-id'))!;
      await customer.by('tracked-case').getByText(words.open, { exact: true }).first().waitFor({ timeout: 5_000 });

      // The desk sees it by itself.
      const row = desk.page.locator(`[data-testid="thing"][data-id="${id}"]`);
      await row.waitFor({ timeout: 20_000 });
      await row.click();
      await desk.sees('case', 'status', 'open', 'the complaint at the desk');
      await desk.by('take').click();
      await desk.sees('case', 'status', 'investigating', 'taken');
      await desk.by('case-text').fill('The board was wet inside');
      await desk.by('case-note').click();
      await desk.page.locator('[data-testid="entry"][data-step="note"]').waitFor({ timeout: 10_000 });
      await desk.by('remedy').selectOption('apology');
      await desk.by('propose-text').fill('We are sorry');
      await desk.by('propose').click();

      await customer.sees('tracked-case', 'status', 'proposed', 'the proposal on the tracking page');
      await customer.by('accept').waitFor({ timeout: 10_000 });
      expect(await customer.by('tracked-case').textContent(), 'the customer sees no notes').not.toContain('wet inside');
      expect(await customer.findings(), 'a proposal').toEqual([]);
      await customer.shoot(`dispute-proposed-${code}`);
      await customer.by('tracked-text').fill('That is not enough');
      await customer.by('refuse').click();

      await desk.sees('case', 'status', 'disputed', 'the dispute at the desk');
      await desk.by('case').getByText(words.disputed, { exact: true }).waitFor({ timeout: 5_000 });
      await desk.by('remedy').selectOption('refund');
      await desk.by('amount').fill('120.00');
      expect(await desk.findings(), 'proposing').toEqual([]);
      await desk.shoot(`dispute-desk-${code}`);
      await desk.by('propose').click();

      await customer.page.locator('[data-testid="proposal"]', { hasText: '120.00' }).waitFor({ timeout: 20_000 });
      await customer.by('accept').click();
      await desk.sees('case', 'status', 'accepted', 'the acceptance at the desk');
      await desk.by('reference').fill('PAY-120');
      await desk.by('settle').click();
      await customer.sees('tracked-case', 'status', 'settled', 'the settlement on the tracking page');
      await customer.by('tracked-case').getByText(words.settled, { exact: true }).first().waitFor({ timeout: 5_000 });
      expect(await customer.by('tracked-case').textContent()).toContain('PAY-120');
      await customer.shoot(`dispute-settled-${code}`);
      await desk.shoot(`dispute-desk-settled-${code}`);
      for (const person of [customer, desk]) {
        expect(await person.findings(), 'settled').toEqual([]);
        expect(await person.page.evaluate(() => (globalThis as { kept?: boolean }).kept), 'the page was loaded anew').toBe(true);
        expect(await person.page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
        expect(await person.page.getAttribute('html', 'lang')).toBe(code);
        expect(person.errors).toEqual([]);
        expect(person.outside).toEqual([]);
      }
      expect((await staff.get<{ case: Case }>(`/v1/cases/${id}`)).case).toMatchObject({ status: 'settled', settlement: { reference: 'PAY-120' } });
    });

  it('leads from a complaint to its device and what has happened to it', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const device = { brand: 'Huawei', model: 'Mate 60', serial: anImei() };
    await staff.post('/v1/devices', { kind: 'phone', brand: device.brand, model: device.model, imei: device.serial });
    const job = await filed(device);
    const { id } = await staff.post<DeskReply>('/v1/cases', { jobId: job.id, reason: 'time', text: 'Nobody came' });
    const desk = await join(desktop, { dark: true });
    await desk.signIn('/desk/', agent);
    await desk.live();
    await desk.by('tab-case').click();
    await desk.page.locator(`[data-testid="thing"][data-id="${id}"]`).click();
    await desk.by('job-device').getByText('Huawei Mate 60').waitFor({ timeout: 20_000 });
    await desk.by('history').locator('li').first().waitFor({ timeout: 10_000 });
    expect(await desk.findings(), 'a complaint with its device').toEqual([]);
    await desk.shoot('desk-case-device-dark');

    // The register finds it by the number in the address; who only answers the telephone changes nothing there.
    const register = await desk.beside(() => desk.by('to-register').click());
    await register.by('user').fill(agent.user);
    await register.by('password').fill(agent.password);
    await register.by('sign-in-submit').click();
    await register.by('device').getByRole('heading', { name: 'Huawei Mate 60' }).waitFor({ timeout: 20_000 });
    expect(await register.by('actions').count()).toBe(0);
    expect(await register.findings(), 'the register for an agent').toEqual([]);
    await register.shoot('register-agent');
    for (const person of [desk, register]) expect(person.errors).toEqual([]);
  });

  it('takes a consultation from the queue to the second line and back, by keyboard where it can', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const desk = await join(desktop);
    await desk.signIn('/desk/', agent);
    await desk.live();
    const line = await join(desktop, { dark: true });
    await line.signIn('/desk/', expert);
    await line.live();
    const nobody = await fetch(`${process.env['DISPATCH_URL']}/v1/contacts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text: 'It restarts by itself', category: 'other' }) });
    const opened = (await nobody.json()) as DeskReply;

    await desk.page.locator(`[data-testid="thing"][data-id="${opened.id}"]`).waitFor({ timeout: 20_000 });
    await desk.page.locator('[data-testid="promise"][data-kind="consultation"]:not([data-waiting="0"])').waitFor({ timeout: 10_000 });
    await desk.by('list-contact').focus();
    await until('the consultation is chosen', async () => {
      await desk.page.keyboard.press('ArrowDown');
      return (await desk.by('panel').getAttribute('data-id').catch(() => null)) === opened.id || undefined;
    });
    await desk.by('claim').focus();
    await desk.page.keyboard.press('Enter');
    await desk.sees('contact', 'status', 'talking', 'the consultation taken');
    await desk.by('say-text').fill('Since when?');
    await desk.by('say').focus();
    await desk.page.keyboard.press('Enter');
    await desk.page.locator('[data-testid="word"][data-voice="agent"]').waitFor({ timeout: 10_000 });

    await desk.by('ask-expert').click();
    await desk.by('expert-question').fill('Restarts by itself, which part?');
    expect(await desk.findings(), 'asking an expert').toEqual([]);
    await desk.by('expert-ask').click();
    await line.by('list-escalation').locator('[data-testid="thing"]').first().waitFor({ timeout: 20_000 });
    await line.by('list-escalation').locator('[data-testid="thing"]').first().click();
    await line.by('take').click();
    await line.sees('escalation', 'status', 'taken', 'the question taken');
    expect(await line.by('talk').textContent()).toContain('It restarts by itself');
    await line.by('reply-text').fill('The power key: clean it first');
    expect(await line.findings(), 'the second line').toEqual([]);
    await line.shoot('desk-second-line');
    await line.by('answer').click();
    await line.sees('escalation', 'status', 'answered', 'the answer');

    expect(await desk.findings(), 'a consultation').toEqual([]);
    await desk.shoot('desk-consultation');
    await desk.by('outcome').selectOption('helpedRemotely');
    await desk.by('end').click();
    await desk.sees('contact', 'status', 'ended', 'the end');
    expect((await staff.get<{ contact: Contact }>(`/v1/contacts/${opened.id}`)).contact).toMatchObject({ status: 'ended', outcome: 'helpedRemotely' });
    for (const person of [desk, line]) expect(person.errors).toEqual([]);
  });
});
