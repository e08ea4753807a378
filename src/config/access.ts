import { resolve } from 'node:path';
import type { Settings } from './environment.ts';

/** Issuer of machine tokens. */
export interface MaskinportenConfig {
  /** As in a token's `iss`, letter by letter. */
  issuer: string;
  /** RFC 8414. */
  metadataUrl: string;
  /** Null: the one in the metadata. */
  jwksUri: string | null;
  audience: string;
  /** Of the county's scopes, without the colon. */
  scopePrefix: string;
  /** As in a token's `delegation_source`. */
  delegationSource: string;
}

/** Where people log in (OpenID Connect). */
export interface LoginConfig {
  issuer: string;
  clientId: string;
  clientKeyFile: string;
  /** Altinn resource that Ansattporten asks for. */
  resource: string | null;
  acr: string | null;
  /** Of Entra ID. */
  tenant: string | null;
}

/** Without issuers the API is open, and only on this machine. */
export interface AccessConfig {
  maskinporten: MaskinportenConfig | null;
  login: LoginConfig | null;
  /** Origin, e.g. `https://ot.fylke.no`. */
  publicUrl: string | null;
  /** Addresses and CIDR ranges. */
  trustedProxies: readonly string[];
}

export function accessOf(set: Settings): AccessConfig {
  return {
    maskinporten: maskinportenOf(set),
    login: loginOf(set),
    publicUrl: set.PUBLIC_URL ?? null,
    trustedProxies: set.TRUSTED_PROXY ?? [],
  };
}

function maskinportenOf(set: Settings): MaskinportenConfig | null {
  const { MASKINPORTEN_ISSUER: issuer, MASKINPORTEN_AUDIENCE: audience } = set;
  if (issuer === undefined || audience === undefined) return null;
  const altinn = set.OT_ENVIRONMENT === 'production' ? 'https://www.altinn.no/' : 'https://tt02.altinn.no/';
  return {
    issuer,
    metadataUrl: set.MASKINPORTEN_WELL_KNOWN_URL ?? metadataUrl(issuer),
    jwksUri: set.MASKINPORTEN_JWKS_URI ?? null,
    audience,
    scopePrefix: set.MASKINPORTEN_SCOPE_PREFIX ?? 'otbridge',
    delegationSource: set.MASKINPORTEN_DELEGATION_SOURCE ?? altinn,
  };
}

/** RFC 8414, section 3: between the host and the path of the issuer. */
function metadataUrl(issuer: string): string {
  const { origin, pathname } = new URL(issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`;
}

function loginOf(set: Settings): LoginConfig | null {
  const { LOGIN_ISSUER: issuer, LOGIN_CLIENT_ID: clientId, LOGIN_CLIENT_KEY_FILE: keyFile } = set;
  if (issuer === undefined || clientId === undefined || keyFile === undefined) return null;
  return {
    issuer,
    clientId,
    clientKeyFile: resolve(keyFile),
    resource: set.LOGIN_RESOURCE ?? null,
    acr: set.LOGIN_ACR ?? null,
    tenant: set.LOGIN_TENANT ?? null,
  };
}
