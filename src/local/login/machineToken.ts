import { randomUUID } from 'node:crypto';
import { type CryptoKey, SignJWT } from 'jose';
import { organisationNumber } from '../../core/access/organisationNumber.ts';

const LIFE_SECONDS = 120;
/** RFC 6749, section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

export interface LocalIssuerNames {
  issuer: string;
  audience: string;
  delegationSource: string;
}

/** RFC 6749, section 5. */
export type TokenAnswer =
  | { status: 200; body: { access_token: string; token_type: 'Bearer'; expires_in: number; scope: string } }
  | { status: 400; body: { error: 'invalid_request' | 'invalid_scope'; error_description: string } };

/**
 * A token as Maskinporten's, for any consumer and any scopes: to try with, on this machine only.
 * @param form `consumer`, `scope` and, for a supplier who acts for the consumer, `supplier`
 */
export async function machineToken(
  form: URLSearchParams,
  key: { kid: string; privateKey: CryptoKey },
  names: LocalIssuerNames,
): Promise<TokenAnswer> {
  const consumer = organisationNumber(form.get('consumer') ?? '');
  const supplier = form.has('supplier') ? organisationNumber(form.get('supplier') ?? '') : null;
  const scope = form.get('scope') ?? '';
  if (consumer === undefined || supplier === undefined) {
    return refused(
      'invalid_request',
      'consumer, og supplier om den er med, skal være et organisasjonsnummer med ni sifre og riktig kontrollsiffer, for eksempel 889640782.',
    );
  }
  if (!SCOPE.test(scope))
    return refused('invalid_scope', 'scope skal være ett eller flere scope med mellomrom mellom.');
  const now = Math.floor(Date.now() / 1_000);
  const token = new SignJWT({
    scope,
    client_amr: 'private_key_jwt',
    token_type: 'Bearer',
    client_id: 'lokal-prove',
    consumer: identifier(consumer),
    ...(supplier !== null && { supplier: identifier(supplier), delegation_source: names.delegationSource }),
  })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid })
    .setIssuer(names.issuer)
    .setAudience(names.audience)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE_SECONDS)
    .setJti(randomUUID());
  const access_token = await token.sign(key.privateKey);
  return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: LIFE_SECONDS, scope } };
}

/** ISO 6523; 0192 is Norway's register of organisations. */
function identifier(number: string): { authority: string; ID: string } {
  return { authority: 'iso6523-actorid-upis', ID: `0192:${number}` };
}

function refused(error: 'invalid_request' | 'invalid_scope', error_description: string): TokenAnswer {
  return { status: 400, body: { error, error_description } };
}
