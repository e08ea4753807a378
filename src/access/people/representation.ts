import { organisationNumber } from '../../core/access/organisationNumber.ts';
import type { OrganisationNumber } from '../../core/access/principal.ts';

// Ansattporten's answer to whom a person represents (RAR, RFC 9396). Read tolerantly: two types are in use, and what is
// not understood gives no organisation.

const TYPE = 'ansattporten:altinn:resource';

const urnOf = (resource: string) =>
  resource.startsWith('urn:altinn:resource:') ? resource : `urn:altinn:resource:${resource}`;

/** `authorization_details` of the request. */
export function representationAsked(resource: string): string {
  return JSON.stringify([{ type: TYPE, resource: urnOf(resource), representation_is_required: true }]);
}

/** @param details `authorization_details` of the ID token or the token response */
export function representedOrganisations(details: unknown, resource: string): OrganisationNumber[] {
  const urn = urnOf(resource);
  const found = arrayOf(details)
    .filter((detail) => detail.resource === urn)
    .flatMap((detail) => [
      ...arrayOf(detail.authorized_parties).flatMap((party) =>
        // One person may have been given another resource's organisations in the same answer.
        party.resource === undefined || urnOf(String(party.resource)) === urn ? [party.orgno] : [],
      ),
      ...arrayOf(detail.reportees),
    ])
    .map(numberOf)
    .filter((number) => number !== undefined);
  return [...new Set(found)];
}

/** `{authority: 'iso6523-actorid-upis', ID: '0192:…'}`; 0192 is Norway's register of organisations. */
function numberOf(party: unknown): OrganisationNumber | undefined {
  if (!isObject(party)) return undefined;
  const { ID: id, authority = party.Authority } = party;
  if (authority !== undefined && authority !== 'iso6523-actorid-upis') return undefined;
  const digits = typeof id === 'string' ? /^0192:(\d{9})$/.exec(id)?.[1] : undefined;
  return digits === undefined ? undefined : organisationNumber(digits);
}

function arrayOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
