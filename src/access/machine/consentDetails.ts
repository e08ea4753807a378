import { organisationNumber } from '../../core/access/organisationNumber.ts';
import type { OrganisationNumber } from '../../core/access/principal.ts';
import type { AltinnConsent } from '../../core/consent/altinn.ts';
import { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import { epochOf, type IsoInstant, parseInstant } from '../../core/time/date.ts';
import { isObject, type JsonObject } from './openedToken.ts';
import { invalid } from './tokenRefused.ts';

// `authorization_details` of a consent in Altinn 3 (docs.altinn.studio, resource-owner/consent). Its pages write the
// receiver in two ways and the metadata's name in two; both are in tokens.

/** What the token says, and who has given it. */
export interface GivenConsent extends AltinnConsent {
  from: Fodselsnummer;
}

const CONSENT = 'urn:altinn:consent';
/** How far the issuer's clock may be ahead. */
const SKEW_MS = 10_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOST_RIGHTS = 50;

/** @param consumer of the token @param now epoch milliseconds @throws TokenRefused */
export function readConsent(details: unknown, consumer: OrganisationNumber, now: number): GivenConsent {
  const consent = onlyConsentIn(details);
  const { id } = consent;
  if (typeof id !== 'string' || !UUID.test(id.toLowerCase()))
    throw invalid('Samtykket i tokenet har ingen id.');
  const to = receiverOf(consent.to);
  if (to === undefined) throw invalid('Det står ikke hvem samtykket er gitt til.');
  if (to !== consumer) throw invalid('Samtykket er gitt til en annen enn den tokenet er utstedt til.');
  const consented = momentIn(consent, 'consented', 'når samtykket er gitt');
  const validTo = momentIn(consent, 'validTo', 'hvor lenge samtykket gjelder');
  if (epochOf(consented) > now + SKEW_MS) throw invalid('Samtykket er datert fram i tid.');
  if (validTo <= consented) throw invalid('Samtykket slutter før det er gitt.');
  if (epochOf(validTo) <= now) throw invalid('Samtykket er utløpt.', 'Be om et nytt samtykke.');
  return {
    id: id.toLowerCase(),
    from: giverOf(consent.from),
    to,
    consented,
    validTo,
    rights: rightsOf(consent.consentRights),
  };
}

/** The same list holds rights of systems, which are not about this. */
function onlyConsentIn(details: unknown): JsonObject {
  const all = Array.isArray(details) ? details : [];
  const consents = all.filter((each) => isObject(each) && each.type === CONSENT);
  if (consents.length === 0)
    throw invalid(
      'Tokenet har ikke noe samtykke fra Altinn.',
      'Be om det med authorization_details i Maskinporten.',
    );
  if (consents.length > 1)
    throw invalid('Tokenet har flere samtykker.', 'Hent ett token for hvert samtykke.');
  return consents[0];
}

function giverOf(from: unknown): Fodselsnummer {
  const digits = typeof from === 'string' ? /^urn:altinn:person:identifier-no:(\d{11})$/.exec(from)?.[1] : '';
  if (!digits) throw invalid('Samtykket er ikke gitt av en person.', 'Bare personer kan samtykke her.');
  return new Fodselsnummer(digits);
}

function receiverOf(to: unknown): OrganisationNumber | undefined {
  if (typeof to === 'string')
    return organisationNumber(/^urn:altinn:organization:identifier-no:(\d{9})$/.exec(to)?.[1] ?? '');
  if (!isObject(to) || to.authority !== 'iso6523-actorid-upis' || typeof to.ID !== 'string') return undefined;
  return organisationNumber(/^0192:(\d{9})$/.exec(to.ID)?.[1] ?? '');
}

function momentIn(consent: JsonObject, name: string, what: string): IsoInstant {
  const value = consent[name];
  const moment = typeof value === 'string' ? parseInstant(value) : undefined;
  if (moment === undefined) throw invalid(`Det står ikke ${what}.`);
  return moment;
}

function rightsOf(rights: unknown): AltinnConsent['rights'] {
  if (!Array.isArray(rights) || rights.length === 0 || rights.length > MOST_RIGHTS)
    throw invalid('Det står ikke hva det er samtykket til.');
  return rights.map((right: unknown) => {
    const fault = () => invalid('Det som er samtykket til, er ikke skrevet slik Altinn gjør det.');
    if (!isObject(right)) throw fault();
    const { action, resource } = right;
    if (!Array.isArray(action) || action.length !== 1 || action[0] !== 'consent') throw fault();
    const only: unknown = Array.isArray(resource) && resource.length === 1 ? resource[0] : undefined;
    if (!isObject(only) || only.type !== 'urn:altinn:resource' || typeof only.value !== 'string')
      throw fault();
    return { resource: only.value, metadata: metadataOf(right, fault) };
  });
}

/** Under one name or the other; with both it cannot be known which was shown to who consented. */
function metadataOf(right: JsonObject, fault: () => Error): ReadonlyMap<string, string> {
  const { metadata, metaData } = right;
  if (metadata !== undefined && metaData !== undefined) throw fault();
  const said = metadata ?? metaData ?? {};
  if (!isObject(said)) throw fault();
  return new Map(
    Object.entries(said).map(([name, value]) => {
      if (typeof value !== 'string') throw fault();
      return [name, value];
    }),
  );
}
