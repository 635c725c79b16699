import { isolate } from './direction';
import type en from './en.json';

export type Key = keyof typeof en;
export type Locale = 'zh-Hans' | 'zh-Hant' | 'en';
export type Params = Record<string, string | number>;

export const locales: readonly { code: Locale; name: string }[] = [
  { code: 'zh-Hans', name: '简体中文' },
  { code: 'zh-Hant', name: '繁體中文' },
  { code: 'en', name: 'English' },
];

const dictionaries: Record<Locale, () => Promise<{ default: Record<Key, string> }>> = {
  en: () => import('./en.json'),
  'zh-Hans': () => import('./zh-Hans.json'),
  'zh-Hant': () => import('./zh-Hant.json'),
};

const STORED = 'dispatch.language';

/** The first of the reader's languages that we speak; Chinese by script or, where none is given, by region. */
export function choose(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const lower = tag.toLowerCase();
    if (lower.startsWith('en')) return 'en';
    if (lower.startsWith('zh')) return /hant|tw|hk|mo/.test(lower) ? 'zh-Hant' : 'zh-Hans';
  }
  return 'en';
}

/** Values may be names that people typed: each stands by itself, whatever its script. */
export const fill = (text: string, params: Params): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => isolate(String(params[name] ?? whole)));

class I18n {
  locale = $state<Locale>('en');
  private words = $state.raw<Record<string, string>>({});

  /** To be awaited before the page is drawn. */
  async start(): Promise<void> {
    const asked = new URLSearchParams(location.search).get('lang');
    await this.use(choose([asked, stored(), ...navigator.languages].filter((l): l is string => !!l)), false);
  }

  async use(locale: Locale, keep = true): Promise<void> {
    this.words = (await dictionaries[locale]()).default;
    this.locale = locale;
    document.documentElement.lang = locale;
    if (keep) localStorage.setItem(STORED, locale);
  }

  t = (key: Key, params: Params = {}): string => fill(this.words[key] ?? key, params);

  /** `key.one` or `key.other` by the language's own rule; `{n}` is the number. */
  count = (key: string, n: number, params: Params = {}): string => {
    const form = new Intl.PluralRules(this.locale).select(n) === 'one' ? 'one' : 'other';
    return fill(this.words[`${key}.${form}`] ?? key, { n, ...params });
  };

  /** Words for a code of the server, where we have them. */
  maybe = (key: string, params: Params = {}): string | undefined => {
    const text = this.words[key];
    return text === undefined ? undefined : fill(text, params);
  };
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // storage forbidden: the browser's language will do
  }
}

export const i18n = new I18n();
export const { t, count, maybe } = i18n;
