import { firstStatusFrom } from './derive/registration.ts';
import { factKey, type Registration, type Youth } from './youth.ts';
import type { Alert, Fact, RegistrationKey, YouthEvent } from './youthEvent.ts';

// What has been decided, applied. No decision is made here: this must give the same youth for ever.

/** The youth after one event. The youth given is left as it is. */
export function evolve(youth: Youth, event: YouthEvent): Youth {
  switch (event.type) {
    case 'FactRecorded':
      return {
        ...youth,
        facts: withFact(youth.facts, event.fact),
        asOf: later(youth.asOf, event.fact.received),
      };
    case 'VersionNoted':
      return { ...youth, facts: noteVersion(youth.facts, event), asOf: later(youth.asOf, event.received) };
    case 'TimePassed':
      return { ...youth, asOf: later(youth.asOf, event.at) };
    case 'DueMoved':
      return { ...youth, due: event.due };
    case 'TilmeldingOpened': {
      const { schoolYear, county, tilmeldingskode, effective, owner } = event;
      // R01; the StatusSet that follows says the same, or what an adviser has set.
      const opened = {
        schoolYear,
        county,
        tilmeldingskode,
        effective,
        owner,
        status: firstStatusFrom(effective),
      };
      return { ...youth, registrations: withRegistration(youth.registrations, opened) };
    }
    case 'TilmeldingChanged': {
      const { tilmeldingskode, effective, owner } = event;
      return changed(youth, event, (known) => ({ ...known, tilmeldingskode, effective, owner }));
    }
    case 'StatusSet': {
      const { status } = event;
      return changed(youth, event, (known) => ({ ...known, status }));
    }
    case 'TilmeldingAnnulled':
      return { ...youth, registrations: youth.registrations.filter((known) => !isKey(known, event)) };
    case 'AlertRaised':
    case 'AlertChanged':
      return { ...youth, alerts: withAlert(youth.alerts, event.alert) };
    case 'AlertWithdrawn':
      return { ...youth, alerts: youth.alerts.filter(({ id }) => id !== event.alert.id) };
    case 'WithheldForConsent':
      return {
        ...youth,
        facts: youth.facts.map((fact) => (isAnswerOf(fact, event.batch) ? withheld(fact) : fact)),
      };
  }
}

export function fold(youth: Youth, events: readonly YouthEvent[]): Youth {
  let now = youth;
  for (const event of events) now = evolve(now, event);
  return now;
}

/** The fact without what may not be known. */
export function withheld(fact: Fact): Fact {
  return fact.kind === 'NavMatch' ? { ...fact, answer: null, office: null } : fact;
}

export function isAnswerOf(fact: Fact, batch: string): boolean {
  return fact.kind === 'NavMatch' && fact.batch === batch;
}

function later(one: string | null, other: string): string {
  return one === null || one < other ? other : one;
}

function withFact(facts: readonly Fact[], fact: Fact): Fact[] {
  const key = factKey(fact);
  const next: Fact[] = [];
  let placed = false;
  for (const known of facts) {
    const knownKey = factKey(known);
    if (!placed && knownKey >= key) {
      next.push(fact);
      placed = true;
    }
    if (knownKey !== key) next.push(known);
  }
  if (!placed) next.push(fact);
  return next;
}

function noteVersion(facts: readonly Fact[], noted: YouthEvent & { type: 'VersionNoted' }): Fact[] {
  return facts.map((fact) => {
    if (factKey(fact) !== noted.key) return fact;
    const versions = [...fact.versions, noted.version].sort((one, other) => one - other);
    if (fact.firstReceived <= noted.received) return { ...fact, versions };
    return { ...fact, versions, firstReceived: noted.received, firstReceivedOn: noted.receivedOn };
  });
}

function isKey(known: RegistrationKey, { schoolYear, county }: RegistrationKey): boolean {
  return known.schoolYear === schoolYear && known.county === county;
}

function withRegistration(registrations: readonly Registration[], opened: Registration): Registration[] {
  const order = ({ schoolYear, county }: RegistrationKey) => `${schoolYear} ${county}`;
  return [...registrations, opened].sort((one, other) => (order(one) < order(other) ? -1 : 1));
}

function changed(youth: Youth, key: RegistrationKey, change: (known: Registration) => Registration): Youth {
  return {
    ...youth,
    registrations: youth.registrations.map((known) => (isKey(known, key) ? change(known) : known)),
  };
}

function withAlert(alerts: readonly Alert[], alert: Alert): Alert[] {
  const next = alerts.filter(({ id }) => id !== alert.id);
  next.push(alert);
  return next.sort((one, other) => (one.id < other.id ? -1 : 1));
}
