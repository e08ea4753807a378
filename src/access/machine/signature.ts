import { compactVerify } from 'jose';
import type { IssuerKeys } from './issuerKeys.ts';
import { ALGORITHMS } from './openedToken.ts';
import { invalid } from './tokenRefused.ts';

/** The token's content. @throws TokenRefused unless the key has signed it */
export async function signedBy(
  token: string,
  key: Awaited<ReturnType<IssuerKeys['keyOf']>>,
): Promise<Uint8Array> {
  try {
    return (await compactVerify(token, key, { algorithms: [...ALGORITHMS] })).payload;
  } catch {
    throw invalid('Signaturen stemmer ikke med tokenet.');
  }
}
