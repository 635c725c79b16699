import { until, type Person } from './harness';
import { checkDigit } from '../shared/device';

/** Readers of the three languages, and what the first screen asks them. */
export const readers = [
  { code: 'zh-Hans', lang: 'zh-CN', word: '哪个设备出了问题？' },
  { code: 'zh-Hant', lang: 'zh-TW', word: '哪個裝置出了問題？' },
  { code: 'en', lang: 'en-GB', word: 'What needs help?' },
] as const;

let made = 0;

/** A new IMEI with its check digit: of this run, and no other. */
export function anImei(): string {
  const digits = `86403803${String((Date.now() + made++ * 7919) % 1_000_000).padStart(6, '0')}`;
  return digits + checkDigit(digits);
}

/** A phone nobody has heard of. */
export const aPhone = () => ({ brand: 'Huawei', model: `P${(Date.now() + made * 31).toString(36)}${made++}`, imei: anImei() });

/** A day of the house's calendar, so many from today. */
export const day = (fromToday: number): string => new Date(Date.now() + 8 * 3_600_000 + fromToday * 86_400_000).toISOString().slice(0, 10);

/** Through the questions about the device, to the one about what is wrong. */
export async function toProblem(person: Person, device: { brand: string; model: string; imei: string }, bought: string, papers = { invoice: 'valid', card: 'valid' }): Promise<void> {
  await person.by('kind-phone').click();
  await person.by('brand').fill(device.brand);
  await person.by('model').fill(device.model);
  await person.by('next').click();
  await person.by('number').fill(device.imei);
  await person.by('next').click();
  await person.by('bought').fill(bought);
  await person.by('next').click();
  await person.by(`invoice-${papers.invoice}`).check({ force: true });
  await person.by(`card-${papers.card}`).check({ force: true });
  await person.by('next').click();
  await person.sees('help', 'screen', 'problem', 'the question what is wrong');
}

/** A unit of the model that is kept to be given for another, as stocks name it. */
export const unitOf = (device: { brand: string; model: string }): string => `unit:${device.brand.toLowerCase()}:${device.model.toLowerCase()}`;

/** From the question what is wrong to what is owed: a broken screen that somebody of the house has looked at, and nothing against it. `at` is told each screen. */
export async function toOwed(person: Person, at: (screen: string) => Promise<void> = async () => {}): Promise<void> {
  await person.by('problem-screen').click();
  await person.by('answer-no').click();
  await person.by('answer-lines').click();
  await person.sees('end', 'kind', 'fault', 'a probable fault');
  await at('fault');
  await person.by('next').click();
  for (const choice of ['damage-none', 'opened-none', 'label-intact', 'inspection-confirmed']) await person.by(choice).check({ force: true });
  await person.by('inspected-on').fill(day(-1));
  await person.by('next').click();
  await person.page.locator('[data-testid="owed-option"][data-clause="day-7/exchange"]').waitFor({ timeout: 20_000 });
  await at('owed');
}

/** From what is owed to the comparison at this place, looked at again until the mode is offered: lists come after ledgers. */
export async function toOffer(person: Person, place: { lon: number; lat: number }, mode: string): Promise<void> {
  await person.by('next').click();
  await person.by('lon').fill(String(place.lon));
  await person.by('lat').fill(String(place.lat));
  await person.by('address').fill('12 Lotus Lane, floor 3');
  await person.by('next').click();
  await until(`${mode} is offered`, async () => {
    await person.by('offers').waitFor({ timeout: 20_000 });
    if ((await person.page.locator(`[data-testid="offer"][data-mode="${mode}"]`).count()) > 0) return true;
    await person.page.reload();
    return undefined;
  });
}
