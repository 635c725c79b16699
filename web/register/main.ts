import { startPage } from '../shared/start';

void startPage(() => import('./Register.svelte'), 'register.title');
