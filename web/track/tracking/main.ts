import { startPage } from '../../shared/start';

void startPage(() => import('./Tracking.svelte'), 'track.title');
