import type { Socket } from 'node:net';

/** Why there is no connection. `egress`: our own network or proxy failed, not the receiver. */
export type ConnectFault = 'timeout' | 'unreachable' | 'tls' | 'forbidden-address' | 'egress';

export class NotConnected extends Error {
  readonly outcome: ConnectFault;
  constructor(outcome: ConnectFault, cause?: unknown) {
    super(`no connection: ${outcome}`, { cause });
    this.outcome = outcome;
  }
}

/** How long an address has before the next is tried with it (RFC 8305 §5), and from when it is reached: several round
 *  trips of TLS follow, which a receiver far away is not asked for twice. */
const STAGGER_MS = 250;
const REACHED_MS = 2_000;

/** What is said when no address was connected to: the one that came furthest. Our own network is at fault when no address
 *  got any further than that. */
const FURTHEST: readonly ConnectFault[] = ['tls', 'unreachable', 'timeout'];

/** @param reached there is someone at the address, and TLS is to follow */
type Attempt = (signal: AbortSignal, reached: () => void) => Promise<Socket>;

/**
 * The first connection that is made. An attempt begins when the one before has failed, or is slow: an address that does not
 * answer uses up no time of the others.
 * @throws {NotConnected}
 */
export function firstConnected(attempts: readonly Attempt[], signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const slower = new AbortController();
  const each = AbortSignal.any([signal, slower.signal]);
  const faults: ConnectFault[] = [];
  let begun = 0;
  let timer: NodeJS.Timeout | undefined;

  function begin(): void {
    clearTimeout(timer);
    const attempt = each.aborted && begun > 0 ? undefined : attempts[begun];
    if (attempt === undefined) return;
    begun += 1;
    const own = setTimeout(begin, STAGGER_MS);
    timer = own;
    const reached = () => {
      if (timer !== own) return;
      clearTimeout(own);
      timer = setTimeout(begin, REACHED_MS);
    };
    attempt(each, reached).then(connected, failed);
  }

  function connected(socket: Socket): void {
    if (slower.signal.aborted) return void socket.destroy();
    clearTimeout(timer);
    slower.abort();
    resolve(socket);
  }

  function failed(error: unknown): void {
    faults.push(error instanceof NotConnected ? error.outcome : 'unreachable');
    begin();
    if (faults.length < begun) return;
    clearTimeout(timer);
    const furthest = FURTHEST.find((fault) => faults.includes(fault));
    reject(new NotConnected(furthest ?? 'egress', error));
  }

  begin();
  return promise;
}
