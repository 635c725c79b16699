const WAIT = 2000;

/**
 * Starts the worker that opens this page without a network, and tells it what the page is made of. Where workers are not allowed the
 * page only needs the network to open. `data-offline="ready"` on the document says that it no longer does.
 */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/technician/worker.js', { scope: '/technician/' });
    const { active } = await navigator.serviceWorker.ready;
    navigator.serviceWorker.addEventListener('message', () => (document.documentElement.dataset['offline'] = 'ready'));
    // What is still loading just after the start belongs to the page as well.
    setTimeout(() => active?.postMessage({ parts: performance.getEntriesByType('resource').map((r) => r.name) }), WAIT);
  } catch {
    // Refused (private window, no storage): everything else works.
  }
}
