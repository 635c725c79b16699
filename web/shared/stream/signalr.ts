import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { ApiClient } from '../api/client';
import { StreamClient, type Handlers, type Wire } from './client';

/** Fixtures of the dev server put their own wire here; never set in a production build. */
let substitute: (() => Wire) | undefined;
export const useWire = (wire: () => Wire) => void (substitute = wire);

const hub = (token: () => string | undefined): Wire => {
  const connection = new HubConnectionBuilder()
    .withUrl('/hub', { accessTokenFactory: () => token() ?? '', transport: HttpTransportType.WebSockets | HttpTransportType.LongPolling })
    .configureLogging(LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = 30_000;
  connection.keepAliveIntervalInMilliseconds = 10_000;
  return connection as Wire;
};

/** What a page takes in, told to whoever watches it from outside: a test cannot ask the page whether it missed something. */
const tell = (detail: object) => dispatchEvent(new CustomEvent('dispatch:stream', { detail }));
const told = (handlers: Handlers): Handlers => ({
  ...handlers,
  follow: (stream, after) => tell({ type: 'follow', stream, after }),
  apply: (stream, events) => {
    tell({ type: 'apply', stream, events: events.map(({ seq, source, number }) => ({ seq, source, number })) });
    handlers.apply(stream, events);
  },
  replace: (stream, snapshot) => {
    tell({ type: 'replace', stream, seq: snapshot.seq });
    handlers.replace(stream, snapshot);
  },
});

/** The page's stream client over SignalR. It never gives up; the device's "online" and a page coming to the front make it try at once. */
export function openStreams(api: ApiClient, token: () => string | undefined, handlers: Handlers): StreamClient {
  const client = new StreamClient(
    {
      wire: substitute ?? (() => hub(token)),
      events: (stream, after) => api.events(stream, after),
      snapshot: (stream) => api.snapshot(stream),
      now: () => performance.timeOrigin + performance.now(),
      after: (wait, action) => {
        const timer = setTimeout(action, wait);
        return () => clearTimeout(timer);
      },
      random: Math.random,
    },
    told(handlers),
  );
  const hurry = () => document.visibilityState === 'visible' && client.hurry();
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  return client;
}
