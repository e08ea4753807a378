import { createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';

/** `v1`: HMAC-SHA256 with a shared secret. `v1a`: Ed25519. */
export type SignatureScheme = 'v1' | 'v1a';

/** What a receiver verifies with. */
export interface VerificationKey {
  scheme: SignatureScheme;
  /** For people: never the key itself. */
  name: string;
  key: KeyObject;
  /** No longer accepted. Kept so that a call signed with it can be explained. */
  retired: boolean;
}

const PREFIX = 'whsec_';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of base64 with its padding, or undefined: `Buffer.from` alone reads past what it cannot. */
export function readBase64(text: string): Buffer | undefined {
  return BASE64.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** A secret as the bridge gives it: `whsec_` and 24–64 bytes in base64. Undefined when it is not one. */
export function readSecret(text: string): Buffer | undefined {
  if (!text.startsWith(PREFIX)) return undefined;
  const bytes = readBase64(text.slice(PREFIX.length));
  return bytes !== undefined && bytes.length >= 24 && bytes.length <= 64 ? bytes : undefined;
}

export function secretKey(bytes: Buffer, name: string, retired = false): VerificationKey {
  return { scheme: 'v1', name, key: createSecretKey(bytes), retired };
}

/** The Ed25519 keys of a key set (RFC 7517, RFC 8037), by `kid`. Undefined when the value is no key set; keys of other
 *  types are passed over, as RFC 7517 asks. */
export function readKeySet(value: unknown): VerificationKey[] | undefined {
  if (typeof value !== 'object' || value === null || !('keys' in value)) return undefined;
  if (!Array.isArray(value.keys)) return undefined;
  return value.keys.flatMap((jwk: unknown) => {
    if (typeof jwk !== 'object' || jwk === null) return [];
    const { kty, crv, x, kid } = jwk as Record<string, unknown>;
    if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') return [];
    try {
      const key = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
      return [
        { scheme: 'v1a' as const, name: typeof kid === 'string' ? kid : 'uten kid', key, retired: false },
      ];
    } catch {
      return [];
    }
  });
}
