import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobReply, JobView, MessageView, PointView, Snapshot } from '../shared/api/types';
import { dayOf, knownZone, momentOf } from '../shared/i18n/zone';
import { clockTime } from '../shared/i18n/format';
import { Client, desktop, dispatcher, missing, openBrowser, Person, phone, technician, until } from './harness';

const shanghai = knownZone('Asia/Shanghai')!;
const newYork = { timeZone: 'America/New_York', locale: 'en-US' };
const HOUR = 3_600_000;

describe('a reader whose clock is another than the company’s', () => {
  let browser: Browser;
  let staff: Client;
  let reply: JobReply;
  let token = '';
  let from = 0;

  beforeAll(async () => {
    if (missing) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
    const { now } = await staff.get<{ now: string }>('/v1/clock');
    // Late in the evening by the clock of Shanghai, which is the morning in New York.
    from = momentOf(shanghai, dayOf(shanghai, Date.parse(now) + 24 * HOUR), 21, 30);
    const zone = (await staff.get<{ items: { depot?: { place: { lon: number; lat: number } } }[] }>('/v1/zones')).items[0];
    reply = await staff.post<JobReply>('/v1/jobs', {
      category: 'other', place: zone?.depot?.place ?? { lon: 121, lat: 31 }, contact: { name: 'Lin', phone: '13900000000', language: 'en' }, symptom: 'Makes a noise',
      window: { from: new Date(from).toISOString(), to: new Date(from + 2 * HOUR).toISOString() },
    });
    token = reply.trackingToken ?? new URL(reply.trackingUrl ?? '', 'http://x').pathname.split('/').pop() ?? '';
  });
  afterAll(() => browser?.close());

  it('reads the same time in the message and on the page, and whose time it is', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const message = await until('the request is confirmed', async () => (await staff.get<{ items: MessageView[] }>(`/v1/messages?jobId=${reply.id}`)).items.find((m) => m.template === 'requested'));
    expect(message.text).toContain('21:30-23:30');
    const person = await Person.at(browser, phone, newYork);
    await person.open(`/track/${token}`);
    await person.live();
    expect(await person.page.locator('.arrival').first().innerText()).toContain('21:30–23:30');
    expect(await person.by('zone').first().getAttribute('data-zone')).toBe('Asia/Shanghai');
    expect(await person.by('zone').first().innerText()).toMatch(/China Standard Time|GMT\+8/);
    await person.shoot('track-new-york');
    expect(await person.findings()).toEqual([]);
    expect(person.errors).toEqual([]);
    await person.close();
  });

  it('chooses hours of the place', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, phone, newYork);
    await person.open(`/track/${token}`);
    await person.live();
    await person.by('track-reschedule').click();
    const slot = person.by('window-slot').last();
    const words = await slot.locator('xpath=..').innerText();
    await slot.check({ force: true });
    await person.by('track-reschedule-confirm').click();
    const job = await until('the window is another', async () => {
      const now = await staff.get<JobView>(`/v1/jobs/${reply.id}`);
      return Date.parse(now.windows[0]!.from) === from ? undefined : now;
    });
    expect(words.trim()).toBe('18:00–20:00');
    expect(`${clockTime('en', shanghai, job.windows[0]!.from)}–${clockTime('en', shanghai, job.windows[0]!.to)}`).toBe('18:00–20:00');
    await person.close();
  });

  it('reads the place’s clock on the pages of staff, and its zone beside it', async ({ skip }) => {
    skip(missing !== undefined, missing);
    for (const [path, who, size] of [['/console/', dispatcher, desktop], ['/desk/', dispatcher, desktop], ['/outbox/', dispatcher, desktop], ['/point/', dispatcher, desktop], ['/register/', dispatcher, desktop], ['/technician/', technician, phone]] as const) {
      const person = await Person.at(browser, size, newYork);
      await person.signIn(path, who);
      await person.by('zone').first().waitFor({ timeout: 20_000 });
      expect([path, await person.by('zone').first().getAttribute('data-zone')]).toEqual([path, 'Asia/Shanghai']);
      if (path === '/console/') {
        const now = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
        const clock = (await person.page.locator('.clock').first().innerText()).slice(0, 5);
        const apart = Math.abs(momentOf(shanghai, dayOf(shanghai, now), Number(clock.slice(0, 2)), Number(clock.slice(3))) - now);
        expect(Math.min(apart, 24 * HOUR - apart)).toBeLessThan(HOUR);
      }
      await person.shoot(`new-york${path.replaceAll('/', '-').slice(0, -1)}`);
      expect([path, person.errors]).toEqual([path, []]);
      await person.close();
    }
  });

  it('at home is told nothing of zones', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, phone);
    await person.open(`/track/${token}`);
    await person.live();
    expect(await person.by('zone').count()).toBe(0);
    await person.close();
  });
});

describe('records that are wrong', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (!missing) browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('leave the rest of the console standing, and are told for what they are', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const staff = await Client.signIn(dispatcher);
    const { now } = await staff.get<{ now: string }>('/v1/clock');
    const zone = (await staff.get<{ items: { depot?: { place: { lon: number; lat: number } } }[] }>('/v1/zones')).items[0];
    const file = () =>
      staff.post<JobReply>('/v1/jobs', {
        category: 'other', place: zone?.depot?.place ?? { lon: 121, lat: 31 }, contact: { name: 'Lin', phone: '13900000000' }, symptom: 'Broken',
        window: { from: new Date(Date.parse(now) + HOUR).toISOString(), to: new Date(Date.parse(now) + 3 * HOUR).toISOString() },
      });
    const [wrong, good] = [await file(), await file()];
    const points = (await staff.get<{ items: PointView[] }>('/v1/points')).items;
    const person = await Person.at(browser, desktop);
    await person.page.route('**/v1/streams/zone/*/snapshot', async (route) => {
      const response = await route.fetch();
      const snapshot = (await response.json()) as Snapshot;
      for (const point of snapshot.points ?? [])
        if (point.id === points[0]?.id) Object.assign(point, { hours: { ...point.hours, timeZone: 'China Standard Time', effectiveTimeZone: 'Middle/Earth' } });
        else if (point.id === points[1]?.id) for (const name of ['hours', 'skills', 'brands', 'days', 'name']) delete (point as unknown as Record<string, unknown>)[name];
      for (const job of snapshot.jobs)
        if (job.id === wrong.id) Object.assign(job, { status: 'levitating', mode: 'walkIn', windows: null, updatedAt: 'soon', requestedAt: 'never', parcels: {}, booking: { pointId: 'point_nowhere', benchDay: '', category: 'toaster', promisedAt: 'one day', confirmed: true }, quote: { number: 1, status: 'open', lines: 5, total: 5, ifRefused: 0, currency: 'RMB!', givenAt: 'x', validUntil: 'y' } });
      await route.fulfill({ response, json: snapshot });
    });
    await person.signIn('/console/', dispatcher);
    await person.live();
    await person.by('tab-points').click();
    await person.page.locator(`[data-testid="point-row"][data-point="${points[0]!.id}"]`).waitFor({ timeout: 20_000 });
    expect(await person.by('point-row').count()).toBe(points.length);
    await person.page.locator(`[data-testid="point-row"][data-point="${points[0]!.id}"]`).click();
    expect(await person.by('point-panel').innerText()).toContain('China Standard Time');
    await person.shoot('console-strange-zone');
    await person.by('tab-jobs').click();
    const row = (id: string) => person.page.locator(`[data-testid="job-list"] [data-id="${id}"]`);
    for (const id of [wrong.id, good.id]) {
      await person.page.locator('#search').fill(id);
      await row(id).waitFor({ timeout: 20_000 });
      await row(id).click();
      await person.page.locator('[data-testid="job-panel"], [data-testid="broken"]').first().waitFor({ timeout: 20_000 });
      // Told for what it is, or shown as far as it goes: either way nothing else suffers.
      if (id === good.id) expect(await person.by('broken').count()).toBe(0);
      await person.shoot(`console-${id === wrong.id ? 'wrong' : 'good'}-record`);
    }
    await person.by('view-list').click();
    await person.page.locator(`[data-testid="job-table"] [data-job="${good.id}"]`).waitFor({ timeout: 20_000 });
    await person.by('view-day').click();
    await person.by('timeline').waitFor({ timeout: 20_000 });
    expect(person.errors).toEqual([]);
    await person.close();
  });

  it('of the map’s view are said: the badge is not simply live', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, desktop);
    await person.page.routeWebSocket(/\/hub/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        const call = /^\{.*"target":"SetView".*\}/.exec(String(message));
        if (!call) return server.send(message);
        const { invocationId } = JSON.parse(String(message).split('\u001e')[0]!) as { invocationId: string };
        socket.send(`${JSON.stringify({ type: 3, invocationId, error: "An unexpected error occurred invoking 'SetView' on the server. HubException: request.invalid" })}\u001e`);
      });
    });
    await person.signIn('/console/', dispatcher);
    await person.live();
    await person.sees('connection', 'blind', 'true', 'a refused view');
    await person.by('map-blind').waitFor();
    await person.shoot('console-blind');
    expect(await person.findings()).toEqual([]);
    expect(person.errors).toEqual([]);
    await person.close();
  });
});
