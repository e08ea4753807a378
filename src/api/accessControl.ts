import type { MachineTokens } from '../access/machine/machineTokens.ts';
import { TokenRefused } from '../access/machine/tokenRefused.ts';
import { type AccessContext, decide } from '../core/access/decide.ts';
import type { AccessDecision } from '../core/access/permission.ts';
import type { LocalPrincipal, PersonPrincipal, Principal } from '../core/access/principal.ts';
import { instantOf } from '../core/time/date.ts';
import type { AccessControl } from './access.ts';
import { HttpProblem } from './httpProblem.ts';
import { assertKnownHost, type KnownHosts } from './knownHost.ts';

const CHALLENGE = 'Bearer realm="ot-bridge"';
/** The issuer is asked again about so often. */
const ISSUER_RETRY_SECONDS = 10;
const LOCAL: LocalPrincipal = { kind: 'local', name: 'loopback', key: 'loopback' };

export interface AccessControlParts {
  hosts: KnownHosts;
  /** Asked for each token; null while no issuer of tokens is known. */
  machineTokens(): MachineTokens | null;
  /** Of a request with a live session; null: no one can log in. */
  sessionOf: ((request: Request) => Promise<PersonPrincipal | undefined>) | null;
  /** No issuer at all, on loopback: a caller without token and session may do everything. */
  open: boolean;
  /** Of scopes, without the colon. */
  scopePrefix: string;
  /** Epoch milliseconds. */
  now(): number;
}

/** A token decides, also of a request with a session; then the session; then, in an open installation, that it is one. */
export function createAccessControl(parts: AccessControlParts): AccessControl {
  async function principalOf(request: Request): Promise<Principal | undefined> {
    const authorization = request.headers.get('authorization');
    if (authorization !== null) return machineOf(parts, authorization);
    return (await parts.sessionOf?.(request)) ?? (parts.open ? LOCAL : undefined);
  }

  return {
    async principalOf(request, peer) {
      assertKnownHost(request, peer, parts.hosts);
      return principalOf(request);
    },
    decide(principal, access, organisation, asked) {
      const context: AccessContext = { ...asked, now: instantOf(parts.now()) };
      return prefixed(decide(principal, access, organisation, context), parts.scopePrefix);
    },
    challenge: CHALLENGE,
    tokensNeeded: !parts.open,
  };
}

async function machineOf(parts: AccessControlParts, authorization: string): Promise<Principal> {
  const machineTokens = parts.machineTokens();
  if (machineTokens === null) {
    throw new HttpProblem(
      'TOKEN_INVALID',
      'Her kan ingen token sjekkes, for MASKINPORTEN_ISSUER er ikke satt. Send forespørselen uten Authorization.',
      { challenge: `${CHALLENGE}, error="invalid_token"` },
    );
  }
  try {
    return await machineTokens.principalOf([authorization]);
  } catch (error) {
    if (error instanceof TokenRefused) throw answered(error);
    throw error;
  }
}

/** RFC 6750, section 3: without a token the challenge has no error. */
function answered({ code, message }: TokenRefused): HttpProblem {
  switch (code) {
    case 'TOKEN_MISSING':
      return new HttpProblem(code, message, { challenge: CHALLENGE });
    case 'TOKEN_INVALID':
    case 'TOKEN_EXPIRED':
      return new HttpProblem(code, message, { challenge: `${CHALLENGE}, error="invalid_token"` });
    case 'ISSUER_AWAY':
      return new HttpProblem(code, message, { retryAfterSeconds: ISSUER_RETRY_SECONDS });
  }
}

/** As the caller asks Maskinporten for them. */
function prefixed(decision: AccessDecision, prefix: string): AccessDecision {
  if (decision.permitted || decision.refusal.code !== 'SCOPE_MISSING') return decision;
  const scope = decision.refusal.scope
    .split(' ')
    .map((each) => `${prefix}:${each}`)
    .join(' ');
  return { permitted: false, refusal: { code: 'SCOPE_MISSING', scope } };
}
