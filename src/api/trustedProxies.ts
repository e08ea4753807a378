import { BlockList, isIP } from 'node:net';

/** Whether a connection comes from a proxy whose X-Forwarded headers are believed. */
export type TrustedProxies = (address: string | null) => boolean;

/** @param ranges addresses, and ranges in CIDR notation */
export function createTrustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = familyOf(address);
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    if (address === null) return false;
    // An IPv4 caller of a socket that listens on both families.
    const plain = /^::ffff:(?=\d+\.)/i.test(address) ? address.slice('::ffff:'.length) : address;
    return isIP(plain) !== 0 && list.check(plain, familyOf(plain));
  };
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
