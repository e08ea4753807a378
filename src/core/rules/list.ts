import type { Alert } from '../youth/youthEvent.ts';
import type { Rule } from './rule.ts';

// What comes to OT in lists and letters, without a youth having left or declined anything.

/** W08. Meetings with tenth-graders; the last day for them is the county's policy. */
export const meetWithoutPlans: Rule<
  { kind: string },
  { alert: 'UTEN_PLANER'; category: 'alert'; deadline: 'AVKLARINGSMOTE' }
> = {
  id: 'W08',
  kind: 'decides',
  text: 'Elever på 10. trinn uten planer for neste skoleår skal ha avklaringsmøte med OT før sommeren.',
  nynorsk: 'Elevar på 10. trinn utan planar for neste skuleår skal ha avklaringsmøte med OT før sommaren.',
  source: 'Å, 1. april og 1. juni',
  applies: ({ kind }) => kind === 'WithoutPlans',
  leadsTo: { alert: 'UTEN_PLANER', category: 'alert', deadline: 'AVKLARINGSMOTE' },
};

/** R46. Nothing here looks at the time of year before it registers. A youth who turns to OT without a referral is seen by
 *  an adviser, who makes it a tilmelding or not (Y01); the sentence says who is not informed, for it is in the message. */
export const allYearRound: Rule<{ kind: string }, { alert: 'HENVENDELSE'; category: 'review' }> = {
  id: 'R46',
  kind: 'decides',
  text: 'Ungdom tilmeldes gjennom hele året; ved en henvendelse avgjør en rådgiver om det blir en tilmelding, og verken skole eller foresatte varsles om den.',
  nynorsk:
    'Ungdom blir tilmelde gjennom heile året; ved ein førespurnad avgjer ein rådgjevar om det blir ei tilmelding, og verken skule eller føresette blir varsla om han.',
  source: 'V, § 13-3 a',
  applies: ({ kind }) => kind === 'Referral',
  leadsTo: { alert: 'HENVENDELSE', category: 'review' },
};

/** Whether this alert is a reason to inform guardians. `minor` says only how old the youth is: whether a guardian learns
 *  that a youth under 18 wrote to OT is the youth's choice (Y01). Unknown age is given as unknown. */
export function informsGuardians({ kind, minor }: Pick<Alert, 'kind' | 'minor'>): Alert['minor'] {
  return kind === allYearRound.leadsTo.alert ? 'NEI' : minor;
}
