import { isLoopback } from './loopback.ts';

// What DATABASE_URL may say. The driver reads a connection string in ways that surprise: a parameter `host` wins over
// the address, `sslmode=require` does not mean what it means elsewhere, `sslmode=no-verify` and `ssl=0` turn
// verification off. Therefore the string is never given to it: it is taken apart here and in the store, and what is
// not known is refused.

/** The parameters that are understood. */
const KNOWN = new Set(['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'host', 'application_name']);

export interface DatabaseTarget {
  tls: boolean;
  /** Paths in the URL, as libpq takes them. */
  files: { ca?: string; certificate?: string; key?: string };
}

/** @param url one that `databaseUrlFault` has found right */
export function databaseTarget(url: string): DatabaseTarget {
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  const [ca, certificate, key] = ['sslrootcert', 'sslcert', 'sslkey'].map((name) => query.get(name));
  return {
    tls: query.get('sslmode') === 'verify-full',
    files: {
      // libpq's name for the CAs of the machine.
      ...(ca && ca !== 'system' && { ca }),
      ...(certificate && { certificate }),
      ...(key && { key }),
    },
  };
}

/** What is wrong with it, in bokmål, without repeating any of it. */
export function databaseUrlFault(text: string): string | undefined {
  const url = new URL(text);
  const query = url.searchParams;
  if ([...query.keys()].some((name) => !KNOWN.has(name) || query.getAll(name).length > 1)) {
    return `kan bare ha parametrene ${[...KNOWN].join(', ')}, hver én gang`;
  }
  const socket = query.get('host');
  if (socket !== null && !(socket.startsWith('/') && url.hostname === '')) {
    return 'kan bare ha parameteren host for en mappe med en lokal sokkel, og da uten vert foran databasen';
  }
  const mode = query.get('sslmode');
  const here = url.hostname === '' || isLoopback(url.hostname);
  if (mode === 'verify-full' && url.hostname === '') return 'kan ikke ha sslmode uten en vert';
  if (mode === 'verify-full' || (here && (mode === null || mode === 'disable'))) return undefined;
  return here
    ? 'skal ha sslmode=verify-full, eller ingen sslmode når databasen er på samme maskin'
    : 'skal slutte på ?sslmode=verify-full når databasen er på en annen maskin; legg CA-en som har utstedt sertifikatet i DATABASE_CA_FILE';
}
