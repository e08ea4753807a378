import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

export const AUDIENCE = 'https://ot.fylke.no';
export const ALTINN = 'https://tt02.altinn.no/';
export const PREFIX = 'otbridge';
/** Of public bodies: NAV, the register in Brønnøysund, Digdir. */
export const CONSUMER = '889640782';
export const OTHER_CONSUMER = '974760673';
export const SUPPLIER = '991825827';

export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  jwk: JWK;
}

export async function makeKey(kid: string, alg = 'RS256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

export interface Issuer {
  issuer: string;
  metadataUrl: string;
  key: SigningKey;
  /** Times its key set was fetched. */
  fetched(): number;
  publish(keys: readonly JWK[]): void;
  /** Answers with this, as they are, until it is undefined again; `null` closes the connection. */
  answerWith(answer: { status: number; body: string } | null | undefined): void;
  /** Claims as Maskinporten's. @param at epoch milliseconds */
  claims(scope: string, at?: number): JWTPayload;
  /** @param key another than the published one */
  sign(claims: object, key?: SigningKey): Promise<string>;
  token(scope: string, changes?: object): Promise<string>;
  stop(): Promise<void>;
}

/** Maskinporten as a provider of an API sees it: metadata, keys, tokens. */
export async function startIssuer(): Promise<Issuer> {
  const key = await makeKey('maskinporten-1');
  let keys: readonly JWK[] = [key.jwk];
  let answer: { status: number; body: string } | null | undefined;
  let fetched = 0;
  const server = createServer((request, response) => {
    if (request.url === '/jwk') fetched += 1;
    if (answer === null) return request.socket.destroy();
    if (answer !== undefined) return response.writeHead(answer.status).end(answer.body);
    if (request.url === '/jwk') return response.end(JSON.stringify({ keys }));
    if (request.url !== '/.well-known/oauth-authorization-server') return response.writeHead(404).end();
    return response.end(JSON.stringify({ issuer, jwks_uri: `${issuer}jwk` }));
  });
  const issuer = `http://127.0.0.1:${await listening(server)}/`;
  const claims = (scope: string, at = Date.now()): JWTPayload => ({
    iss: issuer,
    aud: AUDIENCE,
    scope,
    iat: Math.floor(at / 1000),
    exp: Math.floor(at / 1000) + 119,
    client_id: 'school-system',
    jti: 'c3Dd9bVnUcI4zJc0',
    token_type: 'Bearer',
    client_amr: 'private_key_jwt',
    consumer: organisation(CONSUMER),
  });
  const sign = (content: object, { privateKey, kid }: SigningKey = key) =>
    new SignJWT({ ...content }).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
  return {
    issuer,
    metadataUrl: `${issuer}.well-known/oauth-authorization-server`,
    key,
    fetched: () => fetched,
    publish(published) {
      keys = published;
    },
    answerWith(given) {
      answer = given;
    },
    claims,
    sign,
    token: (scope, changes = {}) => sign({ ...claims(scope), ...changes }),
    stop: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}

/** As in `consumer` and `supplier`. */
export function organisation(orgnr: string) {
  return { authority: 'iso6523-actorid-upis', ID: `0192:${orgnr}` };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
