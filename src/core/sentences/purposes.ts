import { texts } from '../language.ts';

/** For what the person behind a reference is looked up: after «for å». */
export const PURPOSE = texts({
  nb: {
    KONTAKT: 'ta kontakt med ungdommen',
    BREV: 'sende brev',
    OVERLEVERING: 'overlevere saken til et annet fylke',
    KONTROLL: 'kontrollere at opplysningene er riktige',
    REGISTER: 'melde status til registeret (VIGO)',
    INNSYN: 'svare på krav om innsyn',
  },
  nn: {
    KONTAKT: 'ta kontakt med ungdommen',
    BREV: 'sende brev',
    OVERLEVERING: 'overlevere saka til eit anna fylke',
    KONTROLL: 'kontrollere at opplysningane er rette',
    REGISTER: 'melde status til registeret (VIGO)',
    INNSYN: 'svare på krav om innsyn',
  },
});
