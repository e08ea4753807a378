import type { IsoDate } from '../time/date.ts';
import type { Alert } from '../youth/youthEvent.ts';
import type { InformationRule, Rule } from './rule.ts';

// Who does what by when.

/** R41. The school calls a meeting before anything is formal. */
export const meetBeforeDropout: Rule<{ kind: string }, { alert: 'AVKLARINGSSAMTALE'; category: 'alert' }> = {
  id: 'R41',
  kind: 'decides',
  text: 'Skolen skal holde avklaringssamtale med OT så snart en elev står i fare for å avbryte.',
  nynorsk: 'Skulen skal halde avklaringssamtale med OT så snart ein elev står i fare for å avbryte.',
  source: 'H, avklaringssamtale; N',
  applies: ({ kind }) => kind === 'AtRisk',
  leadsTo: { alert: 'AVKLARINGSSAMTALE', category: 'alert' },
};

type Deadlines = Rule<{ kind: string }, readonly ('KONTAKT' | 'VEILEDNINGSTIME')[]>;

/** R42. Days are policy; they run from receipt, never from the effective date. */
export const nonShowDeadlines: Deadlines = {
  id: 'R42',
  kind: 'decides',
  text: 'Ungdom som ikke møtte, skal kontaktes innen én uke og tilbys veiledningstime innen tre uker.',
  nynorsk:
    'Ungdom som ikkje møtte, skal kontaktast innan éi veke og få tilbod om rettleiingstime innan tre veker.',
  source: 'Å, uke 36–37',
  applies: ({ kind }) => kind === 'NO_SHOW',
  leadsTo: ['KONTAKT', 'VEILEDNINGSTIME'],
};

/** Q8. The documents give no deadline after an ordinary dropout: the county's policy does. */
export const dropoutDeadlines: Deadlines = {
  id: 'Q8',
  kind: 'decides',
  text: 'Etter avbrudd gjelder fylkets egne frister for kontakt og veiledningstime.',
  nynorsk: 'Etter avbrot gjeld fylket sine eigne fristar for kontakt og rettleiingstime.',
  source: 'Domenereferansen, Q8',
  applies: ({ kind }) => kind === 'AVBRUTT',
  leadsTo: ['KONTAKT', 'VEILEDNINGSTIME'],
};

/** R45. `until`: exclusive, the 18th birthday. Unknown age is given as unknown. */
export const guardiansAreInformed: Rule<{ today: IsoDate; until: IsoDate }, { minor: 'JA' }> = {
  id: 'R45',
  kind: 'decides',
  text: 'Foresatte til ungdom under 18 år skal ha samme informasjon, om ikke taushetsplikt hindrer det.',
  nynorsk: 'Føresette til ungdom under 18 år skal ha den same informasjonen, om ikkje teieplikt hindrar det.',
  source: 'V, § 13-3 b',
  applies: ({ today, until }) => today < until,
  leadsTo: { minor: 'JA' },
};

/** R49. Exactly one year is «one year or more». */
export const priority: Rule<
  { effective: IsoDate; today: IsoDate; daysOut: number; justLeftDays: number },
  { a: Alert['timeBand']; b: Alert['timeBand']; c: Alert['timeBand'] }
> = {
  id: 'R49',
  kind: 'decides',
  text: 'De som nettopp har sluttet eller er i ferd med det (A), og de som har vært ute ett år eller mer (C), går først.',
  nynorsk:
    'Dei som nettopp har slutta eller er i ferd med det (A), og dei som har vore ute eitt år eller meir (C), går først.',
  source: 'N, prioritering',
  applies: ({ daysOut, justLeftDays }) => daysOut <= justLeftDays,
  leadsTo: { a: 'A', b: 'B', c: 'C' },
};

export type Priority = 'HOY' | 'VANLIG';

/** About to leave or just left, and out a year or more, come first. */
export function priorityOf({ kind, timeBand }: Pick<Alert, 'kind' | 'timeBand'>): Priority {
  const first = kind === meetBeforeDropout.leadsTo.alert || timeBand === priority.leadsTo.a;
  return first || timeBand === priority.leadsTo.c ? 'HOY' : 'VANLIG';
}

/** R50. Applies to a gap, which is a broken invariant. */
export const alwaysAnOwner: Rule<{ owner: string }, { message: string }> = {
  id: 'R50',
  kind: 'decides',
  text: 'Ungdommen skal alltid ha en ansvarlig enhet i OT.',
  nynorsk: 'Ungdomen skal alltid ha ei ansvarleg eining i OT.',
  source: 'H, overganger',
  applies: ({ owner }) => owner.trim() === '',
  leadsTo: {
    message: 'a registration without an owner (R50): neither an adviser nor the policy names a unit',
  },
};

/** Q11. */
export const graceAndWatch: InformationRule = {
  id: 'Q11',
  kind: 'informs',
  text: 'Fylket har bestemt hvor lenge en slutt eller en varslet start kan vente på neste melding.',
  nynorsk: 'Fylket har bestemt kor lenge ein slutt eller ein varsla start kan vente på neste melding.',
  source: 'Domenereferansen, Q11',
};
