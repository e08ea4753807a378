import { hash, randomBytes } from 'node:crypto';

// Two cookies: one that binds a login under way to its browser, and the session's. Both live until the browser closes.

export interface CookieNames {
  session: string;
  login: string;
  secure: boolean;
}

/** `__Host-`: the browser takes it over https only, from this very host, for all paths; no neighbour can set it. */
export function cookieNames(publicUrl: string): CookieNames {
  return publicUrl.startsWith('https:')
    ? { session: '__Host-ot', login: '__Host-ot-login', secure: true }
    : { session: 'ot-local', login: 'ot-local-login', secure: false };
}

/** 256 random bits, URL-safe. */
export function drawValue(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a drawn value. */
export function valueHash(...values: readonly string[]): Buffer {
  return Buffer.from(hash('sha256', values.join('.'), 'hex'), 'hex');
}

/** `Set-Cookie`. */
export function setCookie(name: string, value: string, { secure }: CookieNames): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** Undefined also when the name is there twice, or has a value that was not drawn here. */
export function cookieValue(header: string | null, name: string): string | undefined {
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .filter(([key]) => key === name);
  const value = found.length === 1 ? found[0]?.[1] : undefined;
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined;
}
