import { startPage } from '../shared/start';

void startPage(() => import('./Desk.svelte'), 'desk.title');
