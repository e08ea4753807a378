import type { AccessGrant, MachinePrincipal, OrganisationNumber } from '../../core/access/principal.ts';
import { bearerOf } from './bearer.ts';
import { type ExpectedClaims, type MachineClaims, readClaims } from './claims.ts';
import type { IssuerKeys } from './issuerKeys.ts';
import { strictJson, tokenHeader } from './openedToken.ts';
import { signedBy } from './signature.ts';

export interface MachineTokensParts {
  keys: IssuerKeys;
  expected: ExpectedClaims;
  /** Those in force now. */
  grantsOf(orgnr: OrganisationNumber): Promise<readonly AccessGrant[]>;
  /** Epoch milliseconds. */
  now(): number;
}

export interface MachineTokens {
  /**
   * @param authorization values of the request's Authorization headers
   * @throws TokenRefused
   */
  principalOf(authorization: readonly string[]): Promise<MachinePrincipal>;
}

/** Tokens of Maskinporten. What they may be used for is decided by scope and grant, never by the client's id. */
export function createMachineTokens({ keys, expected, grantsOf, now }: MachineTokensParts): MachineTokens {
  async function claimsOf(token: string): Promise<MachineClaims> {
    const header = tokenHeader(token);
    const key = await keys.keyOf(header);
    const payload = await signedBy(token, key);
    return readClaims(strictJson(payload), expected, now());
  }

  return {
    async principalOf(authorization) {
      const claims = await claimsOf(bearerOf(authorization));
      const { consumer, supplier } = claims;
      const name = `0192:${consumer}`;
      return {
        ...claims,
        kind: 'machine',
        name,
        key: supplier === null ? name : `${name}/0192:${supplier}`,
        grants: await grantsOf(consumer),
      };
    },
  };
}
