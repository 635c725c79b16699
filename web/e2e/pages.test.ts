import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobReply, JobView } from '../shared/api/types';
import { Client, desktop, dispatcher, missing, openBrowser, Person, phone, technician, until } from './harness';

interface Page {
  readonly name: string;
  readonly path: (token: string) => string;
  readonly who?: { user: string; password: string };
  /** Something that shows the page has its content. */
  readonly ready: string;
  /** Nothing is pushed to it. */
  readonly still?: boolean;
}

const pages: readonly Page[] = [
  { name: 'landing', path: () => '/', ready: 'surface-console' },
  { name: 'sign-in', path: () => '/console/', ready: 'sign-in' },
  { name: 'console', path: () => '/console/', who: dispatcher, ready: 'job-list' },
  { name: 'technician', path: () => '/technician/', who: technician, ready: 'duty' },
  { name: 'point', path: () => '/point/', who: dispatcher, ready: 'connection' },
  { name: 'desk', path: () => '/desk/', who: dispatcher, ready: 'promises' },
  { name: 'outbox', path: () => '/outbox/', who: dispatcher, ready: 'messages' },
  { name: 'help', path: () => '/help/', ready: 'kind-phone' },
  { name: 'register', path: () => '/register/', who: dispatcher, ready: 'search', still: true },
  { name: 'request', path: () => '/request/', ready: 'request-form' },
  { name: 'track', path: (token) => `/track/${token}`, ready: 'tracking' },
];

describe('every page', () => {
  let browser: Browser;
  let token = '';

  beforeAll(async () => {
    if (missing) return;
    browser = await openBrowser();
    const staff = await Client.signIn(dispatcher);
    const zone = (await staff.get<{ items?: { depot?: { place: { lon: number; lat: number } } }[] }>('/v1/zones')).items?.[0];
    const { now } = await staff.get<{ now: string }>('/v1/clock');
    const filed = await staff.post<JobReply>('/v1/jobs', {
      category: 'other', place: zone?.depot?.place ?? { lon: 121, lat: 31 }, contact: { name: 'Lin', phone: '13900000000' }, symptom: 'Makes a noise',
      window: { from: new Date(Date.parse(now) + 3_600_000).toISOString(), to: new Date(Date.parse(now) + 7_200_000).toISOString() },
    });
    token = filed.trackingToken ?? new URL(filed.trackingUrl ?? '', 'http://x').pathname.split('/').pop() ?? '';
  });
  afterAll(() => browser?.close());

  for (const page of pages)
    for (const size of [desktop, phone])
      for (const dark of [false, true])
        it(`${page.name} at ${size.width}×${size.height}, ${dark ? 'dark' : 'light'}, stays at home, has no errors and no serious barrier`, async ({ skip }) => {
          skip(missing !== undefined, missing);
          const person = await Person.at(browser, size, { dark });
          if (page.who) await person.signIn(page.path(token), page.who);
          else await person.open(page.path(token));
          await person.by(page.ready).waitFor({ timeout: 20_000, state: 'attached' });
          if ((page.who && !page.still) || page.name === 'track') await person.live();
          await person.page.waitForLoadState('networkidle', { timeout: 20_000 }).catch(() => undefined); // a live page may never be idle
          await person.shoot(`${page.name}${dark ? '-dark' : ''}`);
          expect(await person.findings()).toEqual([]);
          expect(person.outside).toEqual([]);
          expect(person.errors).toEqual([]);
          await person.close();
        });

  for (const { code, lang, word } of [
    { code: 'zh-Hans', lang: 'zh-CN', word: '申请维修' },
    { code: 'zh-Hant', lang: 'zh-TW', word: '申請維修' },
    { code: 'en', lang: 'en-GB', word: 'Request a repair' },
  ])
    it(`speaks ${code} to a reader of ${lang}, and lets them choose another`, async ({ skip }) => {
      skip(missing !== undefined, missing);
      const person = await Person.at(browser, phone, { locale: lang });
      await person.open('/request/');
      await person.page.getByRole('heading', { level: 1, name: word }).waitFor({ timeout: 20_000 });
      expect(await person.page.getAttribute('html', 'lang')).toBe(code);
      await person.shoot(`request-${code}`);
      const other = code === 'en' ? 'zh-Hans' : 'en';
      await person.by('language').selectOption(other);
      await expect.poll(() => person.page.getAttribute('html', 'lang')).toBe(other);
      await person.page.reload();
      await expect.poll(() => person.page.getAttribute('html', 'lang')).toBe(other);
      await person.close();
    });

  it('lets the dispatcher work by keyboard alone', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, desktop);
    await person.signIn('/console/', dispatcher);
    await person.live();
    const { keyboard } = person.page;
    await person.by('job-row').first().waitFor({ timeout: 20_000 });
    await keyboard.press('/');
    await expect.poll(() => person.page.evaluate(() => document.activeElement?.id)).toBe('search');
    await person.by('job-list').focus();
    await keyboard.press('ArrowDown');
    await person.by('job-panel').waitFor({ timeout: 10_000 });
    expect(await person.by('job-list').getAttribute('aria-activedescendant')).toBeTruthy();
    await keyboard.press('Escape');
    await person.by('job-panel').waitFor({ state: 'detached', timeout: 10_000 });
    await person.close();
  });

  it('shows what the customer was told, and sends again what did not arrive', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, desktop);
    await person.signIn('/outbox/', dispatcher);
    await person.live();
    const job = token.split('.')[0]!;
    // The number of this customer cannot be reached.
    const row = person.page.locator(`[data-testid="message"][data-job="${job}"][data-template="requested"]`);
    await person.by('message-filter-failed').click();
    await row.waitFor({ timeout: 60_000 });
    expect(await row.getByTestId('message-text').textContent()).toContain(`/track/${token}`);
    expect(await row.textContent()).toContain('+861****0000');
    expect(await person.by('message').evaluateAll((all) => all.map((m) => m.getAttribute('data-status')))).not.toContain('delivered');
    expect(await person.findings(), 'outbox').toEqual([]);
    await person.page.keyboard.press('/');
    await expect.poll(() => person.page.evaluate(() => document.activeElement?.id)).toBe('search');
    await person.page.keyboard.type(job);
    await person.by('message-filter-all').click();
    await row.getByTestId('resend').focus();
    await person.page.keyboard.press('Enter');
    await person.page.locator(`[data-testid="message"][data-job="${job}"][data-template="requested"]:not([data-status="failed"])`).waitFor({ timeout: 20_000 });
    // Given to the gateway once more, in vain.
    await person.page.locator(`[data-testid="message"][data-job="${job}"][data-status="failed"] [data-testid="message-failure"]`, { hasText: '2 attempts' }).waitFor({ timeout: 60_000 });
    expect(person.errors).toEqual([]);
    await person.close();

    const phoned = await Person.at(browser, phone, { dark: true, locale: 'zh-CN' });
    await phoned.signIn(`/outbox/?job=${job}`, dispatcher);
    await phoned.by('message').first().waitFor({ timeout: 20_000 });
    await phoned.shoot('outbox-job-zh-Hans-dark');
    expect(await phoned.findings(), 'outbox on a phone').toEqual([]);
    expect(await phoned.page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
    await phoned.close();
  });

  it('lets the dispatcher triage, reschedule and cancel, and every view and dialog is without a serious barrier', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, desktop);
    await person.signIn('/console/', dispatcher);
    await person.live();
    const staff = await Client.signIn(dispatcher);
    const { items } = await staff.get<{ items: JobView[] }>('/v1/jobs?status=requested');
    const job = items.find((j) => j.symptom === 'Makes a noise')!;
    for (const view of ['view-day', 'view-list', 'view-map'] as const) {
      await person.by(view).click();
      expect(await person.findings(), view).toEqual([]);
      if (view !== 'view-map') await person.shoot(`console-${view}`);
    }
    await person.page.locator(`[data-testid="job-list"] [data-id="${job.id}"]`).click();
    await person.sees('job-panel', 'status', 'requested', 'the job to triage');

    await person.by('act-triage').click();
    await person.by('triage-like').first().click();
    expect(await person.findings(), 'triage').toEqual([]);
    await person.shoot('console-triage');
    await person.by('triage-confirm').click();
    await person.page.locator('[data-testid="job-panel"]:not([data-status="requested"])').waitFor({ timeout: 20_000 });

    await person.by('act-reschedule').click();
    await person.by('window-slot').last().check({ force: true });
    expect(await person.findings(), 'reschedule').toEqual([]);
    await person.shoot('console-reschedule');
    // The planner may offer the job in this very moment; the refusal then shows the new state and the dispatcher confirms it.
    const confirm = person.by('reschedule-confirm');
    await until('the new time taken', async () => {
      if ((await confirm.count()) === 0) return true;
      await confirm.click({ timeout: 2_000 }).catch(() => undefined);
      return undefined;
    });

    const before = await staff.get<JobView>(`/v1/jobs/${job.id}`);
    if (before.status === 'queued' || before.status === 'offered') {
      await person.by('act-offer').click();
      await person.by('candidate').first().waitFor({ timeout: 10_000 });
      expect(await person.findings(), 'offer').toEqual([]);
      await person.shoot('console-offer');
      await person.page.keyboard.press('Escape');
    }
    await person.by('show-contact').click();
    await expect.poll(() => person.by('contact').textContent(), { timeout: 10_000 }).toContain('13900000000');

    await person.by('act-cancel').click();
    await person.by('cancel-reason').fill('Repaired by itself');
    expect(await person.findings(), 'cancel').toEqual([]);
    await person.by('cancel-confirm').click();
    await person.sees('job-panel', 'status', 'cancelled', 'the cancellation');
    expect(person.errors).toEqual([]);
    await person.close();
  });

  it('lets the customer cancel by the link alone', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const staff = await Client.signIn(dispatcher);
    const { now } = await staff.get<{ now: string }>('/v1/clock');
    const filed = await staff.post<JobReply>('/v1/jobs', {
      category: 'other', place: { lon: 121, lat: 31 }, contact: { name: 'Lin', phone: '13900000000' }, window: { from: new Date(Date.parse(now) + 3_600_000).toISOString(), to: new Date(Date.parse(now) + 7_200_000).toISOString() },
    });
    const person = await Person.at(browser, phone);
    await person.open(`/track/${filed.trackingToken}`);
    await person.live();
    await person.by('track-reschedule').click();
    await person.by('window-slot').last().check({ force: true });
    expect(await person.findings(), 'reschedule').toEqual([]);
    await person.by('track-reschedule-confirm').click();
    await person.by('track-reschedule-confirm').waitFor({ state: 'detached', timeout: 20_000 });
    await person.by('track-cancel').click();
    await person.by('track-cancel-reason').fill('No longer needed');
    await person.by('track-cancel-confirm').click();
    await person.sees('tracking', 'status', 'cancelled', 'the cancellation');
    expect(await person.findings(), 'cancelled').toEqual([]);
    await person.shoot('track-cancelled');
    expect((await staff.get<JobView>(`/v1/jobs/${filed.id}`)).cancelReason).toBe('No longer needed');
    await person.close();
  });

  it('draws the city as soon as its parts can be had', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, desktop);
    let refusals = 0;
    await person.page.route('**/basemap/roads.json', (route) => (refusals++ < 2 ? route.abort() : route.continue()));
    const arrived = person.page.waitForResponse((r) => r.url().endsWith('/basemap/roads.json') && r.ok(), { timeout: 30_000 });
    await person.open('/request/');
    await arrived;
    expect(refusals).toBeGreaterThan(2);
    expect(person.errors).toEqual([]);
    await person.close();
  });

  it('answers a wrong password in words', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, phone);
    await person.open('/console/');
    await person.by('user').fill('nobody');
    await person.by('password').fill('wrong');
    await person.by('sign-in-submit').click();
    await person.sees('notice', 'code', 'auth.wrong_credentials', 'the refusal');
    await person.close();
  });
});
