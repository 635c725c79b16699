import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobReply } from '../shared/api/types';
import { anAccount, Client, desktop, dispatcher, missing, missingManager, openBrowser, Person, phone, server } from './harness';

const languages = [
  { lang: 'en-GB', code: 'en', gone: 'This link is no longer valid' },
  { lang: 'zh-CN', code: 'zh-Hans', gone: '此链接已失效' },
  { lang: 'zh-TW', code: 'zh-Hant', gone: '此連結已失效' },
] as const;

describe('a customer’s link in wrong hands', () => {
  let browser: Browser;
  beforeAll(async () => {
    if (!missing) browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  const file = async (): Promise<JobReply> => {
    const staff = await Client.signIn(dispatcher);
    const now = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
    return staff.post<JobReply>('/v1/jobs', {
      category: 'other', place: { lon: 121.01, lat: 31.01 }, contact: { name: 'Lin Mei', phone: '13800000000' }, symptom: 'Makes a noise',
      window: { from: new Date(now + 3_600_000).toISOString(), to: new Date(now + 6 * 3_600_000).toISOString() },
    });
  };

  const openJob = async (person: Person, id: string): Promise<void> => {
    await person.by('search').fill(id);
    await person.page.locator(`[data-testid="job-row"][data-job="${id}"]`).first().click();
    await person.by('job-panel').waitFor();
  };

  it('is withdrawn by a dispatcher: the open page says so at once, and a new link works', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const job = await file();
    const customer = await Person.at(browser, phone);
    await customer.open(`/track/${job.trackingToken}`);
    await customer.live();
    const staff = await Person.at(browser, desktop);
    await staff.signIn('/console/', dispatcher);
    await staff.live();
    await openJob(staff, job.id);

    await staff.by('link-withdraw').click();
    await staff.by('link-reason').fill('sent to a wrong number');
    await staff.by('link-confirm').click();
    await staff.sees('tracking-link', 'state', 'withdrawn', 'the console');
    await customer.sees('track-unknown', 'code', 'track.withdrawn', 'the page that was open');
    expect(await customer.by('connection').count()).toBe(0);
    await customer.shoot('track-withdrawn');
    await staff.by('tracking-link').scrollIntoViewIfNeeded();
    await staff.shoot('console-link-withdrawn');

    await staff.by('link-renew').click();
    await staff.by('link-confirm').click();
    await staff.sees('tracking-link', 'state', 'replaced', 'the console');
    const url = (await staff.by('new-link').textContent())!.trim();
    expect(url.startsWith(`${server}/track/`)).toBe(true);
    await staff.by('tracking-link').scrollIntoViewIfNeeded();
    await staff.shoot('console-link-new');
    const again = await Person.at(browser, phone);
    await again.page.goto(url);
    await again.sees('tracking', 'mode', 'doorToDoor', 'the new link');
    await again.live();
    await customer.page.reload();
    await customer.sees('track-unknown', 'code', 'track.withdrawn', 'the old link, opened anew');
    expect([...customer.errors, ...staff.errors, ...again.errors]).toEqual([]);
  });

  it('is replaced by an agent at the desk', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const job = await file();
    const asked = await fetch(`${server}/v1/contacts`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${job.trackingToken}` }, body: JSON.stringify({ text: 'Somebody else has my link', jobId: job.id }),
    });
    const contact = (await asked.json()) as { id: string };
    const agent = await Person.at(browser, desktop);
    await agent.signIn('/desk/', await anAccount('agent'));
    await agent.live();
    await agent.page.locator(`[data-testid="thing"][data-id="${contact.id}"]`).first().click();
    await agent.by('job').waitFor({ timeout: 20_000 });
    await agent.by('link-renew').click();
    await agent.by('link-confirm').click();
    await agent.sees('tracking-link', 'state', 'replaced', 'the desk');
    await agent.shoot('desk-link-new');
    const old = await Person.at(browser, phone);
    await old.open(`/track/${job.trackingToken}`);
    await old.sees('track-unknown', 'code', 'track.withdrawn', 'the old link');
    expect(agent.errors).toEqual([]);
  });

  for (const { lang, code, gone } of languages)
    it(`says in ${code} that it is over`, async ({ skip }) => {
      skip(missing !== undefined, missing);
      const job = await file();
      const staff = await Client.signIn(dispatcher);
      await staff.post(`/v1/jobs/${job.id}/tracking-link/withdraw`, {});
      const customer = await Person.at(browser, phone, { locale: lang });
      await customer.open(`/track/${job.trackingToken}`);
      await customer.page.getByRole('heading', { level: 1, name: gone }).waitFor({ timeout: 20_000 });
      await customer.shoot(`track-withdrawn-${code}`);
      expect(await customer.findings()).toEqual([]);
      expect(customer.errors).toEqual([]);
    });
});
