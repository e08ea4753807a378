import { comingOfAge } from '../age/majority.ts';
import { sideStanding } from '../consent/standing.ts';
import { asksForGuardians, toAsk } from '../consent/toAsk.ts';
import { NEVER_ASKED } from '../nav/neverAsked.ts';
import { gradeOn } from '../protection/grade.ts';
import { navNeedsConsent } from '../rules/consent.ts';
import { LISTED } from '../sentences/worklists.ts';
import { WORKLIST } from '../sentences/worklistTitles.ts';
import { addDays, epochOf, type IsoDate, type IsoInstant, instantOf } from '../time/date.ts';
import { osloDate, startOfOsloDay } from '../time/oslo.ts';
import { rowOf } from './row.ts';
import type { Worklist } from './worklist.ts';
import { evidenceOf } from './youthCase.ts';

/** R48, Q7: whom to ask for consent, party by party. */
export const askConsent: Worklist = {
  id: 'ask-consent',
  title: WORKLIST.nb.askConsent,
  text: WORKLIST.nb.askConsentText,
  rows(known, { today, schoolYear, policy }) {
    const { youth, ledger } = known;
    const registrations = youth.registrations.filter(
      (registration) => registration.schoolYear === schoolYear && registration.status.targetGroup,
    );
    // About whom NAV is never asked, no consent is asked for either.
    if (registrations.length === 0 || NEVER_ASKED.has(gradeOn(youth.facts, today))) return [];
    const { born, Consent: consents } = ledger;
    const ofAge = comingOfAge(born, policy.consentAge);
    const at = endOf(today);
    const sides = (['A', 'B'] as const).map((side) => sideStanding(consents, side, ofAge, at));
    const ask = toAsk(sides);
    const clarify = asksForGuardians(sides);
    if (ask.length === 0 && !clarify) return [];
    const evidence = evidenceOf(
      consents.filter((fact) =>
        ask.some(({ party, sides }) => party === fact.party && sides.some(({ side }) => side === fact.side)),
      ),
    );
    return registrations.map(({ schoolYear: year, county, owner, effective }) =>
      rowOf(known, {
        schoolYear: year,
        county,
        owner,
        rule: navNeedsConsent.id,
        reason: reasonFor(born, { clarify, guardian: ask.some(({ party }) => party !== 'UNGDOM') }),
        since: effective,
        ask,
        evidence,
      }),
    );
  },
  turns({ ledger: { born, Consent: consents } }, policy) {
    const ofAge = comingOfAge(born, policy.consentAge);
    return [
      ...consents.flatMap(({ at, validTo }) => [at, ...(validTo === null ? [] : [validTo])]).map(osloDate),
      ...(ofAge === null ? [] : [ofAge.guardianEnds, ofAge.youthBegins]),
    ];
  },
};

function reasonFor(
  born: IsoDate | null,
  { clarify, guardian }: { clarify: boolean; guardian: boolean },
): string {
  if (born === null) return LISTED.nb.birthUnknown;
  if (clarify) return `${LISTED.nb.guardiansUnknown} ${LISTED.nb.tooYoung}`;
  if (guardian) return LISTED.nb.tooYoung;
  return LISTED.nb.allConsent;
}

/** The list is of a whole day: what is answered on it counts, and what ends on it is asked for. */
function endOf(day: IsoDate): IsoInstant {
  return instantOf(epochOf(startOfOsloDay(addDays(day, 1))) - 1);
}
