import { startPage } from '../../shared/start';

void startPage(() => import('./Request.svelte'), 'request.title');
