/** Whether a host name or address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Until people log in, whoever can reach the loopback address. */
export const LOOPBACK_PRINCIPAL = 'loopback';
