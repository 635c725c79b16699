import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContactDetail } from '../shared/api/desk';
import type { JobView, Zone } from '../shared/api/types';
import { anAccount, Client, desktop, dispatcher, missing, missingManager, openBrowser, Person, phone } from './harness';
import { aPhone, day, readers, toOffer, toProblem } from './journey';

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

  for (const { code, lang } of readers)
    it(`asks a person in ${code}, wherever the way stands`, async ({ skip }) => {
      skip(missing !== undefined, missing);
      const person = await Person.at(browser, code === 'en' ? desktop : phone, { locale: lang, dark: code === 'zh-Hant' });
      await person.open('/help/#person');
      await person.by('person-ask').click();
      await person.page.locator('#f-text[aria-invalid="true"]').waitFor({ timeout: 5_000 });
      await person.by('how-call').check({ force: true });
      await person.by('person-text').fill('?');
      await person.by('person-ask').click();
      await person.page.locator('#f-phone[aria-invalid="true"]').waitFor({ timeout: 5_000 });
      expect(await person.findings(), 'what is missing').toEqual([]);
      await person.shoot(`help-person-${code}`);
      await person.by('person-phone').fill('138 0000 0000');
      await person.by('person-ask').click();
      await person.sees('consultation', 'status', 'waiting', 'the question is with the desk');
      expect(await person.findings(), 'waiting').toEqual([]);
      await person.shoot(`help-waiting-${code}`);
      // Still there after a reload, with the promise; then nobody needs to answer any more.
      await person.page.reload();
      await person.sees('consultation', 'status', 'waiting', 'the question after a reload');
      await person.by('leave').click();
      await person.sees('consultation', 'status', 'ended', 'left');
      expect(await person.page.evaluate(() => document.documentElement.scrollWidth)).toBe(code === 'en' ? desktop.width : phone.width);
      expect(person.errors).toEqual([]);
      await person.close();
    });

  it('leads from a way that nobody can book to a person, with what was offered', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
    const person = await Person.at(browser, desktop, { dark: true });
    await person.open('/help/');
    await toProblem(person, { ...aPhone(), model: 'P60 Pro' }, day(-400));
    await person.by('problem-screen').click();
    await person.by('answer-yes').click();
    await person.by('next').click();
    await person.by('next').click();
    await toOffer(person, { lon: zone.depot!.place.lon + 0.02, lat: zone.depot!.place.lat }, 'mailIn');
    await person.by('grade').first().selectOption('good');
    const ask = person.by('ask-tradeIn');
    await ask.waitFor({ timeout: 20_000 });
    await ask.scrollIntoViewIfNeeded();
    await person.shoot('help-instead-dark');
    expect(await person.findings(), 'a way to ask for').toEqual([]);
    await ask.click();
    const known = (await person.by('person-known').textContent())!;
    expect(known).toMatch(/Trade it in.*offered at.*\d/i);
    await person.shoot('help-person-known-dark');
    await person.by('person-ask').click();
    await person.sees('consultation', 'status', 'waiting', 'the wish is with the desk');
    const { words } = await staff.get<ContactDetail>(`/v1/contacts/${await person.by('consultation').getAttribute('data-id')}`);
    expect(words.map((w) => w.text).join()).toMatch(/offered at/);
    expect(person.errors).toEqual([]);
    await person.close();
  });

  it('asks a person, who answers within the promise and books for the customer', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
    const desk = await Person.at(browser, desktop);
    await desk.signIn('/desk/', await anAccount('agent'));
    await desk.live();
    const customer = await Person.at(browser, phone);
    const device = aPhone();
    await customer.open('/help/');
    await toProblem(customer, device, day(-30));
    await customer.by('problem-software').click();
    await customer.by('answer-yes').click();
    await customer.sees('end', 'kind', 'remote', 'remote help');
    await customer.by('ask-person').click();
    // What is known so far is passed on: the device, the fault, and that it is remote help that is asked for.
    for (const known of [device.model, device.imei, 'Help over the line']) expect(await customer.by('person-known').textContent()).toContain(known);
    await customer.by('person-text').fill('It froze again at once');
    await customer.by('person-name').fill('Chen Yu');
    await customer.by('person-phone').fill('138 0000 0001');
    await customer.by('person-ask').click();
    await customer.sees('consultation', 'status', 'waiting', 'waiting');
    const id = (await customer.by('consultation').getAttribute('data-id'))!;

    const row = desk.page.locator(`[data-testid="thing"][data-id="${id}"]`);
    await row.waitFor({ timeout: 20_000 });
    expect(await row.textContent()).toContain((await customer.by('reference').textContent())!);
    await row.click();
    await desk.by('claim').click();
    await customer.sees('consultation', 'status', 'talking', 'somebody is there');
    await desk.by('say-text').fill('Then somebody has to look at it');
    await desk.by('say').click();
    await customer.page.locator('[data-voice="agent"]', { hasText: 'somebody has to look' }).waitFor({ timeout: 20_000 });
    await customer.by('say').fill('Please do');
    await customer.by('say-send').click();
    await desk.page.locator('[data-testid="word"][data-voice="customer"]', { hasText: 'Please do' }).waitFor({ timeout: 20_000 });
    expect(await customer.findings(), 'the conversation').toEqual([]);
    await customer.shoot('help-conversation');
    const { contact } = await staff.get<ContactDetail>(`/v1/contacts/${id}`);
    expect(contact).toMatchObject({ channel: 'web', kind: 'consultation', category: 'software', brand: device.brand, model: device.model });
    expect(Date.parse(contact.answeredAt!)).toBeLessThan(Date.parse(contact.answerBy));

    // The agent goes the customer's way with them: what was said is there already, and nothing of it stays on the device.
    const way = await desk.beside(() => desk.by('compare-and-book').click());
    await way.by('kind-phone').click();
    await expect.poll(() => way.by('model').inputValue()).toBe(device.model);
    await way.by('back').click();
    await toProblem(way, device, day(-30));
    await way.by('problem-screen').click();
    await way.by('answer-yes').click();
    expect(await way.by('ask-person').count(), 'the agent is the person').toBe(0);
    await way.by('next').click();
    await way.by('next').click();
    await toOffer(way, { lon: zone.depot!.place.lon + 0.02, lat: zone.depot!.place.lat }, 'mailIn');
    await way.shoot('desk-compare');
    expect(await way.findings(), 'the comparison for a customer').toEqual([]);
    await way.by('choose-mailIn').click();
    await way.by('from-contact').click();
    await expect.poll(() => way.by('name').inputValue()).toBe('Chen Yu');
    await way.shoot('desk-book');
    await way.by('book-submit').click();
    await way.by('filed').waitFor({ timeout: 20_000 });
    expect(await way.page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((key) => key.startsWith('dispatch.help')))).toEqual([]);

    // The note names the job, and the desk shows it; then it is what came of the contact.
    await desk.by('job').waitFor({ timeout: 20_000 });
    await desk.shoot('desk-booked');
    expect(await desk.findings(), 'a contact with its job').toEqual([]);
    expect(await desk.by('outcome').inputValue()).toBe('jobFiled');
    await way.by('end-contact').click();
    await desk.sees('contact', 'status', 'ended', 'the end at the desk');
    await customer.sees('consultation', 'status', 'ended', 'the end for the customer');
    await way.shoot('desk-way-ended');
    expect(await way.findings(), 'booked for a customer').toEqual([]);
    const [job] = await jobsOf(device.model);
    expect(job).toMatchObject({ mode: 'mailIn', contactId: id, channel: 'web' });
    expect((await staff.get<ContactDetail>(`/v1/contacts/${id}`)).contact).toMatchObject({ status: 'ended', outcome: 'jobFiled', jobId: job!.id });
    await desk.by('job-device').getByText(device.model).waitFor({ timeout: 20_000 });
    for (const person of [desk, way, customer]) {
      expect(person.errors).toEqual([]);
      expect(person.outside).toEqual([]);
    }
    await customer.close();
    await desk.close();
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
