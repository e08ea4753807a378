import type { OrganisationNumber } from '../../core/access/principal.ts';
import { type Assurance, assuranceOf } from './assurance.ts';
import type { LoginSettings } from './loginSettings.ts';
import { representedOrganisations } from './representation.ts';

/** Who logged in, as the issuer says it. Holds what identifies the person: lives no longer than the login. */
export interface LoggedIn extends Assurance {
  /** Identity number, or the issuer's own name of the person. */
  person: string;
  /** As a logout token names the person. */
  subject: string;
  /** The issuer's own session. */
  sid: string | null;
  orgnrs: readonly OrganisationNumber[];
  groups: readonly string[];
  /** Seconds since 1970; null when the issuer does not say. */
  authenticated: number | null;
}

/** Undefined: not a person of ours, by another tenant or without a name. */
export function loggedIn(
  claims: Readonly<Record<string, unknown>>,
  /** `authorization_details` of the token response. */
  details: unknown,
  settings: Pick<LoginSettings, 'acr' | 'resource' | 'tenant'>,
): LoggedIn | undefined {
  const { sub } = claims;
  const person =
    settings.tenant === null ? (textOf(claims.pid) ?? textOf(sub)) : inTenant(claims, settings.tenant);
  if (person === null || typeof sub !== 'string') return undefined;
  return {
    ...assuranceOf(claims, settings.acr),
    person,
    subject: sub,
    sid: textOf(claims.sid),
    orgnrs:
      settings.resource === null
        ? []
        : representedOrganisations(claims.authorization_details ?? details, settings.resource),
    // Other issuers have no groups of the county's.
    groups: settings.tenant === null ? [] : textsOf(claims.groups),
    authenticated: typeof claims.auth_time === 'number' ? claims.auth_time : null,
  };
}

/** Entra ID names a person by tenant and object: `sub` differs from client to client. */
function inTenant({ tid, oid }: Readonly<Record<string, unknown>>, tenant: string): string | null {
  return tid === tenant && typeof oid === 'string' ? `${tenant}/${oid}` : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
