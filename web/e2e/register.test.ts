import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeviceView } from '../shared/api/types';
import { Client, desktop, dispatcher, manager, missingManager, openBrowser, Person, phone, until } from './harness';
import { aPhone, anImei, day } from './journey';

const password = 'a long enough password';

describe('the register of devices', () => {
  let browser: Browser;
  let staff: Client;
  let boss: Client;

  beforeAll(async () => {
    if (missingManager) return;
    browser = await openBrowser();
    staff = await Client.signIn(dispatcher);
    boss = await Client.signIn(manager);
  });
  afterAll(() => browser?.close());

  const of = async (imei: string) => (await staff.get<{ items: DeviceView[] }>(`/v1/devices?imei=${imei}`)).items[0];

  it('goes from a number nobody knows over what is owed to an exchange that every desk does its part of', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const device = aPhone();
    const given = anImei();
    const desk = await Person.at(browser, desktop);
    await desk.signIn('/register/', dispatcher);
    await desk.by('search').fill(`${device.imei.slice(0, 14)}${(Number(device.imei[14]) + 1) % 10}`);
    await desk.sees('search-said', 'kind', 'checkDigit', 'the wrong digit');
    await desk.by('search').fill(device.imei);
    await desk.by('search-submit').click();
    await desk.by('new-brand').fill(device.brand);
    await desk.by('new-model').fill(device.model);
    await desk.by('new-bought').fill(day(-5));
    expect(await desk.findings(), 'new device').toEqual([]);
    await desk.by('new-enter').click();
    await desk.by('device').waitFor({ timeout: 20_000 });

    // What was done by hand is in its history: an owner, an accessory, a part with its serial.
    await desk.by('owner').fill('138 0000 0000');
    await desk.by('owner-enter').click();
    await desk.page.locator('[data-testid="entry"][data-kind="owner"]').waitFor({ timeout: 20_000 });
    expect(await desk.by('history').textContent()).not.toContain('0000 0000');
    await desk.by('accessory').selectOption('charger');
    await desk.by('accessory-enter').click();
    await desk.page.locator('[data-testid="entry"][data-kind="accessory"]').waitFor({ timeout: 20_000 });
    await desk.by('part').selectOption('battery');
    await desk.by('part-serial').fill('bt 0042-a');
    await desk.by('part-enter').click();
    await desk.page.locator('[data-testid="entry"][data-kind="part"]', { hasText: 'BT0042-A' }).waitFor({ timeout: 20_000 });

    // Two weeks from now the week is over; what a past day would have said is told, and cannot be begun.
    for (const [kind, state] of [['invoice', 'valid'], ['warrantyCard', 'valid'], ['inspection', 'confirmed']] as const) await desk.by(`evidence-${kind}`).selectOption(state);
    await desk.by('evidence-fault').selectOption('screen');
    await desk.by('owed-on').fill(day(-4));
    await desk.by('owed-ask').click();
    await desk.by('replayed').waitFor({ timeout: 20_000 });
    expect(await desk.by('owed-choose').count()).toBe(0);
    await desk.by('owed-on').fill(day(14));
    await desk.by('owed-ask').click();
    await desk.sees('decision', 'today', day(14), 'the decision of another day');
    expect(await desk.page.locator('[data-testid="owed-option"]').evaluateAll((all) => all.map((o) => o.getAttribute('data-remedy')))).toEqual(['repairFree']);
    await desk.by('owed-on').fill(day(0));
    await desk.by('owed-ask').click();
    const exchange = desk.page.locator('[data-testid="owed-option"][data-clause="day-7/exchange"]');
    await exchange.waitFor({ timeout: 20_000 });
    expect(await exchange.textContent()).toContain('cn-phones');
    await desk.shoot('register-owed');
    expect(await desk.findings(), 'owed').toEqual([]);
    await exchange.getByTestId('owed-choose').click();

    // Step by step, each with the desk that is responsible, up to the seller.
    const steps: [string, Record<string, string>][] = [['verify', {}], ['replaceCard', { oldCard: 'W-1', invoiceCopy: 'kept', newCard: 'W-2' }], ['recordSerial', { newSerial: given }], ['sendToSeller', { waybill: 'DP1' }]];
    for (const [step, records] of steps) {
      const form = desk.page.locator(`[data-testid="step-form"][data-step="${step}"]`);
      await form.waitFor({ timeout: 20_000 });
      for (const [name, value] of Object.entries(records)) await form.getByTestId(`record-${name}`).fill(value);
      if (step === 'replaceCard') {
        await desk.shoot('register-exchange');
        expect(await desk.findings(), 'exchange').toEqual([]);
      }
      await form.getByTestId('step-done').click();
      await desk.page.locator(`[data-testid="exchange-step"][data-step="${step}"][data-state="done"]`).waitFor({ timeout: 20_000 });
    }

    // The seller sees nothing but what waits for them, and hands the new unit over.
    const user = `seller-${Date.now().toString(36)}`;
    await boss.post('/v1/accounts', { user, password, role: 'seller', name: 'Counter' });
    const seller = await Person.at(browser, phone, { locale: 'zh-CN' });
    await seller.signIn('/register/', { user, password });
    const before = await of(device.imei);
    const mine = seller.page.locator(`[data-testid="waiting"][data-id="${before!.id}"]`);
    await mine.waitFor({ timeout: 20_000 });
    expect(await seller.by('search').count()).toBe(0);
    await seller.shoot('register-seller-zh-Hans');
    expect(await seller.findings(), 'the seller’s desk').toEqual([]);
    expect(await seller.page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width);
    await mine.getByTestId('step-done').click();
    await mine.waitFor({ state: 'detached', timeout: 20_000 });
    await seller.close();

    // The new unit is in the register, says what it was given for, and its year begins anew.
    const unit = await until('the new unit', () => of(given));
    expect(unit.replaces).toBe(before!.id);
    await desk.by('search').fill(given);
    await desk.by('search-submit').click();
    await desk.sees('device', 'id', unit.id, 'the new unit');
    await desk.by('evidence-invoice').selectOption('valid');
    await desk.by('evidence-warrantyCard').selectOption('valid');
    await desk.by('owed-ask').click();
    const repair = desk.page.locator('[data-testid="owed-option"][data-remedy="repairFree"]');
    await repair.waitFor({ timeout: 20_000 });
    expect(await repair.textContent()).toContain(String(Number(day(0).slice(0, 4)) + 1));
    await desk.by('replaces').click();
    await desk.sees('device', 'id', before!.id, 'the old unit');
    await desk.by('replaced-by').waitFor({ timeout: 10_000 });
    expect(desk.errors).toEqual([]);
    await desk.close();
  });

  it('shows the desks what waits for them, and lets the one whose turn it is say no', async ({ skip }) => {
    skip(missingManager !== undefined, missingManager);
    const device = aPhone();
    const { id } = await staff.post<{ id: string }>('/v1/devices', { kind: 'phone', brand: device.brand, model: device.model, imei: device.imei, purchasedOn: day(-2) });
    await staff.post(`/v1/devices/${id}/exchange`, {
      remedy: 'refund', evidence: [{ kind: 'invoice', state: 'valid' }, { kind: 'warrantyCard', state: 'valid' }, { kind: 'inspection', state: 'confirmed', fault: 'screen' }],
    });
    const person = await Person.at(browser, phone, { dark: true, locale: 'zh-TW' });
    await person.signIn('/register/#exchanges', dispatcher);
    await person.by('desk-technician').click();
    const waiting = person.page.locator(`[data-testid="waiting"][data-id="${id}"]`);
    await waiting.waitFor({ timeout: 20_000 });
    await person.shoot('register-exchanges-zh-Hant-dark');
    expect(await person.findings(), 'exchanges').toEqual([]);
    await waiting.getByTestId('refuse').click();
    await waiting.getByTestId('refuse-reason').fill('Somebody else bought it');
    await waiting.getByTestId('refuse-confirm').click();
    await waiting.waitFor({ state: 'detached', timeout: 20_000 });
    expect((await staff.get<DeviceView>(`/v1/devices/${id}`)).exchange).toMatchObject({ status: 'refused', reason: 'Somebody else bought it' });
    expect(person.errors).toEqual([]);
    await person.close();
  });
});
