import { isLoopback } from '../config/loopback.ts';

/** Without tokens and login the loopback address is the only fence. @throws Error in bokmål when others can reach the
 *  address */
export function assertLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new Error(
    'Uten innlogging kan API-et bare lytte på denne maskinen: sett HTTP_HOST til 127.0.0.1, eller sett PUBLIC_URL, MASKINPORTEN_ISSUER og LOGIN_ISSUER.',
  );
}
