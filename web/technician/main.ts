import { startPage } from '../shared/start';

void startPage(() => import('./Technician.svelte'), 'tech.title');

// The page opens without a network, too. Where workers are not allowed it only needs the network to open.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register('/technician/worker.js', { scope: '/technician/' }).catch(() => undefined);
}
