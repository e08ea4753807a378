import { organisationNumber } from '../../core/access/organisationNumber.ts';
import type { OrganisationNumber } from '../../core/access/principal.ts';
import { isObject, type JsonObject } from './openedToken.ts';
import { invalid, TokenRefused } from './tokenRefused.ts';

// What a token of Maskinporten says (docs.digdir.no, maskinporten_protocol_token). Read only after its signature.

/** How far the issuer's clock may be ahead. */
const SKEW_SECONDS = 10;
/** Maskinporten's own are at most two minutes by default. */
const LONGEST_LIFE_SECONDS = 600;
/** In ISO 6523: Norway's register of organisations. */
const AUTHORITY = 'iso6523-actorid-upis';

export interface ExpectedClaims {
  issuer: string;
  audience: string;
  /** Of our scopes, without the colon. */
  scopePrefix: string;
  delegationSource: string;
}

export interface MachineClaims {
  consumer: OrganisationNumber;
  supplier: OrganisationNumber | null;
  clientId: string | null;
  tokenId: string | null;
  /** Ours alone, without prefix. */
  scopes: ReadonlySet<string>;
}

/** @param now epoch milliseconds @throws TokenRefused */
export function readClaims(claims: JsonObject, expected: ExpectedClaims, now: number): MachineClaims {
  if (claims.iss !== expected.issuer) throw invalid('Tokenet er utstedt av en annen enn den som godtas her.');
  if (!audiences(claims.aud).includes(expected.audience)) {
    throw invalid('Tokenet er ikke til dette API-et.', 'Be om det med riktig «resource» i Maskinporten.');
  }
  checkTimes(claims, now / 1000);
  // Bound to one person, or to a key that the sender must prove to have: as a plain token it would be worth more here
  // than it was given for.
  if (Object.hasOwn(claims, 'pid') || Object.hasOwn(claims, 'cnf'))
    throw invalid('Tokenet er bundet til en person eller en nøkkel, og det brukes ikke her.');
  const consumer = organisationIn(claims.consumer);
  if (consumer === undefined) throw invalid('Tokenets consumer er ikke et organisasjonsnummer (0192).');
  return {
    consumer,
    supplier: supplierOf(claims, expected),
    clientId: identifierIn(claims, 'client_id'),
    tokenId: identifierIn(claims, 'jti'),
    scopes: scopesIn(claims.scope, expected.scopePrefix),
  };
}

function audiences(aud: unknown): readonly unknown[] {
  return Array.isArray(aud) ? aud : [aud];
}

function checkTimes({ exp, iat, nbf }: JsonObject, seconds: number): void {
  if (!isSeconds(exp) || !isSeconds(iat) || (nbf !== undefined && !isSeconds(nbf)))
    throw invalid('Tokenet sier ikke når det gjelder.');
  if (exp <= seconds)
    throw new TokenRefused('TOKEN_EXPIRED', 'Tokenet er utløpt. Hent et nytt token i Maskinporten.');
  if (Math.max(iat, nbf ?? iat) > seconds + SKEW_SECONDS)
    throw invalid('Tokenet gjelder ikke ennå: klokkene er ulike.', 'Still klokken, og hent et nytt token.');
  if (exp - iat > LONGEST_LIFE_SECONDS || exp <= iat)
    throw invalid('Tokenet varer lenger enn ti minutter.', 'Sett kortere levetid på scopet i Maskinporten.');
}

function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

/** A supplier acts for the consumer only with a delegation, and a delegation is always to a supplier. */
function supplierOf(claims: JsonObject, { delegationSource }: ExpectedClaims): OrganisationNumber | null {
  const delegated = Object.hasOwn(claims, 'supplier');
  if (!delegated && !Object.hasOwn(claims, 'delegation_source')) return null;
  const supplier = organisationIn(claims.supplier);
  if (supplier === undefined) throw invalid('Tokenets supplier er ikke et organisasjonsnummer (0192).');
  if (claims.delegation_source !== delegationSource)
    throw invalid('Tokenet er delegert et annet sted enn i Altinn.', 'Deleger API-et på nytt i Altinn.');
  return supplier;
}

function organisationIn(claim: unknown): OrganisationNumber | undefined {
  if (!isObject(claim) || claim.authority !== AUTHORITY || typeof claim.ID !== 'string') return undefined;
  const digits = /^0192:(\d{9})$/.exec(claim.ID)?.[1];
  return digits === undefined ? undefined : organisationNumber(digits);
}

/** Recorded, so it may be an identifier and nothing else. */
function identifierIn(claims: JsonObject, name: string): string | null {
  const value = claims[name];
  if (value === undefined) return null;
  if (typeof value !== 'string' || !/^[\w.:+/=-]{1,128}$/.test(value))
    throw invalid(`Tokenets ${name} er ikke en id.`);
  return value;
}

/** RFC 6749, 3.3: separated by one space each; a scope is the whole word, never a part of it. */
function scopesIn(scope: unknown, prefix: string): ReadonlySet<string> {
  if (typeof scope !== 'string' || !/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(scope))
    throw invalid('Tokenet har ingen lesbare scope.', 'Be om et scope i Maskinporten.');
  const own = scope.split(' ').filter((each) => each.startsWith(`${prefix}:`));
  return new Set(own.map((each) => each.slice(prefix.length + 1)));
}
