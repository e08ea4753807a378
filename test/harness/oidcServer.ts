import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JWTPayload, SignJWT } from 'jose';
import { interactionPolicy, Provider } from 'oidc-provider';
import { expiringAdapter } from '../../src/local/login/expiringAdapter.ts';

/** A real OpenID Connect issuer, set up as one of those that the county may use. */
export interface OidcServer {
  issuer: string;
  clientId: string;
  /** JWK of the client's private key. */
  clientKey: string;
  /** Who is at the keyboard: claims of the ID token on top of the standard ones, and the level they log in at. */
  person: { sub: string; acr: string; claims: Record<string, unknown> };
  /** Parameters of the authorization requests so far. */
  asked: Record<string, string>[];
  /** Answers every request 503 while true. */
  away: boolean;
  /** A token signed with the issuer's key. */
  sign(claims: JWTPayload, options?: { audience?: string; issuer?: string; age?: number }): Promise<string>;
  /** Replaces the claims of the next ID tokens, as an issuer in error would. */
  tamper: ((claims: JWTPayload) => JWTPayload) | undefined;
  close(): Promise<void>;
}

const CLIENT = 'ot-bridge-test';

export async function startOidcServer(redirectOrigin: string): Promise<OidcServer> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const client = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const signing = { ...pair.privateKey.export({ format: 'jwk' }), kid: 'issuer-1', alg: 'RS256', use: 'sig' };
  const signingKey = pair.privateKey.toCryptoKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  let provider: Provider;
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const policy = interactionPolicy.base();
  const { REQUEST_PROMPT, NO_NEED_TO_PROMPT } = interactionPolicy.Check;
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check('each_time', 'log in', ({ oidc }) =>
        oidc.result?.login === undefined ? REQUEST_PROMPT : NO_NEED_TO_PROMPT,
      ),
    );
  const claimNames = ['pid', 'authorization_details', 'tid', 'oid', 'groups', 'acrs'];
  provider = new Provider(issuer, {
    adapter: expiringAdapter(),
    jwks: { keys: [signing] },
    clients: [
      {
        client_id: CLIENT,
        redirect_uris: [`${redirectOrigin}/login/callback`],
        post_logout_redirect_uris: [`${redirectOrigin}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [{ ...client.publicKey.export({ format: 'jwk' }), kid: 'client-1' }] },
        require_auth_time: true,
        backchannel_logout_uri: `${redirectOrigin}/login/backchannel-logout`,
        backchannel_logout_session_required: true,
      },
    ],
    clientAuthMethods: ['private_key_jwt'],
    acrValues: ['high', 'substantial', 'idporten-loa-high', 'idporten-loa-substantial'],
    claims: { acr: null, auth_time: null, iss: null, sid: null, openid: ['sub', ...claimNames] },
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      backchannelLogout: { enabled: true },
    },
    interactions: { policy, url: (_ctx, { uid }) => `/log-in/${uid}` },
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: CLIENT,
        ...(oidc.session?.accountId !== undefined && { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope('openid');
      grant.addOIDCClaims(['acr', 'auth_time', ...claimNames]);
      await grant.save();
      return grant;
    },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...self.person.claims }) }),
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 900, Session: 900 },
  });

  const self: OidcServer = {
    issuer,
    clientId: CLIENT,
    clientKey: JSON.stringify({ ...client.privateKey.export({ format: 'jwk' }), kid: 'client-1' }),
    person: { sub: 'subject-1', acr: 'high', claims: {} },
    asked: [],
    away: false,
    tamper: undefined,
    sign: (claims, { audience = CLIENT, issuer: named = issuer, age = 0 } = {}) =>
      new SignJWT({ jti: randomUUID(), iat: Math.floor(Date.now() / 1_000) - age, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid: 'issuer-1' })
        .setIssuer(named)
        .setAudience(audience)
        .setExpirationTime(Math.floor(Date.now() / 1_000) - age + 600)
        .sign(signingKey),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (self.away) {
      response.writeHead(503).end();
      return;
    }
    const url = request.url ?? '';
    if (url.startsWith('/auth?')) self.asked.push(Object.fromEntries(new URL(url, issuer).searchParams));
    if (url.startsWith('/log-in/')) {
      const { sub, acr } = self.person;
      await provider.interactionFinished(request, response, { login: { accountId: sub, acr } });
      return;
    }
    if (url.startsWith('/token') && self.tamper !== undefined)
      return answerTampered(request, response, self.tamper);
    await provider.callback()(request, response);
  }

  /** Lets the provider answer, and signs another ID token in the place of its own. */
  async function answerTampered(
    request: IncomingMessage,
    response: ServerResponse,
    tamper: (claims: JWTPayload) => JWTPayload,
  ): Promise<void> {
    const end = response.end.bind(response);
    response.end = ((chunk?: unknown) => {
      const body = JSON.parse(String(chunk));
      if (typeof body.id_token !== 'string') return end(String(chunk));
      const claims: JWTPayload = JSON.parse(Buffer.from(body.id_token.split('.')[1], 'base64url').toString());
      const { aud: _audience, iss: _issuer, exp: _until, ...rest } = tamper(claims);
      void self.sign(rest).then((id_token) => {
        const text = JSON.stringify({ ...body, id_token });
        response.setHeader('content-length', Buffer.byteLength(text));
        end(text);
      });
      return response;
    }) as typeof response.end;
    await provider.callback()(request, response);
  }
  return self;
}
