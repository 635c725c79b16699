import { startPage } from '../shared/start';

void startPage(() => import('./Point.svelte'), 'point.title');
