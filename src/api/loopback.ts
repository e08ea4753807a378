import { isLoopback } from '../config/loopback.ts';
import { WHOLE_COUNTY } from '../core/access/permission.ts';
import type { AccessControl } from './access.ts';
import { HttpProblem } from './httpProblem.ts';

// Without sign-in the loopback address is the only fence: the server listens nowhere else, it answers to no other name,
// and every caller that reaches it may do everything.

/** @throws Error in bokmål when the address can be reached from other machines */
export function assertLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new Error(
    `API-et har ingen pålogging ennå og kan bare lytte på denne maskinen. Sett adressen til 127.0.0.1, ikke ${host}.`,
  );
}

export const loopbackAccess: AccessControl = {
  /** A web page whose name is pointed at 127.0.0.1 would get past the address (DNS rebinding). */
  principalOf(request) {
    if (isLoopback(new URL(request.url).hostname))
      return { kind: 'local', name: 'loopback', key: 'loopback' };
    throw new HttpProblem(
      'FOREIGN_HOST',
      'Bruk adressen 127.0.0.1 eller localhost: denne tjenesten svarer bare lokalt.',
    );
  },
  decide: () => ({ permitted: true, permission: WHOLE_COUNTY }),
  challenge: 'Bearer realm="ot-bridge"',
};
