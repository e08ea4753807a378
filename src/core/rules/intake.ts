import type { WishSays } from '../codelists/wishStatus.ts';
import type { AlertKind } from '../youth/youthEvent.ts';
import type { Rule } from './rule.ts';

// What the intake reports of a youth's place in one school year: all wishes together, in any order of arrival.

/** What says that the youth is without a place. `declined`: a neisvar, or B06 `TN`; `moved-in`: another county's. */
export type WithoutPlace = 'wish' | 'declined' | 'not-applied' | 'moved-in';

/** Q16. `applies`: it falls for this wish or place. `answersIt`: it is the youth's own later no to that very place.
 *  `since`: the place is no older than it. */
export const placeComesFirst: Rule<
  { says: WishSays; against: WithoutPlace; answersIt: boolean; since: boolean },
  { alert: AlertKind; category: 'review' }
> = {
  id: 'Q16',
  kind: 'decides',
  text: 'Ønskene i ett skoleår leses samlet: den som har takket ja til en plass, står ikke uten plass, og et nei teller først når heller ikke noe tilbud står åpent.',
  nynorsk:
    'Ønska i eitt skuleår blir lesne samla: den som har takka ja til ein plass, står ikkje utan plass, og eit nei tel først når heller ikkje noko tilbod står ope.',
  source: 'V, § 13-2 a; Å, uke 18 og august',
  applies({ says, against, answersIt, since }) {
    if (says === 'nothing' || says === 'no' || answersIt) return false;
    if (says === 'offer') return against === 'wish' || against === 'declined';
    return against !== 'moved-in' || since;
  },
  leadsTo: { alert: 'FORVENTET_START_UTEBLITT', category: 'review' },
};
