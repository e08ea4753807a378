import { disclosesNav } from '../consent/disclosesNav.ts';
import { scopeOf, scopeOfFeed } from '../consent/scope.ts';
import { withheld } from '../youth/evolve.ts';
import type { ConsentScope } from '../youth/statusEvent.ts';
import type { Youth } from '../youth/youth.ts';
import type { Alert, Fact, YouthEvent } from '../youth/youthEvent.ts';
import { mayUse, type NavQuestion } from './mayAsk.ts';

// What of NAV's may be shown at a moment: what may be published then, by the one rule (mayAsk.ts). It is asked at each reading,
// for an agreement, a consent, an age and an address can have changed since a youth was decided.

export type ShowQuestion = Pick<NavQuestion, 'agreements' | 'policy' | 'at'>;

/** Of one youth, asked once for each thing that a consent may name. Undefined: it cannot be read, and nothing is shown. */
export function showingOf(
  youth: Youth | undefined,
  question: ShowQuestion,
): (scope: ConsentScope | null) => boolean {
  const known = new Map<ConsentScope | null, boolean>();
  return (scope) => {
    const may = known.get(scope) ?? (youth !== undefined && mayUse(youth, { ...question, scope }).may);
    known.set(scope, may);
    return may;
  };
}

export type Showing = ReturnType<typeof showingOf>;

/** The youth without what NAV has said and may not be shown: as if it had never been said. */
export function asDisclosed(youth: Youth, question: ShowQuestion): Youth {
  const { alerts, facts } = youth;
  if (!alerts.some(disclosesNav) && !facts.some(isNavs)) return youth;
  const shows = showingOf(youth, question);
  return {
    ...youth,
    alerts: alerts.filter((alert) => mayShowAlert(alert, shows)),
    facts: facts.map((fact) => (mayShowFact(fact, shows) ? fact : withheld(fact))),
  };
}

/** Events of a youth's history without what shows what NAV has said. That NAV has answered remains: it may have been no. */
export function shownEvents(events: readonly YouthEvent[], shows: Showing): YouthEvent[] {
  return events.flatMap((event) => {
    switch (event.type) {
      case 'AlertRaised':
      case 'AlertChanged':
      case 'AlertWithdrawn':
        return mayShowAlert(event.alert, shows) ? event : [];
      case 'FactRecorded':
      case 'VersionNoted':
        if (event.fact === null || mayShowFact(event.fact, shows)) return event;
        // To be in one of NAV's registers is to be registered there.
        return event.fact.kind === 'NavRegister' ? [] : { ...event, fact: withheld(event.fact) };
      default:
        return event;
    }
  });
}

function mayShowAlert(alert: Alert, shows: Showing): boolean {
  return !disclosesNav(alert) || shows(scopeOfFeed(alert.feed));
}

function mayShowFact(fact: Fact, shows: Showing): boolean {
  return !isNavs(fact) || shows(fact.kind === 'NavRegister' ? scopeOf(fact.about) : null);
}

function isNavs(fact: Fact): boolean {
  return fact.kind === 'NavMatch' || fact.kind === 'NavRegister';
}
