import { namesIn, repeatedField } from '../../wire/repeatedField.ts';
import { invalid } from './tokenRefused.ts';

/** Algorithms of Maskinporten: never a secret that both sides share, never none. */
export const ALGORITHMS = ['RS256', 'RS384', 'RS512'] as const;

/** A key that a token brings along proves nothing; an extension that must be understood is none of ours. */
const REFUSED_PARAMETERS = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc'] as const;
const TYPES: ReadonlySet<unknown> = new Set([undefined, 'jwt', 'at+jwt', 'application/at+jwt']);
const LEVELS = 8;

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws TokenRefused unless it is signed in a way, and by a key, that can be looked up */
export function tokenHeader(token: string): { alg: string; kid: string } {
  const [encoded = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || ![encoded, payload, signature].every((part) => /^[\w-]+$/.test(part)))
    throw invalid('Tokenet er ikke et signert JWT.');
  const header = strictJson(Buffer.from(encoded, 'base64url'));
  const { alg, kid, typ } = header;
  if (typeof alg !== 'string' || !ALGORITHMS.some((known) => known === alg))
    throw invalid('Tokenet er ikke signert med RS256, RS384 eller RS512.');
  if (REFUSED_PARAMETERS.some((name) => Object.hasOwn(header, name)))
    throw invalid('Tokenets hode har et felt som ikke godtas her.');
  if (!TYPES.has(typeof typ === 'string' ? typ.toLowerCase() : typ))
    throw invalid('Tokenet er av en annen type enn et tilgangstoken.');
  if (typeof kid !== 'string' || kid === '')
    throw invalid('Tokenet sier ikke hvilken nøkkel det er signert med.');
  return { alg, kid };
}

/** A JSON object in UTF-8, where no name is given twice: of two, readers differ in which they believe.
 *  @throws TokenRefused */
export function strictJson(bytes: Uint8Array): JsonObject {
  const fault = () => invalid('Tokenets innhold er ikke entydig JSON.');
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw fault();
  }
  if (!isObject(value)) throw fault();
  const names = namesIn(value, LEVELS);
  if (names < 0 || repeatedField(text, value, names) !== undefined) throw fault();
  return value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
