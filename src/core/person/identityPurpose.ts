/** Purposes for which an adviser may look up the person behind a reference; the code is stored in the lookup log. */
export const PURPOSES = {
  KONTAKT: 'ta kontakt med ungdommen',
  BREV: 'sende brev',
  OVERLEVERING: 'overlevere saken til et annet fylke',
  KONTROLL: 'kontrollere at opplysningene er riktige',
  REGISTER: 'melde status til registeret (VIGO)',
  INNSYN: 'svare på krav om innsyn',
} as const;

export type Purpose = keyof typeof PURPOSES;

export const PURPOSE_NAMES = Object.keys(PURPOSES) as [Purpose, ...Purpose[]];
