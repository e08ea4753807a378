import type { FintAddress, FintLinks, Identifikator } from './resource.ts';
import type { FintStanding } from './standing.ts';

/** FINT's OtUngdom (utdanning/ot). It never links to a person: that address would be an identity number. */
export interface OtUngdomResource {
  systemId: Identifikator;
  _links: FintLinks;
}

/** @param name the youth's name to this receiver: the reference, or the receiver's own form of it */
export function otUngdom(name: string, { status, unit }: FintStanding, to: FintAddress): OtUngdomResource {
  return {
    systemId: { identifikatorverdi: name },
    _links: {
      self: [{ href: to('otungdom', name) }],
      status: [{ href: to('otstatus', status) }],
      enhet: [{ href: to('otenhet', unit) }],
    },
  };
}
