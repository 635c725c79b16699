import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobReply, JobView, TechnicianView, Zone } from '../shared/api/types';
import { Client, desktop, dispatcher, manager, missingManager as missing, openBrowser, Person, until } from './harness';

/** What a dispatcher does in the first five minutes at a new desk, without having read anything. */
describe('a dispatcher’s first five minutes', () => {
  let browser: Browser;
  let staff: Client;
  let zone: Zone;
  let person: Person;
  /** Two who can do what is asked here, so that one of them is always left to be chosen by hand. */
  let hands: TechnicianView[];

  beforeAll(async () => {
    if (missing) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
    zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
    // The day has technicians at work.
    for (const technician of (await staff.get<{ items: TechnicianView[] }>('/v1/technicians')).items.slice(0, 6)) if (!technician.onDuty) await staff.post(`/v1/technicians/${technician.id}/duty`, { onDuty: true });
    const boss = await Client.signIn(manager);
    const start = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now) - 3_600_000;
    hands = await Promise.all(
      ['Fang Lei', 'Fang Mei'].map((name) =>
        boss.post<TechnicianView>('/v1/technicians', {
          name, zone: zone.id, home: { lon: zone.depot!.place.lon + 0.012, lat: zone.depot!.place.lat + 0.01 }, skills: [{ code: 'software', level: 3 }], tools: [], stock: [],
          shift: { from: new Date(start).toISOString(), to: new Date(start + 20 * 3_600_000).toISOString() },
        }),
      ),
    );
    for (const hand of hands) await staff.post(`/v1/technicians/${hand.id}/duty`, { onDuty: true });
    person = await Person.at(browser, desktop);
  });
  afterAll(() => browser?.close());

  async function file(more: Record<string, unknown>): Promise<JobReply> {
    const now = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
    return staff.post<JobReply>('/v1/jobs', {
      category: 'software', place: { lon: zone.depot!.place.lon + 0.01, lat: zone.depot!.place.lat + 0.01 }, contact: { name: 'Chen Yu', phone: '13800000000' },
      window: { from: new Date(now).toISOString(), to: new Date(now + 8 * 3_600_000).toISOString() }, ...more,
    });
  }

  /** The job once this technician is asked or has it; undefined if nobody asks them in this time. */
  async function asked(job: string, technician: string, milliseconds: number): Promise<JobView | undefined> {
    for (const end = Date.now() + milliseconds; ; await new Promise((resume) => setTimeout(resume, 100))) {
      const view = await staff.get<JobView>(`/v1/jobs/${job}`);
      if (view.candidates?.includes(technician) || view.technicianId === technician) return view;
      if (Date.now() >= end) return undefined;
    }
  }

  it('signs in and sees the map, the lists and the figures agree', async ({ skip }) => {
    skip(missing !== undefined, missing);
    await file({ device: { brand: 'Apple', model: `D0${Date.now().toString(36)}` } });
    await person.signIn('/console/', dispatcher);
    await person.live();
    await person.page.locator('[data-testid="map"][data-ready="true"]').waitFor({ timeout: 20_000 });
    await person.by('job-row').first().waitFor({ timeout: 20_000 });
    const open = Number(await person.by('map').getAttribute('data-jobs'));
    expect(open).toBeGreaterThan(0);
    await expect.poll(async () => (await person.by('figure-open').textContent())?.replace(/\D/g, ''), { timeout: 10_000 }).toBe(String(open));
    await person.by('tab-technicians').click();
    await person.by('technician-row').first().waitFor({ timeout: 10_000 });
    await person.by('tab-jobs').click();
    expect(await person.findings()).toEqual([]);
    await person.shoot('dispatcher-first');
  });

  it('opens a job, understands why, and gives it to somebody by hand', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const model = `D1${Date.now().toString(36)}`;
    const filed = await file({ device: { brand: 'Apple', model } });
    await person.by('search').fill(model);
    const row = person.page.locator(`[data-testid="job-row"][data-job="${filed.id}"]`);
    await row.click();
    await person.by('job-panel').waitFor({ timeout: 10_000 });
    const job = await until('the plan’s first word', async () => {
      const view = await staff.get<JobView>(`/v1/jobs/${filed.id}`);
      return view.status !== 'queued' || view.unplaced ? view : undefined;
    });
    await person.by('section-why').click();
    await person.by('explanation').waitFor({ timeout: 15_000 });
    expect((await person.by('explanation').textContent())?.trim().length).toBeGreaterThan(10);
    expect(await person.findings()).toEqual([]);
    await person.shoot('dispatcher-why');

    // Whoever has it or is asked, the dispatcher may want another: taken back and given to one person.
    await person.by('section-details').click();
    const target = hands.find((x) => x.id !== job.technicianId && !job.candidates?.includes(x.id))!;
    const given = await until('the job given by hand', async () => {
      const view = await staff.get<JobView>(`/v1/jobs/${filed.id}`);
      const theirs = await asked(filed.id, target.id, 0);
      if (theirs) return theirs;
      if ((await person.page.locator('dialog[open]').count()) === 0) {
        const reassign = person.by('act-reassign');
        if (view.status !== 'queued' && (await reassign.count()) > 0) {
          await reassign.click({ timeout: 2_000 });
          await person.by('reassign-person').check();
          await person.page.locator(`[data-testid="candidate"][data-technician="${target.id}"]`).check();
          await person.by('reassign-reason').fill('Knows the customer');
          await person.by('reassign-confirm').click();
        } else {
          await person.by('act-offer').click({ timeout: 2_000 });
          await person.page.locator(`[data-testid="candidate"][data-technician="${target.id}"]`).check();
          await person.by('offer-confirm').click();
        }
      }
      // The planner may have acted in this very moment: the refusal says so, and the dispatcher begins anew. Otherwise the offer goes out within a tick of the plan.
      const dialog = person.page.locator('dialog[open]');
      const refused = await dialog.waitFor({ state: 'detached', timeout: 5_000 }).then(() => false, () => true);
      if (!refused) return asked(filed.id, target.id, 10_000);
      await dialog.locator('header button').click({ timeout: 2_000 }).catch(() => undefined);
      return undefined;
    }, 45_000);
    expect(given.status).toMatch(/offered|accepted/);
    await person.sees('job-panel', 'status', given.status, 'the job by hand');
    await person.by('section-history').click();
    await person.page.locator('[data-testid="history"] [data-type="job.offered"]').first().waitFor({ timeout: 10_000 });
  });

  it('looks at a technician and finds the way from there to a job', async ({ skip }) => {
    skip(missing !== undefined, missing);
    await person.by('search').fill('');
    await person.by('tab-technicians').click();
    const busy = (await staff.get<{ items: TechnicianView[] }>('/v1/technicians')).items.find((x) => x.commitments.length > 0)!;
    await person.page.locator(`[data-testid="technician-row"][data-technician="${busy.id}"]`).click();
    const panel = person.page.locator(`[data-testid="technician-panel"][data-technician="${busy.id}"]`);
    await panel.waitFor({ timeout: 10_000 });
    expect(await person.findings()).toEqual([]);
    await person.shoot('dispatcher-technician');
    await panel.locator('.stops button').first().click();
    await person.by('job-panel').waitFor({ timeout: 10_000 });
  });

  it('looks at the service points, filters by mode, and sees the same in the table', async ({ skip }) => {
    skip(missing !== undefined, missing);
    await file({ mode: 'mailIn', window: undefined, address: '12 Lotus Lane', device: { brand: 'Sony', model: `D2${Date.now().toString(36)}` } });
    await person.by('tab-jobs').click();
    await person.by('mode-mailIn').click();
    await person.page.locator('[data-testid="job-row"][data-mode="mailIn"]').first().waitFor({ timeout: 20_000 });
    expect(await person.page.locator('[data-testid="job-row"][data-mode="doorToDoor"]').count()).toBe(0);
    await person.by('mode-doorToDoor').click();
    await expect.poll(() => person.page.locator('[data-testid="job-row"][data-mode="mailIn"]').count()).toBe(0);
    await person.by('mode-all').click();
    await person.by('tab-points').click();
    if ((await person.by('point-row').count()) > 0) {
      await person.by('point-row').first().click();
      await person.by('point-panel').waitFor({ timeout: 10_000 });
      expect(await person.by('bench-load').first().locator('li').count()).toBeGreaterThan(0);
      expect(await person.findings()).toEqual([]);
      await person.shoot('dispatcher-point');
    }
    await person.by('view-list').click();
    await person.by('filter-open').click();
    await person.by('job-table').waitFor({ timeout: 10_000 });
    expect(await person.findings()).toEqual([]);
    await person.shoot('dispatcher-table');
    await person.by('view-map').click();
  });

  it('does the same by keyboard alone', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const { keyboard } = person.page;
    await person.by('tab-jobs').click();
    await keyboard.press('Escape');
    await keyboard.press('/');
    await expect.poll(() => person.page.evaluate(() => document.activeElement?.id)).toBe('search');
    await keyboard.press('Escape');
    // A visit of its own: what may be done about another job in the list depends on how far that has come.
    const model = `D3${Date.now().toString(36)}`;
    const filed = await file({ device: { brand: 'Apple', model } });
    await person.by('search').fill(model);
    await person.page.locator(`[data-testid="job-row"][data-job="${filed.id}"]`).waitFor({ timeout: 20_000 });
    await person.by('job-list').focus();
    await keyboard.press('ArrowDown');
    await person.by('job-panel').waitFor({ timeout: 10_000 });
    // The heading has the focus; what follows it is reached by Tab, and Escape leaves. How many stops
    // there are on the way depends on the job (links, copies, points it passed), so Tab goes on to the
    // last action of the panel or until it has left the panel.
    await expect.poll(() => person.page.evaluate(() => document.activeElement?.tagName)).toBe('H2');
    const reached: string[] = [];
    for (let inside = true; inside && reached.at(-1) !== 'act-cancel'; ) {
      await keyboard.press('Tab');
      const stop = await person.page.evaluate(() => {
        const focused = document.activeElement as HTMLElement | null;
        return { id: focused?.dataset['testid'] ?? '', inside: focused?.closest('[data-testid="job-panel"]') != null };
      });
      inside = stop.inside;
      reached.push(stop.id);
    }
    expect(reached).toContain('section-why');
    expect(reached).toContain('act-cancel');
    await keyboard.press('Escape');
    await person.by('job-panel').waitFor({ state: 'detached', timeout: 10_000 });
    expect(person.errors).toEqual([]);
    expect(person.outside).toEqual([]);
  });
});
