import type { Access } from '../core/access/access.ts';
import type { AccessDecision } from '../core/access/permission.ts';
import type { Principal } from '../core/access/principal.ts';
import type { Organisation } from '../core/organisation.ts';

/** What of the request a decision depends on. */
export interface AccessAsked {
  /** Feed of the address; null where it names none. */
  feed: string | null;
}

/** Who calls, and what they may do: the one part that differs between an open installation and one with tokens and
 *  login. */
export interface AccessControl {
  /**
   * @param peer address of the other end of the connection; null when unknown
   * @returns undefined for an anonymous caller, who may use what is public only
   * @throws HttpProblem when the request must not be answered at all
   */
  principalOf(request: Request, peer: string | null): Principal | undefined | Promise<Principal | undefined>;
  /** @param organisation null when the route is about no single organisation */
  decide(
    principal: Principal,
    access: Access,
    organisation: Organisation | null,
    asked: AccessAsked,
  ): AccessDecision;
  /** `WWW-Authenticate` of a 401, e.g. `Bearer realm="ot-bridge"`. */
  readonly challenge: string;
  /** Whether callers need a token or a login: otherwise the address must be loopback. */
  readonly tokensNeeded?: boolean;
}
