import type { OtCode, OtList } from '../codelists/otCode.ts';
import { OT_LISTS, OT_VOCABULARY } from '../codelists/otStatus.ts';
import { fintDate } from './fintDate.ts';
import type { FintLinks, Identifikator, Periode } from './resource.ts';

/** FINT's OtStatus (utdanning/kodeverk): a code of a list. */
export interface OtStatusResource {
  systemId: Identifikator;
  kode: string;
  navn: string;
  gyldighetsperiode?: Periode;
  /** Existing data may name it; it is not to be chosen. */
  passiv: boolean;
  /** `O`: OT's. FINT's other value, `V`, is VIGO's own codes, which are not published. */
  type: 'O';
  _links: FintLinks;
}

const CURRENT = OT_LISTS.at(-1)?.id ?? '';

/** The code in the list in use; `<list>.<code>` in an older one, where the same code may mean something else. */
export function statusId({ list, code }: { list: string; code: string }): string {
  return list === CURRENT ? code : `${list}.${code}`;
}

/** All codes of all lists, those of the list in use first. @param self address of the resource */
export function otStatuses(self: (systemId: string) => string): OtStatusResource[] {
  return OT_LISTS.toReversed().flatMap((list) =>
    [...(OT_VOCABULARY.entries.get(list.id)?.values() ?? [])].map((entry) => resourceOf(entry, list, self)),
  );
}

function resourceOf(entry: OtCode, list: OtList, self: (systemId: string) => string): OtStatusResource {
  const systemId = statusId(entry);
  return {
    systemId: { identifikatorverdi: systemId },
    kode: entry.code,
    navn: entry.revisions.at(-1)?.text ?? entry.text,
    // FINT's period cannot begin at an unknown date.
    ...(list.from !== null && {
      gyldighetsperiode: {
        start: fintDate(list.from),
        ...(list.to !== null && { slutt: fintDate(list.to) }),
      },
    }),
    passiv: entry.passive || list.id !== CURRENT,
    type: 'O',
    _links: { self: [{ href: self(systemId) }] },
  };
}
