import { texts } from './texts.ts';

/** What NAV was given about a youth. */
export const DISCLOSED = texts({
  nb: {
    heading: 'Utlevert til NAV',
    more: 'Når ungdommen står i listen til NAV, får NAV vite at ungdommen er i kontakt med OT.',
    caption: 'Det NAV har fått, det nyeste først',
    when: 'Når',
    what: 'Hva',
    list: 'Liste',
    recipient: 'Mottaker',
    basis: 'Grunnlag',
    consent: 'Samtykke',
    decision: 'Avgjørelse',
    extract: 'Satt i listen',
    fetch: 'Hentet av NAV',
    none: 'NAV har ikke fått vite noe om ungdommen.',
    older: 'Eldre utleveringer',
  },
  nn: {
    heading: 'Utlevert til NAV',
    more: 'Når ungdommen står i lista til NAV, får NAV vite at ungdommen er i kontakt med OT.',
    caption: 'Det NAV har fått, det nyaste først',
    when: 'Når',
    what: 'Kva',
    list: 'Liste',
    recipient: 'Mottakar',
    basis: 'Grunnlag',
    consent: 'Samtykke',
    decision: 'Avgjerd',
    extract: 'Sett i lista',
    fetch: 'Henta av NAV',
    none: 'NAV har ikkje fått vite noko om ungdommen.',
    older: 'Eldre utleveringar',
  },
});
