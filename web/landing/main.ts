import { startPage } from '../shared/start';

void startPage(() => import('./Landing.svelte'), 'landing.title');
