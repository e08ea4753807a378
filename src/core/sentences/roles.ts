import { texts } from '../language.ts';

/** What a role is for. */
export const ROLE = texts({
  nb: {
    skole: 'Skolen: egne lister, kvitteringer og rapporter, for én institusjon',
    inntak: 'Inntak: inntakets lister, kvitteringer og årshjul',
    fagopplaering: 'Fagopplæring: kontraktenes lister, kvitteringer og varsler',
    radgiver: 'OT-rådgiver: ungdommene i egen enhet',
    leder: 'OT-leder: hele fylket',
    drift: 'Drift: strøm, karantene og oppsett, med personopplysninger maskert',
    personvern: 'Personvernombud: utleveringer, innsyn og loggkontroll',
    nav: 'NAVs kontakt i avtalen: egne lister og kvitteringer',
  },
  nn: {
    skole: 'Skulen: eigne lister, kvitteringar og rapportar, for éin institusjon',
    inntak: 'Inntak: lister frå inntaket, kvitteringar og årshjul',
    fagopplaering: 'Fagopplæring: lister over kontraktar, kvitteringar og varsel',
    radgiver: 'OT-rådgjevar: ungdomane i eiga eining',
    leder: 'OT-leiar: heile fylket',
    drift: 'Drift: straum, karantene og oppsett, med personopplysningar maskerte',
    personvern: 'Personvernombod: utleveringar, innsyn og loggkontroll',
    nav: 'Kontakten til NAV i avtala: eigne lister og kvitteringar',
  },
});
