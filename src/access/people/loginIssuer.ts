import * as client from 'openid-client';
import { isContext } from './assurance.ts';
import { type LoggedIn, loggedIn } from './claims.ts';
import { type ClientKey, readClientKey } from './clientKey.ts';
import type { LoginSettings } from './loginSettings.ts';
import { representationAsked } from './representation.ts';

const METADATA_MS = 60 * 60_000;
const TIMEOUT_SECONDS = 10;

/** What must be remembered between the browser's leaving and its return. */
export interface Asked {
  state: string;
  nonce: string;
  verifier: string;
  /** The person had to prove again who they are. */
  stepUp: boolean;
}

export type Answered =
  | { ok: true; who: LoggedIn }
  /** `code` is the library's word for what was wrong, for the log. */
  | { ok: false; reason: 'REFUSED' | 'ISSUER_AWAY' | 'FOREIGN'; code: string };

/** An OpenID Connect issuer as its client sees it. */
export interface LoginIssuer {
  settings: LoginSettings;
  /** @throws IssuerAway */
  ask(asked: Asked): Promise<URL>;
  /** @param returned the address the browser came back to */
  answer(returned: URL, asked: Asked): Promise<Answered>;
  /** Where the browser ends its session at the issuer; undefined when it has no such address. @throws IssuerAway */
  endSession(): Promise<URL | undefined>;
  /** What the issuer calls itself in its tokens, and where its keys are. @throws IssuerAway */
  identity(): Promise<{ issuer: string; keys: URL }>;
}

export class IssuerAway extends Error {
  override readonly name = 'IssuerAway';
}

export function createLoginIssuer(settings: LoginSettings, now: () => number): LoginIssuer {
  const key = readClientKey(settings.clientKey);
  const callback = new URL('/login/callback', settings.publicUrl).href;
  let known: { configuration: client.Configuration; at: number } | undefined;

  async function configuration(): Promise<client.Configuration> {
    if (known !== undefined && now() - known.at < METADATA_MS) return known.configuration;
    try {
      known = { configuration: await discover(settings, key), at: now() };
      return known.configuration;
    } catch (cause) {
      // What was read an hour ago is better than no login.
      if (known !== undefined) return known.configuration;
      throw new IssuerAway(codeOf(cause), { cause });
    }
  }

  return {
    settings,
    async ask({ state, nonce, verifier, stepUp }) {
      const { acr, resource } = settings;
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: callback,
        response_type: 'code',
        scope: 'openid',
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...assuranceAsked(acr),
        ...(resource !== null && { authorization_details: representationAsked(resource) }),
        ...(stepUp && { prompt: 'login', max_age: '0' }),
      });
    },
    async answer(returned, { state, nonce, verifier }) {
      // Behind a proxy the address that was asked for is the public one.
      const address = new URL(callback);
      address.search = returned.search;
      try {
        const checks = {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        };
        const tokens = await client.authorizationCodeGrant(await configuration(), address, checks);
        const who = loggedIn(tokens.claims() ?? {}, tokens.authorization_details, settings);
        return who === undefined ? { ok: false, reason: 'FOREIGN', code: 'FOREIGN' } : { ok: true, who };
      } catch (error) {
        return { ok: false, reason: isAway(error) ? 'ISSUER_AWAY' : 'REFUSED', code: codeOf(error) };
      }
    },
    async endSession() {
      const found = await configuration();
      if (found.serverMetadata().end_session_endpoint === undefined) return undefined;
      // Without `id_token_hint`: an ID token holds the identity number, which would be in an address.
      return client.buildEndSessionUrl(found, {
        client_id: settings.clientId,
        post_logout_redirect_uri: new URL('/', settings.publicUrl).href,
      });
    },
    async identity() {
      const { issuer, jwks_uri } = (await configuration()).serverMetadata();
      if (jwks_uri === undefined) throw new IssuerAway('no jwks_uri');
      return { issuer, keys: new URL(jwks_uri) };
    },
  };
}

function assuranceAsked(acr: string | null): Record<string, string> {
  if (acr === null) return {};
  // Entra ID takes its authentication contexts as a claim.
  return isContext(acr)
    ? { claims: JSON.stringify({ id_token: { acrs: { essential: true, value: acr } } }) }
    : { acr_values: acr };
}

async function discover(
  settings: LoginSettings,
  { key, kid, thumbprint }: ClientKey,
): Promise<client.Configuration> {
  const issuer = new URL(settings.issuer);
  const authentication = client.PrivateKeyJwt(kid === null ? { key } : { key, kid }, {
    [client.modifyAssertion](header, payload) {
      // Entra ID knows a key by its certificate, and wants the address of its token endpoint.
      if (thumbprint !== null) header['x5t#S256'] = thumbprint;
      if (settings.tenant !== null) payload.aud = found.serverMetadata().token_endpoint ?? payload.aud;
    },
  });
  const found: client.Configuration = await client.discovery(
    issuer,
    settings.clientId,
    undefined,
    authentication,
    {
      timeout: TIMEOUT_SECONDS,
      execute: [
        // The signature of the ID token too, not only the connection it came on.
        client.enableNonRepudiationChecks,
        // A local issuer of this very machine; the configuration takes no other http address.
        ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    },
  );
  return found;
}

/** No answer, or one that says that the issuer itself has failed. */
function isAway(error: unknown): boolean {
  if (error instanceof IssuerAway || codeOf(error) === 'OAUTH_TIMEOUT') return true;
  const cause = error instanceof Error ? error.cause : undefined;
  return (
    (error instanceof TypeError && cause instanceof Error) ||
    (cause instanceof Response && cause.status >= 500)
  );
}

/** Of the library or of OAuth; never a message, which may repeat what was sent. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if ('error' in error && typeof error.error === 'string' && /^[a-z_]{1,40}$/.test(error.error))
    return error.error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
