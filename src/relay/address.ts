import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

// Which addresses may be called. A name is judged when it is saved; what it leads to at each connection, for a name can
// lead elsewhere a moment later.

export interface AddressRules {
  /** Ports that may be called, of https. */
  ports: readonly number[];
  /** An installation that is open on its own machine alone may call this machine, also with http and on any port. */
  loopback: boolean;
}

/** Why an address cannot be a receiver's. */
export type AddressFault =
  | 'NOT_A_URL'
  | 'TOO_LONG'
  | 'NOT_HTTPS'
  | 'PORT'
  | 'USERINFO'
  | 'FRAGMENT'
  | 'IP_ADDRESS'
  | 'LOCAL_NAME';

const MOST_CHARACTERS = 2_000;
/** Names that no public resolver knows (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN's `internal`). */
const LOCAL =
  /(^|\.)(localhost|local|internal|intranet|lan|home|home\.arpa|corp|private|test|invalid|example|onion|alt)$/;

/** The parsed address, or what is wrong with it. */
export function judgeUrl(text: string, { ports, loopback }: AddressRules): URL | AddressFault {
  if (text.length > MOST_CHARACTERS) return 'TOO_LONG';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') return 'NOT_A_URL';
  if (url.username !== '' || url.password !== '') return 'USERINFO';
  if (url.hash !== '' || text.includes('#')) return 'FRAGMENT';
  const host = bareHost(url);
  if (loopback && isLoopbackHost(host)) return url;
  if (url.protocol !== 'https:') return 'NOT_HTTPS';
  if (!ports.includes(Number(url.port || 443))) return 'PORT';
  // The parser has written every form of an IPv4 address, as `0x7f.1`, in dotted form.
  if (isIP(host) !== 0) return 'IP_ADDRESS';
  if (!host.includes('.') || LOCAL.test(host)) return 'LOCAL_NAME';
  return url;
}

/** Without brackets and without the dot at the end that names the root. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
}

export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Besides what the library calls anything but unicast: IANA's special-purpose registries, and what only translates. */
const FORBIDDEN = [
  '0.0.0.0/8',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fec0::/10',
].map((range) => ipaddr.parseCIDR(range));

/** Whether it may be connected to: a public unicast address and nothing that leads to another. */
export function isPublicAddress(text: string): boolean {
  if (isIP(text) === 0 || text.includes('%')) return false;
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return !FORBIDDEN.some(
    ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
  );
}
