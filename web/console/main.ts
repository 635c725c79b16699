import { startPage } from '../shared/start';

void startPage(() => import('./Console.svelte'), 'console.title');
