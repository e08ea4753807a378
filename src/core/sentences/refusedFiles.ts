import { texts } from '../language.ts';

/** Why a file is not taken as a list, in a few words, by its code. */
export const REFUSED_FILE = texts({
  nb: {
    NOT_A_LIST: 'Filen er ikke en liste',
    ENCODING_UNKNOWN: 'Tegnsettet er ukjent',
    ARCHIVE_SUSPECT: 'Regnearket kan ikke åpnes trygt',
    SHEET_NEEDED: 'Arket må velges',
    EMPTY_LIST: 'Listen er tom',
    NO_HEADER: 'Overskriftene er ikke funnet',
    COLUMN_MISSING: 'En kolonne mangler',
    COLUMN_TWICE: 'To kolonner for det samme',
    COLUMN_DROPPED: 'Kolonner er ikke kjent',
    INVALID_DOCUMENT: 'Dokumentet kan ikke tas imot',
    TOO_MANY_ROWS: 'Listen har for mange rader',
    TOO_LARGE: 'Innholdet er for stort',
    READING_SLOW: 'Filen tar for lang tid å lese',
  },
  nn: {
    NOT_A_LIST: 'Fila er ikkje ei liste',
    ENCODING_UNKNOWN: 'Teiknsettet er ukjent',
    ARCHIVE_SUSPECT: 'Reknearket kan ikkje opnast trygt',
    SHEET_NEEDED: 'Arket må veljast',
    EMPTY_LIST: 'Lista er tom',
    NO_HEADER: 'Overskriftene er ikkje funne',
    COLUMN_MISSING: 'Ei kolonne manglar',
    COLUMN_TWICE: 'To kolonner for det same',
    COLUMN_DROPPED: 'Kolonner er ikkje kjende',
    INVALID_DOCUMENT: 'Dokumentet kan ikkje takast imot',
    TOO_MANY_ROWS: 'Lista har for mange rader',
    TOO_LARGE: 'Innhaldet er for stort',
    READING_SLOW: 'Det tek for lang tid å lese fila',
  },
});
