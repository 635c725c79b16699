// Lets the technician's page open without a network: the page itself fresh when it can be had, what it is made of from the shelf.
// Nothing of the API is ever kept here.
const SHELF = 'technician-1';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.add('/technician/')).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((n) => n !== SHELF).map((n) => caches.delete(n)))).then(() => self.clients.claim()),
  );
});

const keep = async (request, response) => {
  if (response.ok) await (await caches.open(SHELF)).put(request, response.clone());
  return response;
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname.startsWith('/technician')) {
    event.respondWith(fetch(request).then((r) => keep('/technician/', r)).catch(() => caches.match('/technician/')));
  } else if (pathname.startsWith('/assets/') || pathname.startsWith('/basemap/') || pathname === '/icon.svg') {
    // Names of assets change with their content, so what is on the shelf is right.
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request).then((r) => keep(request, r))));
  }
});
