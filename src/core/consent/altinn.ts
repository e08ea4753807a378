import type { OrganisationNumber } from '../access/principal.ts';
import type { IsoInstant } from '../time/date.ts';
import { CONSENT_SCOPES, type ConsentScope, type ConsentSide } from '../youth/statusEvent.ts';

/** A consent resource in Altinn that the county has for one side of the exchange. */
export interface AltinnResource {
  side: ConsentSide;
  /** Id in Altinn's resource register. */
  resource: string;
  /** Who is given the data: NAV on side A, the county on side B. */
  to: OrganisationNumber;
  /** What a right must say besides, word for word; a right that says more is another one. */
  metadata: Readonly<Record<string, string>>;
  /** What the wording of the resource names. The token does not say: Altinn has no field for it. */
  omfang?: readonly ConsentScope[] | undefined;
}

/** In a right's metadata: whom a guardian's consent is about. Altinn itself only knows who has given it. */
export const ABOUT_YOUTH = 'ungdom';

/** What a consent token says, read after its signature. */
export interface AltinnConsent {
  /** A UUID in lower case. */
  id: string;
  to: OrganisationNumber;
  consented: IsoInstant;
  validTo: IsoInstant;
  rights: readonly { resource: string; metadata: ReadonlyMap<string, string> }[];
}

/** A side that a consent opens, and what it names. */
export interface OpenedSide {
  side: ConsentSide;
  scope: readonly ConsentScope[];
}

/** The sides that a consent opens by the county's resources, each once, in order, with what any of its rights names. @param about identity number of the
 *  youth where another person has given it, who must name the youth; null where the youth has */
export function sidesOpened(
  consent: AltinnConsent,
  resources: readonly AltinnResource[],
  about: string | null,
): OpenedSide[] {
  const granted = resources.filter(
    (resource) =>
      resource.to === consent.to &&
      consent.rights.some(
        (right) =>
          right.resource === resource.resource && saysExactly(right.metadata, resource.metadata, about),
      ),
  );
  return (['A', 'B'] as const).flatMap((side) => {
    const opening = granted.filter((resource) => resource.side === side);
    const names = (each: ConsentScope) => opening.some(({ omfang }) => omfang?.includes(each));
    return opening.length === 0 ? [] : [{ side, scope: CONSENT_SCOPES.filter(names) }];
  });
}

function saysExactly(
  said: ReadonlyMap<string, string>,
  wanted: AltinnResource['metadata'],
  about: string | null,
): boolean {
  const all = Object.entries(about === null ? wanted : { ...wanted, [ABOUT_YOUTH]: about });
  return said.size === all.length && all.every(([name, value]) => said.get(name) === value);
}
