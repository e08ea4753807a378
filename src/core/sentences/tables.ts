import { texts } from '../language.ts';

/** Headings of the files of what was judged, and what became of a row. */
export const TABLE = texts({
  nb: {
    place: 'Rad i filen',
    result: 'Resultat',
    wrong: 'Hva er galt',
    doThis: 'Gjør dette',
    sendable: 'Kan sendes',
    duplicate: 'Duplikat',
    duplicateOf: (row: string) => `Duplikat av rad ${row}`,
    otherFeed: 'Gjelder ikke strømmen',
    mustMend: 'Må rettes',
    sendableWaits: 'Kan sendes, venter på en tidligere melding',
    reference: 'Referanse',
    why: 'Hvorfor',
    lacked: 'Hva meldingen manglet',
  },
  nn: {
    place: 'Rad i fila',
    result: 'Resultat',
    wrong: 'Kva er gale',
    doThis: 'Gjer dette',
    sendable: 'Kan sendast',
    duplicate: 'Duplikat',
    duplicateOf: (row) => `Duplikat av rad ${row}`,
    otherFeed: 'Gjeld ikkje straumen',
    mustMend: 'Må rettast',
    sendableWaits: 'Kan sendast, ventar på ei tidlegare melding',
    reference: 'Referanse',
    why: 'Kvifor',
    lacked: 'Kva meldinga mangla',
  },
});
