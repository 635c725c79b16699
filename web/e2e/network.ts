import { connect, createServer, type Server, type Socket } from 'node:net';

const CHUNK = 1024;

/**
 * A network between a browser and the server that can swallow everything without closing anything, as a phone's does in a lift, or be slow. What is swallowed arrives when it ends,
 * because both ends of a real connection would send it again.
 */
export class TroubledNetwork {
  private readonly sockets = new Set<Socket>();
  private readonly waiting: (() => void)[] = [];
  private swallows = false;
  /** When each direction has room again, in milliseconds. */
  private readonly free: [number, number] = [0, 0];
  private oneWay = 0;
  private bytesPerSecond = 0;

  private constructor(
    private readonly listener: Server,
    private readonly target: URL,
  ) {}

  static async to(server: string): Promise<TroubledNetwork> {
    const listener = createServer();
    const network = new TroubledNetwork(listener, new URL(server));
    listener.on('connection', (socket) => void network.carry(socket));
    await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
    return network;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.listener.address() as { port: number }).port}`;
  }

  /** From now on nothing arrives, in either direction, and no connection is made or ended. */
  swallow(): void {
    this.swallows = true;
  }

  recover(): void {
    this.swallows = false;
    for (const go of this.waiting.splice(0)) go();
  }

  /** Milliseconds a byte is on its way, and how many fit through in a second, shared by all connections. */
  slow(oneWay: number, bytesPerSecond: number): void {
    [this.oneWay, this.bytesPerSecond] = [oneWay, bytesPerSecond];
  }

  /** Ends every connection, as a change of network does. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  close(): void {
    this.recover();
    this.cut();
    this.listener.close();
  }

  private open(): Promise<void> {
    return this.swallows ? new Promise((go) => this.waiting.push(go)) : Promise.resolve();
  }

  private async carry(near: Socket): Promise<void> {
    this.sockets.add(near.on('error', () => near.destroy()).on('close', () => this.sockets.delete(near)));
    await this.open();
    const far = connect(Number(this.target.port), this.target.hostname);
    this.sockets.add(far.on('error', () => far.destroy()).on('close', () => this.sockets.delete(far)));
    near.setNoDelay(true);
    far.setNoDelay(true);
    await Promise.all([this.forward(near, far, 0), this.forward(far, near, 1)]);
  }

  private async forward(from: Socket, to: Socket, direction: 0 | 1): Promise<void> {
    // One after the other: timers that end in the same millisecond end in no order, and bytes would overtake each other.
    let way = Promise.resolve();
    const arrive = (due: number, act: () => void) => {
      way = way
        .then(() => new Promise<void>((go) => setTimeout(go, Math.max(0, due - performance.now()))))
        .then(() => this.open())
        .then(act);
    };
    try {
      for await (const read of from as AsyncIterable<Buffer>)
        for (let at = 0; at < read.length; at += CHUNK) {
          const chunk = read.subarray(at, at + CHUNK);
          const now = performance.now();
          this.free[direction] = Math.max(this.free[direction], now) + (this.bytesPerSecond ? (chunk.length * 1000) / this.bytesPerSecond : 0);
          const due = this.free[direction] + this.oneWay;
          // In order and not piled up: the next chunk is read once this one has left; the way itself is waited for beside it.
          if (this.free[direction] > now) await new Promise((go) => setTimeout(go, this.free[direction] - now));
          arrive(due, () => void (to.writable && to.write(chunk)));
        }
      arrive(performance.now() + this.oneWay, () => void to.end());
    } catch {
      void this.open().then(() => to.destroy()); // one end broke; the other hears of it once anything arrives
    }
  }
}
