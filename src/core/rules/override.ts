/** Why an adviser keeps a choice that a rule speaks against (`fastholdtFordi`): a closed list, so that the reasons
 *  can be counted and say nothing about the youth. */
export const OVERRIDES = {
  RADGIVERS_VURDERING: 'Rådgiver kjenner saken og vurderer at koden beskriver situasjonen best.',
  UNGDOMMENS_ONSKE: 'Ungdommen har selv bedt om det.',
  FEIL_I_OPPLYSNING: 'Opplysningen som regelen bygger på, er feil eller utdatert.',
  OVERGANG: 'Situasjonen er i ferd med å endre seg.',
  AVTALE_MED_SAMARBEIDSPART: 'Koden er avtalt med skolen, NAV eller en annen samarbeidspart.',
} as const;

export type OverrideKey = keyof typeof OVERRIDES;
