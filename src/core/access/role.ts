/** What a person may be assigned, with its description. The words are those of the counties. */
export const ROLES = {
  skole: 'Skolen: egne lister, kvitteringer og rapporter, for én institusjon',
  inntak: 'Inntak: inntakets lister, kvitteringer og årshjul',
  fagopplaering: 'Fagopplæring: kontraktenes lister, kvitteringer og varsler',
  radgiver: 'OT-rådgiver: ungdommene i egen enhet',
  leder: 'OT-leder: hele fylket',
  drift: 'Drift: strøm, karantene og oppsett, med personopplysninger maskert',
  personvern: 'Personvernombud: utleveringer, innsyn og loggkontroll',
  nav: 'NAVs kontakt i avtalen: egne lister og kvitteringer',
} as const;

export type Role = keyof typeof ROLES;
