import { isLoopback } from '../config/loopback.ts';
import { HttpProblem } from './httpProblem.ts';
import type { TrustedProxies } from './trustedProxies.ts';

/** The names that the API answers to, and who may say by which of them it was called. */
export interface KnownHosts {
  /** Origin, e.g. `https://ot.fylke.no`; null: loopback names alone. */
  publicUrl: string | null;
  trusts: TrustedProxies;
}

/**
 * A web page whose name is pointed at our address would get past it (DNS rebinding): a request by another name than ours
 * is not answered, nor one that came to the proxy unencrypted.
 * @param peer address of the other end of the connection; null when unknown
 * @throws HttpProblem FOREIGN_HOST
 */
export function assertKnownHost(request: Request, peer: string | null, hosts: KnownHosts): void {
  const { publicUrl } = hosts;
  const known = publicUrl === null ? null : new URL(publicUrl);
  const proxied = known !== null && hosts.trusts(peer);
  const named = proxied ? request.headers.get('x-forwarded-host') : null;
  const names = named === null ? [new URL(request.url).hostname] : named.split(',').map(hostname);
  const isOurs = (name: string) => name === known?.hostname || (named === null && isLoopback(name));
  if (!names.every(isOurs)) {
    throw new HttpProblem(
      'FOREIGN_HOST',
      known === null
        ? 'Bruk adressen 127.0.0.1 eller localhost: denne tjenesten svarer bare lokalt.'
        : 'Denne tjenesten svarer ikke på vertsnavnet i forespørselen. Bruk adressen fylkeskommunen har oppgitt.',
    );
  }
  const scheme = proxied ? request.headers.get('x-forwarded-proto') : null;
  if (
    scheme !== null &&
    known?.protocol === 'https:' &&
    scheme.split(',')[0]?.trim().toLowerCase() !== 'https'
  ) {
    throw new HttpProblem('FOREIGN_HOST', 'Forespørselen kom ukryptert. Bruk https.');
  }
}

/** Without port. */
function hostname(host: string): string {
  const address = `http://${host.trim()}`;
  return URL.canParse(address) ? new URL(address).hostname : '';
}
