import type { SecureContext } from 'node:tls';
import pg from 'pg';

/** Credentials are functions: a renewed file is used by the next connection, without a restart. */
export interface DatabaseSecurity {
  /** The CA and the client certificate to connect with now. Absent: no TLS, which is only for this machine. */
  secureContext?: () => SecureContext;
  /** In place of the URL's. */
  password?: () => string;
}

/**
 * One connection's settings. The driver is never given the URL: it would let a parameter of it choose another host or
 * turn verification off, and so would `PGSSLMODE`.
 * @param url `postgres://user:password@host:port/database`; `?host=/folder` for a local socket
 */
export function clientConfig(
  url: string,
  { secureContext, password }: DatabaseSecurity = {},
): pg.ClientConfig {
  const { hostname, port, username, password: inUrl, pathname, searchParams } = new URL(url);
  const name = searchParams.get('application_name');
  return {
    host:
      hostname === ''
        ? (searchParams.get('host') ?? '/var/run/postgresql')
        : decodeURIComponent(bare(hostname)),
    ...(port !== '' && { port: Number(port) }),
    ...(username !== '' && { user: decodeURIComponent(username) }),
    ...(password ? { password } : inUrl !== '' && { password: decodeURIComponent(inUrl) }),
    ...(pathname.length > 1 && { database: decodeURIComponent(pathname.slice(1)) }),
    ...(name !== null && { application_name: name }),
    // Verification of the chain and the host name is what `tls.connect` does when nothing is said.
    ssl: secureContext ? { secureContext: secureContext() } : false,
  };
}

/** A client for `pg.Pool` that takes the settings when it is made, not those of the pool. */
export function clientClass(url: string, security: DatabaseSecurity | undefined) {
  return class extends pg.Client {
    constructor(settings?: pg.ClientConfig) {
      super({ ...settings, ...clientConfig(url, security) });
    }
  };
}

/** An IPv6 address without its brackets. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.+)\]$/, '$1');
}
