import { startPage } from '../shared/start';

void startPage(() => import('./Help.svelte'), 'help.title');
