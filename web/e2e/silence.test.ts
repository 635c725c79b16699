import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobReply } from '../shared/api/types';
import { Client, dispatcher, missing, openBrowser, phone, server, technician, until } from './harness';
import { TroubledNetwork } from './network';

/** Every page with a connection badge, and who looks at it. */
const pages = [
  { name: 'console', path: '/console/', who: dispatcher },
  { name: 'technician', path: '/technician/', who: technician },
  { name: 'point', path: '/point/', who: dispatcher },
  { name: 'desk', path: '/desk/', who: dispatcher },
  { name: 'outbox', path: '/outbox/', who: dispatcher },
  { name: 'track', path: '/track/', who: undefined },
] as const;

/** For how long a page may say "live" over a network that swallows everything, and how soon it is back after it; milliseconds. */
const NOT_LIVE_WITHIN = 10_000;
const BACK_WITHIN = 10_000;
const [ONE_WAY, BYTES_PER_SECOND] = [200, 50_000];

interface Seen {
  readonly name: string;
  readonly page: Page;
  readonly network: TroubledNetwork;
}

const stateOf = (page: Page) => page.getByTestId('connection').first().getAttribute('data-state');

/** How many milliseconds it takes until the badge is, or is not, live. */
async function passes(page: Page, live: boolean, within: number): Promise<number> {
  const began = performance.now();
  const badge = `[data-testid="connection"]${live ? '[data-state="live"]' : ':not([data-state="live"])'}`;
  await page.locator(badge).first().waitFor({ timeout: within });
  return performance.now() - began;
}

describe('a network that swallows everything', () => {
  let browser: Browser;
  let trackingToken = '';
  const seen: Seen[] = [];

  const file = async (): Promise<JobReply> => {
    const staff = await Client.signIn(dispatcher);
    const now = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
    return staff.post<JobReply>('/v1/jobs', {
      category: 'other', place: { lon: 121.01, lat: 31.01 }, contact: { name: 'Chen Yu', phone: '13800000000' }, symptom: 'x'.repeat(1_500),
      window: { from: new Date(now).toISOString(), to: new Date(now + 6 * 3_600_000).toISOString() },
    });
  };

  beforeAll(async () => {
    if (missing) return;
    browser = await openBrowser();
    trackingToken = (await file()).trackingToken!;
    for (const { name, path, who } of pages) {
      const network = await TroubledNetwork.to(server);
      // Each on a device of its own, and without anything between the page and its socket.
      const page = await (await browser.newContext({ viewport: phone, locale: 'en-GB' })).newPage();
      await page.goto(network.address + path + (who ? '' : trackingToken));
      if (who) {
        await page.getByTestId('user').fill(who.user);
        await page.getByTestId('password').fill(who.password);
        await page.getByTestId('sign-in-submit').click();
      }
      seen.push({ name, page, network });
    }
    await Promise.all(seen.map(({ page }) => passes(page, true, 60_000)));
  });
  afterAll(async () => {
    for (const { network } of seen) network.close();
    await browser?.close();
  });

  it('is not called live for ten seconds on any page, and every page is back soon after it', async ({ skip }) => {
    skip(missing !== undefined, missing);
    for (const { network } of seen) network.swallow();
    const noticed = await Promise.all(seen.map(async ({ name, page }) => [name, await passes(page, false, 40_000)] as const));
    // Long enough for attempts to connect to hang in it.
    await Promise.all(seen.map(({ page }) => page.locator('[data-testid="connection"][data-state="offline"]').first().waitFor({ timeout: 40_000 })));
    await new Promise((go) => setTimeout(go, 15_000));
    for (const { network } of seen) network.recover();
    const back = await Promise.all(seen.map(async ({ name, page }) => [name, await passes(page, true, 60_000)] as const));
    const seconds = (all: readonly (readonly [string, number])[]) => all.map(([name, took]) => `${name} ${(took / 1000).toFixed(1)} s`).join(', ');
    console.log(`not live after: ${seconds(noticed)}; back after: ${seconds(back)}`);
    expect(noticed.filter(([, took]) => took >= NOT_LIVE_WITHIN)).toEqual([]);
    expect(back.filter(([, took]) => took >= BACK_WITHIN)).toEqual([]);
  });

  it('differs from one that is slow: 400 ms there and back and 400 kbit/s stay live, also while much happens', async ({ skip }) => {
    skip(missing !== undefined, missing);
    for (const { network } of seen) network.slow(ONE_WAY, BYTES_PER_SECOND);
    for (const { page } of seen)
      await page.evaluate(() => {
        const states: string[] = [];
        Object.assign(globalThis, { states });
        const badge = document.querySelector('[data-testid="connection"]')!;
        new MutationObserver(() => states.push(badge.getAttribute('data-state')!)).observe(badge, { attributes: true, attributeFilter: ['data-state'] });
      });
    for (let i = 0; i < 40; i++) await file();
    await new Promise((go) => setTimeout(go, 30_000));
    const states = await Promise.all(seen.map(async ({ name, page }) => [name, await page.evaluate(() => (globalThis as unknown as { states: string[] }).states)] as const));
    expect(states.filter(([, all]) => all.some((state) => state === 'reconnecting' || state === 'offline'))).toEqual([]);
    // A page whose connection ends comes back over such a network too.
    for (const { network } of seen) network.cut();
    // The outbox asks again and again and holds no connection that could end.
    await Promise.all(seen.filter(({ name }) => name !== 'outbox').map(({ name, page }) => until(`${name} notices`, async () => ((await stateOf(page)) === 'live' ? undefined : true))));
    const back = await Promise.all(seen.map(async ({ name, page }) => [name, await passes(page, true, 60_000)] as const));
    console.log(`back over a slow network after: ${back.map(([name, took]) => `${name} ${(took / 1000).toFixed(1)} s`).join(', ')}`);
  });
});
