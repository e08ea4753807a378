import { isIP } from 'node:net';
import type { Context } from 'hono';
import type { ApiEnv } from './apiEnv.ts';
import { createTrustedProxies } from './trustedProxies.ts';

/** The address a request comes from, as text; IPv4 also when it comes as an IPv6-mapped address. */
export type CallerAddress = (c: Context<ApiEnv>) => string;

/** A request that is handed to the app without a connection comes from this process. */
const ITSELF = '127.0.0.1';

/**
 * @param trusted addresses and CIDR ranges of proxies. Only what they write in `X-Forwarded-For` is believed, from the
 *   right: the first address there that is no such proxy is the caller's. What is left of it the caller wrote.
 */
export function createCallerAddress(trusted: readonly string[]): CallerAddress {
  const isProxy = createTrustedProxies(trusted);
  return (c) => {
    let address = peerAddress(c);
    if (!isProxy(address)) return address;
    const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => plain(part.trim()));
    for (const hop of forwarded.reverse()) {
      if (isIP(hop) === 0) break;
      address = hop;
      if (!isProxy(hop)) break;
    }
    return address;
  };
}

/** The other end of the connection. */
export function peerAddress(c: Context<ApiEnv>): string {
  return plain(c.env?.incoming?.socket.remoteAddress ?? ITSELF);
}

/** Without the mapping of IPv4, an interface's zone, or a port (`1.2.3.4:567`, `[::1]:567`). */
function plain(address: string): string {
  const bare = address
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return /^::ffff:(?=\d+\.)/i.test(bare) ? bare.slice('::ffff:'.length) : bare;
}
