import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { AccessStore } from '../../access/accessStore.ts';
import { choicePage } from '../../api/front/choicePage.ts';
import { loginStopped } from '../../api/front/loginPages.ts';
import { PAGE_HEADERS } from '../../api/front/page.ts';
import type { LocalIssuer, LocalIssuerParts } from '../../bridge/localIssuer.ts';
import type { PersonKey } from '../../core/access/principal.ts';
import { organisationName } from '../../core/organisation.ts';
import { localAccess } from './localAccess.ts';
import { type LocalIssuerNames, machineToken } from './machineToken.ts';
import { type Persona, personasOf } from './personas.ts';
import { createProvider, PROVIDER_SESSION } from './provider.ts';

const PATH = '/lokal-innlogging';
const CLIENT = 'ot-bridge';
const FORM_BYTES = 4_096;

/** False in an installation without development dependencies: there is nothing there to switch on. */
export function canIssueLocally(): boolean {
  try {
    import.meta.resolve('oidc-provider');
    return true;
  } catch {
    return false;
  }
}

/** An OpenID Connect issuer and a source of machine tokens in this very process, to try with. Its keys are drawn now. */
export function createLocalIssuer({ origin, organisations, loginTag }: LocalIssuerParts): LocalIssuer {
  const names: LocalIssuerNames = {
    issuer: `${origin}${PATH}`,
    audience: 'ot-bridge-lokal',
    delegationSource: 'https://tt02.altinn.no/',
  };
  const personas = personasOf(organisations);
  const client = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyOf = ({ id }: Persona) => loginTag('person', names.issuer, id).toString('hex') as PersonKey;
  let opened: Promise<Opened> | undefined;
  const open = () => {
    opened ??= openProvider(names.issuer, origin, client.publicKey, personas);
    return opened;
  };

  return {
    login: {
      issuer: names.issuer,
      clientId: CLIENT,
      clientKey: client.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      resource: null,
      acr: 'high',
      tenant: null,
      publicUrl: origin,
    },
    maskinporten: {
      ...names,
      metadataUrl: `${names.issuer}/.well-known/oauth-authorization-server`,
      jwksUri: `${names.issuer}/jwks`,
      scopePrefix: 'otbridge',
    },
    access: (own: AccessStore) => localAccess(own, organisations, personas, keyOf),
    async handle(request, response) {
      response.setHeader('cache-control', 'no-store');
      response.setHeader('x-content-type-options', 'nosniff');
      for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value);
      const path = (request.url ?? '').slice(PATH.length).replace(/\?.*$/s, '').replace(/\/$/, '');
      const asked = `${request.method} ${path}`;
      if (asked === 'GET ') return send(response, 303, '', { location: '/login' });
      const { provider, key } = await open();
      if (asked === 'GET /.well-known/oauth-authorization-server') {
        return sendJson(response, 200, {
          issuer: names.issuer,
          token_endpoint: `${names.issuer}/token`,
          jwks_uri: `${names.issuer}/jwks`,
        });
      }
      if (asked === 'POST /token') {
        const { status, body } = await machineToken(await readForm(request), key, names);
        return sendJson(response, status, body);
      }
      if (path.startsWith('/velg/')) return choose(provider, request, response, `${PATH}${path}`);
      // As Ansattporten, no session of its own: each login asks who it is, also when it was another one before.
      request.headers.cookie = withoutCookie(request.headers.cookie, PROVIDER_SESSION);
      // The provider reads its own address off the one that was asked for.
      Object.assign(request, { originalUrl: request.url });
      request.url = request.url?.slice(PATH.length) || '/';
      await provider.callback()(request, response);
    },
  };

  async function choose(
    provider: Provider,
    request: IncomingMessage,
    response: ServerResponse,
    action: string,
  ): Promise<void> {
    const asked = await provider.interactionDetails(request, response).catch(() => undefined);
    if (asked === undefined) return send(response, 400, stoppedPage());
    const chosen = request.method === 'POST' ? (await readForm(request)).get('persona') : null;
    if (!personas.some(({ id }) => id === chosen) || chosen === null) {
      const groups = organisations.map((each) => ({
        org: each.id,
        name: organisationName(each),
        choices: personas.filter((persona) => persona.org === each.id),
      }));
      return send(response, 200, String(await choicePage(action, groups)));
    }
    await provider.interactionFinished(request, response, {
      login: { accountId: chosen, acr: 'high', remember: false },
    });
  }
}

interface Opened {
  provider: Provider;
  key: { kid: string; privateKey: CryptoKey };
}

async function openProvider(
  issuer: string,
  origin: string,
  clientKey: KeyObject,
  personas: readonly Persona[],
): Promise<Opened> {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const kid = randomUUID();
  const provider = await createProvider({
    issuer,
    client: {
      id: CLIENT,
      publicKey: clientKey.export({ format: 'jwk' }),
      redirectUri: `${origin}/login/callback`,
    },
    signingKey: { ...pair.privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' },
    interactionPath: (uid) => `${PATH}/velg/${uid}`,
    isKnown: (account) => personas.some(({ id }) => id === account),
    stoppedPage,
  });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return { provider, key: { kid, privateKey: pair.privateKey.toCryptoKey(algorithm, false, ['sign']) } };
}

function stoppedPage(): string {
  return String(
    loginStopped(
      'Innloggingen ble ikke fullført',
      'Den er brukt, for gammel eller begynt i en annen nettleser. Logg inn på nytt.',
      true,
    ),
  );
}

/** @throws when it is larger than any form here */
async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= FORM_BYTES) chunks.push(chunk);
  }
  return new URLSearchParams(size > FORM_BYTES ? '' : Buffer.concat(chunks).toString());
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, JSON.stringify(body), { 'content-type': 'application/json' });
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = { 'content-type': 'text/html; charset=utf-8' },
): void {
  response.writeHead(status, headers).end(body);
}

/** @param name also of the cookie that signs it */
function withoutCookie(header: string | undefined, name: string): string {
  const pairs = (header ?? '').split(/;\s*/);
  return pairs.filter((pair) => !pair.startsWith(`${name}=`) && !pair.startsWith(`${name}.sig=`)).join('; ');
}
