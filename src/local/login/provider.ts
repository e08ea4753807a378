import { randomBytes } from 'node:crypto';
import type { JWK, Provider } from 'oidc-provider';
import { expiringAdapter } from './expiringAdapter.ts';

/** Cookie of the provider's own session. */
export const PROVIDER_SESSION = 'ot-local-op';

export interface ProviderParts {
  issuer: string;
  client: { id: string; publicKey: JWK; redirectUri: string };
  signingKey: JWK;
  /** Path of the page where the person is chosen. */
  interactionPath(uid: string): string;
  isKnown(account: string): boolean;
  /** Page for a request that cannot go on. */
  stoppedPage(): string;
}

/** A development dependency, loaded when the first request comes: the start does not wait for it. */
export async function createProvider(parts: ProviderParts): Promise<Provider> {
  const { Provider } = await withoutRuntimeWarning(() => import('oidc-provider'));
  const { client } = parts;
  const provider = new Provider(parts.issuer, {
    adapter: expiringAdapter(),
    jwks: { keys: [parts.signingKey] },
    clients: [
      {
        client_id: client.id,
        redirect_uris: [client.redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [client.publicKey] },
        require_auth_time: true,
      },
    ],
    clientAuthMethods: ['private_key_jwt'],
    acrValues: ['high'],
    claims: { acr: null, auth_time: null, iss: null, sid: null, openid: ['sub'] },
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: PROVIDER_SESSION, interaction: 'ot-local-choice', resume: 'ot-local-resume' },
    },
    pkce: { required: () => true },
    routes: { token: '/oidc/token' },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    interactions: { url: (_ctx, { uid }) => parts.interactionPath(uid) },
    // The only client is the bridge itself: there is nothing to consent to.
    async loadExistingGrant({ oidc }) {
      const { client: asking, session } = oidc;
      const grant = new oidc.provider.Grant({
        ...(asking && { clientId: asking.clientId }),
        ...(session?.accountId !== undefined && { accountId: session.accountId }),
      });
      grant.addOIDCScope('openid');
      grant.addOIDCClaims(['acr', 'auth_time']);
      await grant.save();
      return grant;
    },
    findAccount: (_ctx, id) =>
      parts.isKnown(id) ? { accountId: id, claims: () => ({ sub: id }) } : undefined,
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 900, Session: 900 },
    renderError(ctx) {
      ctx.type = 'html';
      ctx.body = parts.stoppedPage();
    },
  });
  return provider;
}

/** It warns on the screen of every Node that has no name of a long-term release. */
async function withoutRuntimeWarning<T>(load: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = (...said: unknown[]) => {
    if (!String(said[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...said);
  };
  try {
    return await load();
  } finally {
    console.warn = warn;
  }
}
