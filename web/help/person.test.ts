import { describe, expect, it } from 'vitest';
import { emptyDraft, type Draft } from './journey';
import { contactOf, faultsOf } from './person';

const draft: Draft = { ...emptyDraft(), kind: 'phone', brand: ' Huawei ', model: 'P60', category: 'screen' };
const asked = { text: ' It flickers ', name: '', phone: '', callBack: false, language: 'en', known: [] };

describe('asking a person', () => {
  it('passes on what was said on the way', () =>
    expect(contactOf(draft, { ...asked, name: 'Chen Yu', phone: ' 138 ', known: ['Remote help', 'IMEI 1'] })).toEqual({
      channel: 'web', text: 'It flickers\nRemote help\nIMEI 1', category: 'screen', brand: 'Huawei', model: 'P60', customer: { name: 'Chen Yu', phone: '138', language: 'en' },
    }));
  it('says nothing that is not known', () => expect(contactOf(emptyDraft(), asked)).toEqual({ channel: 'web', text: 'It flickers', customer: { language: 'en' } }));
  it('needs a question only where nothing else says what it is about', () => {
    expect(faultsOf({ ...asked, text: ' ' }, emptyDraft(), false)).toEqual(['text']);
    expect(faultsOf({ ...asked, text: '' }, emptyDraft(), true)).toEqual([]);
    expect(faultsOf({ ...asked, text: '' }, draft, false)).toEqual([]);
  });
  it('needs a number to call back', () => {
    expect(faultsOf({ ...asked, callBack: true, phone: '12' }, draft, false)).toEqual(['phone']);
    expect(faultsOf({ ...asked, callBack: true, phone: '138-0000-0000' }, draft, false)).toEqual([]);
  });
});
