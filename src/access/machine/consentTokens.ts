import { type ExpectedClaims, readClaims } from './claims.ts';
import { type GivenConsent, readConsent } from './consentDetails.ts';
import type { IssuerKeys } from './issuerKeys.ts';
import { strictJson, tokenHeader } from './openedToken.ts';
import { signedBy } from './signature.ts';

export interface ConsentTokensParts {
  keys: IssuerKeys;
  expected: ExpectedClaims;
  /** Epoch milliseconds. */
  now(): number;
}

export interface ConsentTokens {
  /** @throws TokenRefused */
  consentIn(token: string): Promise<GivenConsent>;
}

/** Consents of Altinn 3, which come inside a token of Maskinporten's. To have the token proves no more than that the
 *  consent was there when it was issued, to whom, and for us. */
export function createConsentTokens({ keys, expected, now }: ConsentTokensParts): ConsentTokens {
  return {
    async consentIn(token) {
      const key = await keys.keyOf(tokenHeader(token));
      const claims = strictJson(await signedBy(token, key));
      const { consumer } = readClaims(claims, expected, now());
      return readConsent(claims.authorization_details, consumer, now());
    },
  };
}
