import { randomUUID } from 'node:crypto';
import { CONSUMER, type Issuer, organisation } from './maskinporten.ts';

// Consents of Altinn 3 as they are in tokens of Maskinporten's.

/** P01. */
export const FROM = '14830989960';
/** The receiver as a text; Altinn writes it as an object too. */
export const TO_NAV = `urn:altinn:organization:identifier-no:${CONSUMER}`;

interface Right {
  action?: unknown;
  /** Its id, or as it is. */
  resource?: unknown;
}

/** A consent that holds, to NAV. @param changes of the entry; a right needs only its resource */
export function altinnConsent(
  changes: { consentRights?: readonly (Right | null)[] | undefined } & Record<string, unknown> = {},
) {
  const { consentRights = [{ resource: 'ot-spor-nav', metadata: { fylke: '40' } }], ...more } = changes;
  return {
    type: 'urn:altinn:consent',
    id: randomUUID(),
    from: `urn:altinn:person:identifier-no:${FROM}`,
    to: organisation(CONSUMER),
    consented: '2026-01-15T10:34:39.676924+00:00',
    validTo: '2099-01-20T10:34:34.836+00:00',
    ...('consentRights' in changes && changes.consentRights === undefined
      ? {}
      : { consentRights: consentRights.map((right) => (right === null ? null : written(right))) }),
    ...more,
  };
}

function written({ resource, ...right }: Right): object {
  return {
    action: ['consent'],
    resource: typeof resource === 'string' ? [{ type: 'urn:altinn:resource', value: resource }] : resource,
    ...right,
  };
}

export function altinnToken(
  issuer: Issuer,
  details: readonly object[],
  claims: object = {},
): Promise<string> {
  return issuer.sign({
    ...issuer.claims('altinn:consentrequests.read'),
    authorization_details: details,
    ...claims,
  });
}
