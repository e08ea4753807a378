import { Resolver } from 'node:dns/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type AddressRules, bareHost, isLoopbackHost, isPublicAddress, judgeUrl } from './address.ts';
import { type ConnectFault, firstConnected, NotConnected } from './firstConnected.ts';

/** All addresses of a name. */
export type LookUp = (host: string, signal: AbortSignal) => Promise<string[]>;

export interface ConnectOptions extends AddressRules {
  lookUp: LookUp;
  /** `http://host:port` through which connections to receivers are made (CONNECT). */
  proxy?: URL | undefined;
  /** Of receivers, in place of the system's: for tests. */
  ca?: string | undefined;
  /** Opens a connection to an address that has been judged, or to the proxy; the system's when left out. */
  dial?: (to: Endpoint) => Socket;
}

interface Endpoint {
  host: string;
  port: number;
}

const MOST_ADDRESSES = 8;

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
    const { proxy, ca, dial = (to: Endpoint) => connectTcp({ ...to, noDelay: true }) } = options;
    return firstConnected(
      inTurns(addresses).map((address) => async (each: AbortSignal, reached: () => void) => {
        const to = { host: address, port };
        const socket =
          proxy === undefined || local
            ? await tcp(dial(to), each)
            : await throughProxy(proxy, to, { dial, signal: each });
        reached();
        return url.protocol === 'https:' ? tls(socket, { host, ca, signal: each }) : socket;
      }),
      signal,
    );
  };
}

/** One of each family after the other, so that a family that does not work here or there is soon passed over. No more than
 *  a few: a name may have hundreds. */
function inTurns(addresses: readonly string[]): string[] {
  const four = addresses.filter((address) => isIP(address) === 4);
  const six = addresses.filter((address) => isIP(address) === 6);
  const longest = Math.max(four.length, six.length);
  const turns = Array.from({ length: longest }, (_, at) => [four[at], six[at]]).flat();
  return turns.filter((address) => address !== undefined).slice(0, MOST_ADDRESSES);
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

/** Of the own machine and its network: no route, no such family, no right, no sockets left. That a host is not reached
 *  (`EHOSTUNREACH`) is what the receiver's router answers. */
const OWN_FAULTS: ReadonlySet<string> = new Set([
  ...['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EADDRINUSE', 'EAFNOSUPPORT'],
  ...['EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM'],
]);

function tcp(socket: Socket, signal: AbortSignal): Promise<Socket> {
  return opened(socket, 'connect', signal, (error) =>
    OWN_FAULTS.has(codeOf(error)) ? 'egress' : 'unreachable',
  );
}

function tls(
  socket: Socket,
  { host, ca, signal }: { host: string; ca: string | undefined; signal: AbortSignal },
): Promise<Socket> {
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
async function throughProxy(
  proxy: URL,
  to: Endpoint,
  { dial, signal }: { dial: (to: Endpoint) => Socket; signal: AbortSignal },
): Promise<Socket> {
  const at = { host: bareHost(proxy), port: Number(proxy.port || 80) };
  const socket = await tcp(dial(at), signal).catch((error: unknown) => {
    throw new NotConnected('egress', error);
  });
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const authority = `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
  const asked = request({
    createConnection: () => socket,
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...authorization(proxy) },
    signal,
  });
  asked.on('connect', ({ statusCode }: IncomingMessage) => {
    if (statusCode === 200) return resolve(socket);
    socket.destroy();
    reject(new NotConnected(PROXY_FAULTS.get(statusCode ?? 0) ?? 'egress'));
  });
  asked.on('response', (answer) => {
    answer.destroy();
    reject(new NotConnected('egress'));
  });
  // A proxy that was reached and does not answer in time waits for the receiver.
  asked.on('error', (error) => reject(new NotConnected(signal.aborted ? 'timeout' : 'egress', error)));
  asked.end();
  return promise;
}

/** The proxy works, and says that the receiver does not. */
const PROXY_FAULTS: ReadonlyMap<number, ConnectFault> = new Map([
  [502, 'unreachable'],
  [503, 'unreachable'],
  [504, 'timeout'],
]);

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
