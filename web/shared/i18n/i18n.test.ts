import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import en from './en.json';
import hans from './zh-Hans.json';
import hant from './zh-Hant.json';
import { choose, fill } from './index.svelte';

const dictionaries: Record<string, Record<string, string>> = { en, 'zh-Hans': hans, 'zh-Hant': hant };
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
const root = join(import.meta.dirname, '..', '..');

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.(svelte|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

describe('dictionaries', () => {
  for (const [name, words] of Object.entries(dictionaries)) {
    it(`${name} has the same keys as English, in order`, () => expect(Object.keys(words)).toEqual(Object.keys(en)));
    it(`${name} leaves nothing empty`, () => expect(Object.entries(words).filter(([, text]) => text.trim() === '')).toEqual([]));
    it(`${name} fills the same holes as English`, () => {
      for (const [key, text] of Object.entries(words)) expect(holes(text), key).toEqual(holes((en as Record<string, string>)[key]!));
    });
  }

  it('differ where they should: the two Chinese scripts are not copies', () => {
    const same = Object.keys(en).filter((key) => (hans as Record<string, string>)[key] === (hant as Record<string, string>)[key]);
    expect(same.length / Object.keys(en).length).toBeLessThan(0.5);
  });

  it('have words for every code of docs/refusals.md', () => {
    const codes = [...readFileSync(join(root, '..', 'docs', 'refusals.md'), 'utf8').matchAll(/^\|\s*`([a-z_.]+)`\s*\|/gm)].map((m) => m[1]!);
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !(`problem.${code}` in en))).toEqual([]);
  });

  it('are used: every key is named in a source, whole or by its beginning', () => {
    const text = ['shared', 'console', 'technician', 'track', 'point', 'landing', 'outbox', 'desk', 'help', 'register'].flatMap(sources).map((path) => readFileSync(join(root, path), 'utf8')).join('\n');
    const built = new Set([...text.matchAll(/[`']([a-zA-Z]+(?:\.[a-zA-Z]+)*)\.\$\{/g)].map((m) => m[1]!));
    const counted = new Set([...text.matchAll(/count\('([^']+)'/g)].map((m) => m[1]!));
    const unused = Object.keys(en).filter((key) => {
      if (text.includes(`'${key}'`)) return false;
      if (counted.has(key.replace(/\.(one|other)$/, ''))) return false;
      for (let at = key.lastIndexOf('.'); at > 0; at = key.lastIndexOf('.', at - 1)) if (built.has(key.slice(0, at))) return false;
      return true;
    });
    expect(unused).toEqual([]);
  });
});

describe('choose', () => {
  it.each([
    [['zh-CN', 'en'], 'zh-Hans'],
    [['zh-TW'], 'zh-Hant'],
    [['zh-Hant-HK'], 'zh-Hant'],
    [['zh'], 'zh-Hans'],
    [['fr', 'en-GB', 'zh-CN'], 'en'],
    [['fr'], 'en'],
    [[], 'en'],
  ])('of %j takes %s', (wanted, expected) => expect(choose(wanted)).toBe(expected));
});

describe('fill', () => {
  it('puts values into holes and leaves unknown holes to be seen', () => expect(fill('{n} of {all}', { n: 3 })).toBe('3 of {all}'));
});
