/** Why a file is not taken as a list, each with its title (bokmål). The code is public contract. */
export const FILE_FAULTS = {
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
} as const;

export type FileFaultCode = keyof typeof FILE_FAULTS;

/** A file that cannot be read as a list. `message`: what is wrong and what to do (bokmål), with no cell of the file in it. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
  readonly code: FileFaultCode;

  constructor(code: FileFaultCode, message: string) {
    super(message);
    this.code = code;
  }
}
