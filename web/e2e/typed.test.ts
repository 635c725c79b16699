import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobReply, JobView, Zone } from '../shared/api/types';
import { Client, desktop, dispatcher, missingManager as missing, openBrowser, Person, phone, until } from './harness';

const arabic = '\u0639\u0644\u064A \u062D\u0633\u0646';

/** What people type is not always what they mean: pages say which field, and show it in its own direction. */
describe('what people typed', () => {
  let browser: Browser;
  let staff: Client;
  let zone: Zone;

  beforeAll(async () => {
    if (missing) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
    zone = (await staff.get<{ items: Zone[] }>('/v1/zones')).items[0]!;
  });
  afterAll(() => browser?.close());

  const model = `T${Date.now().toString(36)}`;

  async function file(serial: string): Promise<JobReply> {
    const now = Date.parse((await staff.get<{ now: string }>('/v1/clock')).now);
    return staff.post<JobReply>('/v1/jobs', {
      category: 'other', place: { lon: zone.depot!.place.lon + 0.01, lat: zone.depot!.place.lat + 0.01 }, contact: { name: arabic, phone: '0049 176 1234567' }, symptom: `${arabic} 2`,
      device: { brand: 'Huawei', model, serial }, window: { from: new Date(now).toISOString(), to: new Date(now + 8 * 3_600_000).toISOString() },
    });
  }

  it('is questioned at once: which number looks wrong, and which cannot be one', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const person = await Person.at(browser, phone);
    await person.open('/request/');
    await person.by('category-screen').check({ force: true });
    await person.by('lon').fill(String(zone.depot!.place.lon));
    await person.by('lat').fill(String(zone.depot!.place.lat));
    await person.by('mode-mailIn').check({ force: true });
    await person.by('address').fill('12 Lotus Lane');
    await person.by('name').fill('Chen Yu');
    await person.by('phone').fill('12345678901234567890');
    await person.by('request-submit').click();
    const refused = person.page.locator('[data-testid="notice"][data-code="request.invalid"]');
    await refused.waitFor({ timeout: 10_000 });
    expect(await refused.textContent()).toContain('Phone number');
    await person.by('phone').fill('+1 000 000 0000');
    await person.by('request-submit').click();
    await person.page.locator('[data-testid="warning"][data-field="contact.phone"]').waitFor({ timeout: 10_000 });
    expect(await person.findings()).toEqual([]);
    await person.shoot('typed-warning');
    await person.close();
  });

  it('is shown in its own direction, and a mistyped device number is put right', async ({ skip }) => {
    skip(missing !== undefined, missing);
    const filed = await file('490154203237517');
    const person = await Person.at(browser, desktop);
    await person.signIn('/console/', dispatcher);
    await person.live();
    await person.by('search').fill(model);
    await person.page.locator(`[data-testid="job-row"][data-job="${filed.id}"]`).click();
    await person.by('job-panel').waitFor({ timeout: 10_000 });
    await person.by('show-contact').click();
    const contact = person.by('contact');
    await contact.waitFor({ timeout: 10_000 });
    // The number stands to the right of the name, and begins with its plus.
    const [name, number] = await Promise.all([contact.locator('bdi').first().boundingBox(), contact.locator('a').boundingBox()]);
    expect(number!.x).toBeGreaterThan(name!.x + name!.width - 1);
    expect(await contact.locator('a').textContent()).toBe('+491761234567');
    await person.page.locator('[data-testid="warning"][data-field="device.serial"]').waitFor({ timeout: 10_000 });
    await person.shoot('typed-console');
    await person.by('device-correct').click();
    await person.by('device-input').fill('490154203237518');
    await person.by('device-save').click();
    await person.by('device-form').waitFor({ state: 'detached', timeout: 10_000 });
    await until('the corrected number', async () => ((await staff.get<JobView>(`/v1/jobs/${filed.id}`)).device?.serial === '490154203237518' ? true : undefined));
    await person.page.locator('[data-testid="warning"][data-field="device.serial"]').waitFor({ state: 'detached', timeout: 10_000 });
    expect(await person.findings()).toEqual([]);
    await person.close();
  });
});
