import type { FintLinks, Identifikator } from './resource.ts';

/** FINT's OtEnhet (utdanning/kodeverk). Which municipality it lies in is not known: FINT's mandatory `kommune` is
 *  absent. */
export interface OtEnhetResource {
  systemId: Identifikator;
  kode: string;
  navn: string;
  passiv: boolean;
  _links: FintLinks;
}

/** @param inUse a youth in the projection is followed up there, or it is the county's default unit */
export function otEnhet(unit: string, inUse: boolean, self: (systemId: string) => string): OtEnhetResource {
  return {
    systemId: { identifikatorverdi: unit },
    kode: unit,
    navn: `OT-enhet ${unit}`,
    passiv: !inUse,
    _links: { self: [{ href: self(unit) }] },
  };
}
