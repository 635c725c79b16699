import { describe, expect, it } from 'vitest';
import { isPhone } from './phone';

describe('isPhone', () => {
  it.each(['+49 (0)176 1234567', '138 0000 0000', '\u0660\u0661\u0667\u0666 \u0661\u0662\u0663', '１３８００００'])('lets %j be asked about', (text) => expect(isPhone(text)).toBe(true));
  it.each(['', 'call me', '1 2', '+'])('asks again instead of %j', (text) => expect(isPhone(text)).toBe(false));
});
