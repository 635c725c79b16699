import { beforeAll, describe, expect, it } from 'vitest';
import en from './en.json';
import { i18n } from './index.svelte';
import { problemWords } from './problems';

describe('problemWords', () => {
  beforeAll(() => Object.assign(i18n as unknown as { words: Record<string, string> }, { words: en }));

  it('names the fields that people filled in, and no others', () =>
    expect(problemWords({ status: 400, code: 'request.invalid', facts: { 'contact.phone': 'bad_form', 'device.serial': 'too_long', 'needs.skils': 'unknown_field' } })).toEqual({
      title: en['problem.request.invalid'], detail: 'Phone number: cannot be read as one · Serial number: is too long',
    }));
  it('says nothing of fields it has no word for', () => expect(problemWords({ status: 400, code: 'request.invalid', facts: { 'moves[0].epoch': 'missing' } }).detail).toBeUndefined());
  it('has words for warnings', () => expect(problemWords({ status: 200, code: 'contact.phone_improbable' }).detail).toBe(en['problem.contact.phone_improbable.detail']));
});
