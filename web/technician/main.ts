import { startPage } from '../shared/start';
import { keepForOffline } from './offline';

void startPage(() => import('./Technician.svelte'), 'tech.title').then(() => {
  if (import.meta.env.PROD) void keepForOffline();
});
