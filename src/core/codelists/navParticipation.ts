// What NAV's status of a participation says (navikt/amt-lib, DeltakerStatus).

/** WAITS: there is no place yet. DRAFT: nothing has been applied for. GONE: it did not come about, or was a mistake. */
export type Participation = 'TAKES_PART' | 'WAITS' | 'DRAFT' | 'ENDED' | 'GONE';

const BY_STATUS: ReadonlyMap<string, Participation> = new Map([
  ['KLADD', 'DRAFT'],
  ['PABEGYNT_REGISTRERING', 'DRAFT'],
  ['UTKAST_TIL_PAMELDING', 'DRAFT'],
  ['AVBRUTT_UTKAST', 'DRAFT'],
  ['SOKT_INN', 'WAITS'],
  ['VURDERES', 'WAITS'],
  ['VENTELISTE', 'WAITS'],
  ['VENTER_PA_OPPSTART', 'WAITS'],
  ['DELTAR', 'TAKES_PART'],
  ['HAR_SLUTTET', 'ENDED'],
  ['FULLFORT', 'ENDED'],
  ['AVBRUTT', 'ENDED'],
  ['IKKE_AKTUELL', 'GONE'],
  ['FEILREGISTRERT', 'GONE'],
  ['SLETTET', 'GONE'],
]);

/** Null for a status this program does not know: nothing follows from it. */
export function participationOf(status: string): Participation | null {
  return BY_STATUS.get(status) ?? null;
}
