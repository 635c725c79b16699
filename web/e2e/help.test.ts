import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobView, Zone } from '../shared/api/types';
import { Client, desktop, dispatcher, missing, openBrowser, Person, phone } from './harness';
import { aPhone, day, readers, toProblem } from './journey';

describe('from self-diagnosis to remote help, without a job', () => {
  let browser: Browser;
  let staff: Client;

  beforeAll(async () => {
    if (missing) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
  });
  afterAll(() => browser?.close());

  const jobsOf = async (model: string) => (await staff.get<{ items: JobView[] }>(`/v1/jobs?q=${model.toLowerCase()}`)).items;

  for (const { code, lang, word } of readers)
    it(`solves it on the spot for a reader of ${code}`, async ({ skip }) => {
      skip(missing !== undefined, missing);
      const person = await Person.at(browser, phone, { locale: lang });
      const device = aPhone();
      await person.open('/help/');
      await person.page.getByRole('heading', { level: 1, name: word }).waitFor({ timeout: 20_000 });
      expect(await person.page.getAttribute('html', 'lang')).toBe(code);
      await toProblem(person, device, day(-20));
      await person.by('problem-software').click();
      await person.sees('question', 'question', 'restart', 'the first question');
      await person.shoot(`help-question-${code}`);
      expect(await person.findings(), 'a question').toEqual([]);

      // The next question, and the browser's own way back from it.
      await person.by('answer-no').click();
      await person.sees('question', 'question', 'update', 'the second question');
      await person.page.goBack();
      await person.sees('question', 'question', 'restart', 'back at the first question');
      await person.by('answer-yes').click();
      await person.sees('end', 'kind', 'remote', 'remote help');
      expect(await person.by('remote-steps').locator('li').count()).toBeGreaterThan(0);
      await person.shoot(`help-remote-${code}`);
      expect(await person.findings(), 'remote help').toEqual([]);
      await person.by('solved').click();
      await person.by('all-solved').waitFor({ timeout: 10_000 });
      await person.shoot(`help-solved-${code}`);
      expect(await person.findings(), 'solved').toEqual([]);

      // Nothing was filed, and nothing is kept on the device.
      expect(await jobsOf(device.model)).toEqual([]);
      expect(await person.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith('dispatch.help')))).toEqual([]);
      expect(person.outside).toEqual([]);
      expect(person.errors).toEqual([]);
      await person.close();

      const console = await Person.at(browser, desktop);
      await console.signIn('/console/', dispatcher);
      await console.live();
      await console.by('search').fill(device.model);
      await expect.poll(() => console.by('job-row').count()).toBe(0);
      await console.close();
    });

  it('goes on where it did not help, can be left and taken up again, and every screen can be gone back to', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, phone, { dark: true });
    const device = aPhone();
    await person.open('/help/');
    await toProblem(person, device, day(-400), { invoice: 'copy', card: 'missing' });
    await person.by('problem-software').click();
    await person.by('answer-yes').click();
    await person.sees('end', 'kind', 'remote', 'remote help');
    await person.by('not-solved').click();
    await person.by('damage-none').check({ force: true });
    expect(await person.findings(), 'condition').toEqual([]);

    // Left and come back: what was said is still there, and the way goes on from its end.
    await person.open('/');
    await person.by('surface-help').waitFor({ timeout: 20_000 });
    await person.open('/help/');
    await person.by('resume-go').click();
    await person.sees('help', 'screen', 'condition', 'taken up again');
    await person.by('next').click();
    await person.by('decision').waitFor({ timeout: 20_000 });
    expect(await person.page.locator('[data-testid="owed-not"] [data-clause="year/repair"]').getAttribute('data-code')).toBe('entitlement.period_over');
    await person.shoot('help-owed-dark');
    expect(await person.findings(), 'owed').toEqual([]);
    for (const before of ['condition', 'device']) {
      await person.by('back').click();
      await person.sees('help', 'screen', before, `back at ${before}`);
    }
    await person.page.goForward();
    await person.page.goForward();
    await person.sees('help', 'screen', 'owed', 'forward again');
    expect(person.errors).toEqual([]);
    await person.close();
  });

  it('leads from the comparison by one press to the tracking link', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
    const person = await Person.at(browser, phone, { locale: 'zh-CN' });
    const device = aPhone();
    await person.open('/help/');
    await toProblem(person, device, day(-30));
    await person.by('problem-screen').click();
    await person.by('answer-yes').click();
    await person.sees('end', 'kind', 'fault', 'a probable fault');
    await person.by('next').click();
    await person.by('next').click();
    const free = person.page.locator('[data-testid="owed-option"][data-clause="year/repair"]');
    await free.waitFor({ timeout: 20_000 });
    await person.by('next').click();
    await person.by('lon').fill(String(zone.depot!.place.lon + 0.02));
    await person.by('lat').fill(String(zone.depot!.place.lat));
    await person.by('address').fill('12 Lotus Lane');
    await person.by('next').click();
    await person.by('offers').waitFor({ timeout: 20_000 });
    // Every way once: with a price, or with a reason in words and not as a code.
    expect((await person.by('offer').count()) + (await person.by('not-offered-mode').count())).toBe(11);
    for (const why of await person.by('not-offered-mode').all()) expect(await why.textContent()).not.toMatch(/(offer|plan|point|job)\.[a-z_]+/);
    expect(await person.by('cheapest').count()).toBe(1);
    expect(await person.by('soonest').count()).toBe(1);
    await person.shoot('help-compare-zh-Hans');
    expect(await person.findings(), 'the comparison').toEqual([]);
    await person.by('choose-mailIn').click();
    await person.by('book-submit').click();
    await person.page.locator('#f-name[aria-invalid="true"]').waitFor({ timeout: 5_000 });
    await person.by('name').fill('Chen Yu');
    await person.by('phone').fill('138 0000 0000');
    expect(await person.findings(), 'the booking').toEqual([]);
    await person.by('book-submit').click();
    await person.by('filed').waitFor({ timeout: 20_000 });
    await person.by('track-link').click();
    await person.by('tracking').waitFor({ timeout: 20_000 });
    expect(await jobsOf(device.model)).toMatchObject([{ mode: 'mailIn', category: 'screen', device: { serial: device.imei } }]);
    expect(person.errors).toEqual([]);
    await person.close();
  });

  it('refuses a number that cannot be right, by keyboard alone, and says why', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, desktop);
    const { keyboard } = person.page;
    await person.open('/help/');
    await person.by('kind-phone').focus();
    await keyboard.press('Enter');
    await person.by('brand').focus();
    await keyboard.type('Huawei');
    await keyboard.press('Tab');
    await keyboard.type('P60 Pro');
    await keyboard.press('Enter');
    await person.by('number').focus();
    await keyboard.type('490154203237515');
    await person.sees('number-said', 'kind', 'checkDigit', 'the wrong digit');
    await keyboard.press('Enter');
    await person.sees('help', 'screen', 'number', 'still at the number');
    await keyboard.press('Backspace');
    await keyboard.type('8');
    await person.sees('number-said', 'kind', 'imei', 'the right number');
    expect(await person.findings(), 'number').toEqual([]);
    await person.shoot('help-number');
    await keyboard.press('Enter');
    await person.sees('help', 'screen', 'bought', 'the day of purchase');
    // A screen reader hears the new question: its heading has the focus.
    await expect.poll(() => person.page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await person.close();
  });
});
