import { HttpTransportType, HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import type { ApiClient } from '../api/client';
import { attemptLimit, StreamClient, type Handlers, type Wire } from './client';
import { SilenceWatch, silenceLimit } from './silence';

/** Fixtures of the dev server put their own wire here; never set in a production build. */
let substitute: (() => Wire) | undefined;
export const useWire = (wire: () => Wire) => void (substitute = wire);

/** Milliseconds within which the library itself gives up a socket that we watch; only ever reached if our ticks stop. */
const BACKSTOP = 60_000;

/**
 * A socket that ends in time: where it does not open, because browsers open one at a time to each server, so that one that hangs would hold up all that follow; and where the server is
 * silent for too long (`lost`), because a network that swallows everything closes nothing. The library's own watch would also end one whose page was busy for as long.
 */
const watchedSocket = (opened: () => void, lost: () => void) =>
  class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      const limit = setTimeout(() => this.readyState === WebSocket.CONNECTING && this.close(), attemptLimit);
      const watch = new SilenceWatch(performance.now());
      const shown = () => document.visibilityState === 'visible' && watch.shown(performance.now());
      let ticks: ReturnType<typeof setInterval> | undefined;
      const end = () => {
        clearTimeout(limit);
        clearInterval(ticks);
        document.removeEventListener('visibilitychange', shown);
      };
      this.addEventListener('open', () => {
        clearTimeout(limit);
        opened();
        watch.heard(performance.now());
        document.addEventListener('visibilitychange', shown);
        ticks = setInterval(() => {
          if (this.readyState === WebSocket.OPEN && !watch.tick(performance.now())) return;
          end();
          lost();
        }, 1_000);
      });
      this.addEventListener('message', () => watch.heard(performance.now()));
      this.addEventListener('close', end);
    }
  };

const hub = (token: () => string | undefined): Wire => {
  const watched = watchedSocket(() => (connection.serverTimeoutInMilliseconds = BACKSTOP), () => void connection.stop());
  // The library takes another WebSocket, which its types leave out.
  const options = { accessTokenFactory: () => token() ?? '', transport: HttpTransportType.WebSockets | HttpTransportType.LongPolling, timeout: attemptLimit, WebSocket: watched };
  const connection = new HubConnectionBuilder().withUrl('/hub', options).configureLogging(LogLevel.None).build();
  connection.serverTimeoutInMilliseconds = silenceLimit;
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
      events: (stream, after, signal) => api.events(stream, after, undefined, signal),
      snapshot: (stream, signal) => api.snapshot(stream, signal),
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
