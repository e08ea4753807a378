import { Resolver } from 'node:dns/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type AddressRules, bareHost, isLoopbackHost, isPublicAddress, judgeUrl } from './address.ts';

/** Why there is no connection. `egress`: our own network or proxy failed, not the receiver. */
export type ConnectFault = 'timeout' | 'unreachable' | 'tls' | 'forbidden-address' | 'egress';

export class NotConnected extends Error {
  readonly outcome: ConnectFault;
  constructor(outcome: ConnectFault, cause?: unknown) {
    super(`no connection: ${outcome}`, { cause });
    this.outcome = outcome;
  }
}

/** All addresses of a name. */
export type LookUp = (host: string, signal: AbortSignal) => Promise<string[]>;

export interface ConnectOptions extends AddressRules {
  lookUp: LookUp;
  /** `http://host:port` through which connections to receivers are made (CONNECT). */
  proxy?: URL | undefined;
  /** Of receivers, in place of the system's: for tests. */
  ca?: string | undefined;
}

export type Connect = (url: URL, signal: AbortSignal) => Promise<Socket>;

/**
 * Connects to a receiver. Every address of its name must be public, and the connection is to one that was judged: a name
 * that leads elsewhere the next time it is asked leads nowhere.
 */
export function createConnect(options: ConnectOptions): Connect {
  return async (url, signal) => {
    if (!(judgeUrl(url.href, options) instanceof URL)) throw new NotConnected('forbidden-address');
    const host = bareHost(url);
    const local = options.loopback && isLoopbackHost(host);
    const addresses = local
      ? [host === 'localhost' ? '127.0.0.1' : host]
      : await judged(host, options.lookUp, signal);
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
    let failed: unknown;
    for (const address of addresses) {
      try {
        const socket =
          options.proxy === undefined || local
            ? await tcp({ host: address, port }, signal)
            : await throughProxy(options.proxy, { host: address, port }, signal);
        return url.protocol === 'https:' ? await tls(socket, host, options.ca, signal) : socket;
      } catch (error) {
        failed = error;
        if (signal.aborted) break;
      }
    }
    throw failed instanceof NotConnected ? failed : new NotConnected('unreachable', failed);
  };
}

async function judged(host: string, lookUp: LookUp, signal: AbortSignal): Promise<string[]> {
  let addresses: string[];
  try {
    addresses = await lookUp(host, signal);
  } catch (error) {
    if (signal.aborted) throw new NotConnected('timeout', error);
    // No resolver answers at all.
    const code = codeOf(error);
    throw new NotConnected(
      code === 'ECONNREFUSED' || code === 'ENETUNREACH' ? 'egress' : 'unreachable',
      error,
    );
  }
  if (addresses.length === 0) throw new NotConnected('unreachable');
  if (!addresses.every(isPublicAddress)) throw new NotConnected('forbidden-address');
  return addresses;
}

/** Asks name servers directly: the system's own lookup is done by few threads, which one slow name would hold. */
export function createLookUp(servers?: readonly string[]): LookUp {
  return async (host, signal) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = () => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
      const found = [four, six].flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
      if (found.length === 0 && four.status === 'rejected') throw four.reason;
      return found;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}

function tcp(to: { host: string; port: number }, signal: AbortSignal): Promise<Socket> {
  return opened(connectTcp({ ...to, noDelay: true }), 'connect', signal, (error) =>
    codeOf(error) === 'ENETUNREACH' || codeOf(error) === 'ENETDOWN' || codeOf(error) === 'EADDRNOTAVAIL'
      ? 'egress'
      : 'unreachable',
  );
}

function tls(socket: Socket, host: string, ca: string | undefined, signal: AbortSignal): Promise<Socket> {
  const secure = connectTls({
    socket,
    ALPNProtocols: ['http/1.1'],
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 && { servername: host }),
    ...(ca !== undefined && { ca }),
  });
  return opened(secure, 'secureConnect', signal, () => 'tls');
}

/** The name is judged here also behind a proxy: it is asked for an address. */
function throughProxy(proxy: URL, to: { host: string; port: number }, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const authority = `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
  const asked = request({
    host: bareHost(proxy),
    port: proxy.port || 80,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...authorization(proxy) },
    signal,
    agent: false,
  });
  asked.on('connect', (answer: IncomingMessage, socket: Socket) => {
    if (answer.statusCode === 200) return resolve(socket);
    socket.destroy();
    // The proxy works, and says that the receiver does not.
    const receiver = [502, 503, 504].includes(answer.statusCode ?? 0);
    reject(new NotConnected(receiver ? 'unreachable' : 'egress'));
  });
  asked.on('response', (answer) => {
    answer.destroy();
    reject(new NotConnected('egress'));
  });
  asked.on('error', (error) => reject(new NotConnected('egress', error)));
  asked.end();
  return promise;
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
  faultOf: (error: unknown) => ConnectFault,
): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const abort = () => socket.destroy(new NotConnected('timeout'));
  const failed = (error: unknown) => {
    socket.destroy();
    reject(error instanceof NotConnected ? error : new NotConnected(faultOf(error), error));
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  socket.once('error', failed);
  socket.once('close', () => failed(new Error('closed')));
  socket.once(event, () => {
    socket.removeAllListeners('error');
    socket.removeAllListeners('close');
    socket.on('error', () => undefined);
    resolve(socket);
  });
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
