/** FINT's complex data types, as far as they are used here. */
export interface Identifikator {
  identifikatorverdi: string;
}

export interface Periode {
  start: string;
  slutt?: string;
}

/** HAL, as FINT writes it: each relation a list. */
export type FintLinks = Readonly<Record<string, readonly { href: string }[]>>;

/** Resources that are made here, by FINT's names in addresses and keys. */
export type FintResourceName = 'otungdom' | 'otstatus' | 'otenhet';

/** Address of a resource by its `systemId`. On the topic relative, `systemid/<id>`, as adapters send it; over HTTP
 *  absolute. */
export type FintAddress = (resource: FintResourceName, systemId: string) => string;

/** As adapters send it: the consumer adds where the resource is. */
export const relativeAddress: FintAddress = (_resource, systemId) => `systemid/${systemId}`;
