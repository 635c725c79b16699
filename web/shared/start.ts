import './styles/base.css';
import { mount, type Component } from 'svelte';
import { i18n, t, type Key } from './i18n/index.svelte';

/** Starts a page: language first, then the page itself. In development `?fixture` brings a made-up world; production builds hold none of it. */
export async function startPage(root: () => Promise<{ default: Component }>, title: Key): Promise<void> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fixture')) (await import('../dev/fixture')).install();
  const [, page] = await Promise.all([i18n.start(), root()]);
  const target = document.getElementById('app');
  if (!target) throw new Error('the page has no #app');
  mount(page.default, { target });
  keepTitle(title);
}

function keepTitle(title: Key): void {
  const set = () => (document.title = `${t(title)} · Dispatch`);
  set();
  new MutationObserver(set).observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] });
}
