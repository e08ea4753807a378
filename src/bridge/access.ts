import { type ConsentTokens, createConsentTokens } from '../access/machine/consentTokens.ts';
import { createIssuerKeys } from '../access/machine/issuerKeys.ts';
import { createMachineTokens, type MachineTokens } from '../access/machine/machineTokens.ts';
import type { AccessControl } from '../api/access.ts';
import { createAccessControl } from '../api/accessControl.ts';
import { createTrustedProxies } from '../api/trustedProxies.ts';
import type { AccessConfig, MaskinportenConfig } from '../config/access.ts';
import type { AccessGrant, OrganisationNumber, PersonPrincipal } from '../core/access/principal.ts';

/** Nothing is configured. */
export const OPEN: AccessConfig = { maskinporten: null, login: null, publicUrl: null, trustedProxies: [] };

export interface AccessParts {
  /** Those in force now. */
  grantsOf(orgnr: OrganisationNumber): Promise<readonly AccessGrant[]>;
  /** Of a request with a live session; null: no one can log in. */
  sessionOf: ((request: Request) => Promise<PersonPrincipal | undefined>) | null;
  /** Issuer of tokens to try with, and what it has granted; only an open installation asks, and not before one is sent. */
  localIssuer?(): { maskinporten: MaskinportenConfig; grantsOf: AccessParts['grantsOf'] } | undefined;
  /** Epoch milliseconds. */
  now(): number;
  /** The issuer of tokens did not answer as it should. */
  onIssuerTrouble(error: unknown): void;
}

/** Who may call, by the issuers that are configured: none of them leaves the API open, on loopback alone. */
export function accessControlOf(config: AccessConfig, parts: AccessParts): AccessControl {
  const { maskinporten, login, publicUrl, trustedProxies } = config;
  const open = maskinporten === null && login === null;
  const tokens = maskinporten && tokensOf(maskinporten, parts);
  const local = open ? localTokens(parts) : () => null;
  return createAccessControl({
    hosts: { publicUrl, trusts: createTrustedProxies(trustedProxies) },
    machineTokens: () => tokens ?? local(),
    sessionOf: parts.sessionOf,
    open,
    scopePrefix: maskinporten?.scopePrefix ?? 'otbridge',
    now: parts.now,
  });
}

/** Consents of Altinn come in tokens of the same issuer; null where none is configured. */
export function consentTokensOf(
  { maskinporten }: Pick<AccessConfig, 'maskinporten'>,
  { now, onIssuerTrouble: onTrouble }: Pick<AccessParts, 'now' | 'onIssuerTrouble'>,
): ConsentTokens | null {
  if (maskinporten === null) return null;
  const keys = createIssuerKeys({ addresses: maskinporten, now, onTrouble });
  return createConsentTokens({ keys, expected: maskinporten, now });
}

/** The issuer of an open installation has an address when the server listens, which is later. */
function localTokens(parts: AccessParts): () => MachineTokens | null {
  let tokens: MachineTokens | null = null;
  return () => {
    const issuer = parts.localIssuer?.();
    if (issuer !== undefined)
      tokens ??= tokensOf(issuer.maskinporten, { ...parts, grantsOf: issuer.grantsOf });
    return tokens;
  };
}

function tokensOf(expected: MaskinportenConfig, parts: AccessParts): MachineTokens {
  const { grantsOf, now, onIssuerTrouble: onTrouble } = parts;
  return createMachineTokens({
    keys: createIssuerKeys({ addresses: expected, now, onTrouble }),
    expected,
    grantsOf,
    now,
  });
}
