import { firstStatusFrom } from '../derive/registration/registration.ts';
import { by } from '../order.ts';
import { withNumberSeen } from '../person/numberHistory.ts';
import { osloDate } from '../time/oslo.ts';
import { placeOf } from './factOrder.ts';
import { factKey, type Registration, sameKey, type Youth } from './youth.ts';
import type { Alert, Fact, RegistrationKey, YouthEvent } from './youthEvent.ts';

// Applies what has been decided. No decision is made here: a stored history must give the same youth in every later version.

/** The youth after a record's events, copied once. The youth given is left as it is. */
export function fold(youth: Youth, events: readonly YouthEvent[]): Youth {
  const next = { ...youth };
  for (const event of events) apply(next, event);
  return next;
}

/** `youth` is our own copy; its lists are still shared with the original, so they are replaced and never changed. */
function apply(youth: Youth, event: YouthEvent): void {
  switch (event.type) {
    case 'FactRecorded':
      youth.facts = withFact(youth.facts, event.fact);
      youth.asOf = later(youth.asOf, event.fact.received);
      return;
    case 'VersionNoted':
      youth.facts = noteVersion(youth.facts, event);
      youth.asOf = later(youth.asOf, event.received);
      return;
    case 'TimePassed':
      youth.asOf = later(youth.asOf, event.at);
      return;
    case 'DueMoved':
      youth.due = event.due;
      return;
    case 'TilmeldingOpened': {
      const { schoolYear, county, tilmeldingskode, effective, owner } = event;
      // R01; the StatusSet that follows says the same, or what an adviser has set.
      const status = firstStatusFrom(effective);
      const opened = { schoolYear, county, tilmeldingskode, effective, owner, status };
      youth.registrations = withRegistration(youth.registrations, opened);
      return;
    }
    case 'TilmeldingChanged': {
      const { tilmeldingskode, effective, owner } = event;
      youth.registrations = youth.registrations.map((known) =>
        sameKey(known, event) ? { ...known, tilmeldingskode, effective, owner } : known,
      );
      return;
    }
    case 'StatusSet': {
      const { status } = event;
      youth.registrations = youth.registrations.map((known) =>
        sameKey(known, event) ? { ...known, status } : known,
      );
      return;
    }
    case 'TilmeldingAnnulled':
      youth.registrations = youth.registrations.filter((known) => !sameKey(known, event));
      return;
    case 'AlertRaised':
    case 'AlertChanged':
      youth.alerts = withAlert(youth.alerts, event.alert);
      return;
    case 'AlertWithdrawn':
      youth.alerts = youth.alerts.filter(({ id }) => id !== event.alert.id);
      return;
    case 'MergedInto':
      // What protects the youth also protects the messages of the merge.
      youth.facts = youth.facts.filter(({ kind }) => kind === 'Protection' || kind === 'Annulled');
      youth.mergedInto = event.survivor;
      return;
    case 'NumberSeen':
      youth.facts = withNumberSeen(youth.facts, event);
      youth.asOf = later(youth.asOf, event.since);
      return;
    case 'ProtectionChanged':
      // A function of the facts and the time, see protection/grade.ts; nothing of it is stored.
      return;
    case 'WithheldForConsent':
      youth.facts = youth.facts.map((fact) => (isAnswerOf(fact, event.batch) ? withheld(fact) : fact));
      return;
  }
}

/** The fact without what may not be known. */
export function withheld(fact: Fact): Fact {
  switch (fact.kind) {
    case 'NavMatch':
      return { ...fact, answer: null, office: null };
    case 'NavRegister': {
      // Its dates are part of what it says.
      const nothing = { state: null, measure: null, to: null, office: null, reported: null };
      return { ...fact, ...nothing, effective: osloDate(fact.received) };
    }
    default:
      return fact;
  }
}

export function isAnswerOf(fact: Fact, batch: string): boolean {
  if (fact.kind === 'NavRegister') return factKey(fact) === batch;
  return fact.kind === 'NavMatch' && fact.batch === batch;
}

function later(one: string | null, other: string): string {
  return one === null || one < other ? other : one;
}

/** Sorted by key, as they were. */
export function withFact(facts: readonly Fact[], fact: Fact): Fact[] {
  const place = placeOf(facts, fact);
  return place >= 0 ? facts.with(place, fact) : facts.toSpliced(~place, 0, fact);
}

function noteVersion(facts: readonly Fact[], noted: YouthEvent & { type: 'VersionNoted' }): Fact[] {
  return facts.map((fact) => {
    if (factKey(fact) !== noted.key) return fact;
    const versions = [...new Set([...fact.versions, noted.version])].sort((one, other) => one - other);
    if (fact.firstReceived <= noted.received) return { ...fact, versions };
    return { ...fact, versions, firstReceived: noted.received, firstReceivedOn: noted.receivedOn };
  });
}

const BY_KEY = by(({ schoolYear, county }: RegistrationKey) => `${schoolYear} ${county}`);

function withRegistration(registrations: readonly Registration[], opened: Registration): Registration[] {
  return [...registrations, opened].sort(BY_KEY);
}

const BY_ID = by(({ id }: Alert) => id);

function withAlert(alerts: readonly Alert[], alert: Alert): Alert[] {
  const next = alerts.filter(({ id }) => id !== alert.id);
  next.push(alert);
  return next.sort(BY_ID);
}
