import { startPage } from '../shared/start';

void startPage(() => import('./Outbox.svelte'), 'messages.title');
