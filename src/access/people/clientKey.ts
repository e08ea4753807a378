import { createPrivateKey, type KeyObject, type webcrypto } from 'node:crypto';
import type { JWK } from 'jose';

/** A client key that cannot be used; the message is the operator's. */
export class UnusableClientKey extends Error {
  override readonly name = 'UnusableClientKey';

  constructor() {
    super(
      'LOGIN_CLIENT_KEY_FILE holder ingen privat nøkkel som kan brukes: legg inn en RSA-nøkkel på minst 2048 bit, eller en EC-nøkkel på kurven P-256, som JWK eller PEM.',
    );
  }
}

export interface ClientKey {
  key: webcrypto.CryptoKey;
  /** As the issuer knows the key; null for a PEM, which has no name. */
  kid: string | null;
  /** Thumbprint of its certificate, which Entra ID asks for. */
  thumbprint: string | null;
}

/**
 * @param text JWK or PEM
 * @throws UnusableClientKey
 */
export function readClientKey(text: string): ClientKey {
  try {
    const jwk: JWK | undefined = text.trimStart().startsWith('{') ? JSON.parse(text) : undefined;
    const key = createPrivateKey(jwk === undefined ? text : { key: jwk, format: 'jwk' });
    return { key: signing(key), kid: textOf(jwk?.kid), thumbprint: textOf(jwk?.['x5t#S256']) };
  } catch {
    // The library's own message may repeat a part of the key.
    throw new UnusableClientKey();
  }
}

function signing(key: KeyObject): webcrypto.CryptoKey {
  const { modulusLength = 0, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2_048)
    return key.toCryptoKey({ name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, false, ['sign']);
  if (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1')
    return key.toCryptoKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  throw new UnusableClientKey();
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
