// Lets the technician's page open without a network: the page itself fresh when it can be had, what it is made of from the shelf.
// Nothing of the API is ever kept here.
const SHELF = 'technician-1';
const MOST = 150;

const isPart = ({ pathname, origin }) => origin === self.location.origin && (pathname.startsWith('/assets/') || pathname.startsWith('/basemap/') || pathname === '/icon.svg');

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.add('/technician/')).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter((n) => n !== SHELF).map((n) => caches.delete(n)))).then(() => self.clients.claim()),
  );
});

// The page loads before its worker stands; it then says what it is made of.
self.addEventListener('message', (event) => {
  const parts = (event.data?.parts ?? []).filter((url) => isPart(new URL(url, self.location.href)));
  event.waitUntil(
    caches.open(SHELF).then(async (shelf) => {
      for (const url of parts) if (!(await shelf.match(url))) await shelf.add(url).catch(() => undefined); // next visit, then
      const kept = await shelf.keys();
      for (const old of kept.slice(0, Math.max(0, kept.length - MOST))) if (!old.url.endsWith('/technician/')) await shelf.delete(old);
      event.source?.postMessage({ kept: parts.length });
    }),
  );
});

const keep = async (request, response) => {
  if (response.ok) await (await caches.open(SHELF)).put(request, response.clone());
  return response;
};

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && url.pathname.startsWith('/technician')) {
    event.respondWith(fetch(request).then((r) => keep('/technician/', r)).catch(() => caches.match('/technician/')));
  } else if (isPart(url)) {
    // Names of assets change with their content, so what is on the shelf is right.
    event.respondWith(caches.match(request).then((found) => found ?? fetch(request).then((r) => keep(request, r))));
  }
});
