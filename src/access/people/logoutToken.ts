import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { IssuerAway, type LoginIssuer } from './loginIssuer.ts';

const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const OLDEST = '10m';
const LONGEST = 16_384;

/** Whom the issuer has logged out. */
export interface LoggedOut {
  subject: string | null;
  sid: string | null;
  tokenId: string;
}

/** OpenID Connect Back-Channel Logout 1.0, section 2.6. */
export function createLogoutTokens(issuer: LoginIssuer, now: () => number) {
  let remote: { at: string; keys: ReturnType<typeof createRemoteJWKSet> } | undefined;
  return {
    /** Undefined when the text is no logout token of this issuer to this client. @throws IssuerAway */
    async read(token: string): Promise<LoggedOut | undefined> {
      if (token.length > LONGEST) return undefined;
      const { issuer: name, keys } = await issuer.identity();
      if (remote?.at !== keys.href) remote = { at: keys.href, keys: createRemoteJWKSet(keys) };
      try {
        const { payload } = await jwtVerify(token, remote.keys, {
          issuer: name,
          audience: issuer.settings.clientId,
          algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'ES256'],
          requiredClaims: ['iat', 'jti', 'events'],
          maxTokenAge: OLDEST,
          clockTolerance: 30,
          currentDate: new Date(now()),
        });
        return loggedOut(payload);
      } catch (error) {
        if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return undefined;
        throw new IssuerAway('no keys', { cause: error });
      }
    },
  };
}

function loggedOut({ events, sub, sid, jti, nonce }: JWTPayload): LoggedOut | undefined {
  // An ID token, which has a nonce, must not log anyone out.
  if (!isObject(events) || !isObject(events[EVENT]) || nonce !== undefined) return undefined;
  if (typeof jti !== 'string' || !(sid === undefined || typeof sid === 'string')) return undefined;
  return sub === undefined && sid === undefined
    ? undefined
    : { subject: sub ?? null, sid: sid ?? null, tokenId: jti };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
