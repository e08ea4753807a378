import { ADAPTERS } from '../../../adapters/index.ts';
import { type CountyNumber, countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import type { StatusEvent } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import { seededRandom } from '../../../src/local/sample/random.ts';
import { type Evidence, type FeedEntry, laneOf } from '../evidence.ts';

/** All inputs of each person decided again in memory, in another order, give what is stored. */
export function checkState(evidence: Evidence): string[] {
  const findings: string[] = [];
  const random = seededRandom(1);
  for (const [ref, received] of deliveries(evidence)) {
    // Answers last, as in life they come after the consents; and time passes when all is known.
    const facts = random
      .shuffled(together(received.filter(({ event }) => event.kind !== 'NavMatch' && event.kind !== 'Due')))
      .flat();
    const answers = received.filter(({ event }) => event.kind === 'NavMatch');
    const dues = received
      .filter(({ event }) => event.kind === 'Due')
      .sort((one, other) => (one.received < other.received ? -1 : 1));
    const again = [...facts, ...answers, ...dues].reduce(
      (youth, each) => decided(youth, each, countyNumber(evidence.county)),
      UNKNOWN_YOUTH,
    );
    const stored = evidence.youths.get(ref)?.youth;
    if (!stored) findings.push('a youth of a received record is not stored');
    else {
      if (!same(again.registrations, stored.registrations))
        findings.push(
          `registrations differ: ${list(again.registrations.map(({ status }) => status.code))} again, ${list(stored.registrations.map(({ status }) => status.code))} stored`,
        );
      if (!same(again.alerts, stored.alerts))
        findings.push(
          `open alerts differ: ${list(again.alerts.map(({ kind }) => kind))} again, ${list(stored.alerts.map(({ kind }) => kind))} stored; ${factsThatDiffer(again, stored)}`,
        );
    }
  }
  return findings;
}

/** Where to look: what one of them knows and the other does not. All of it was made by the load. */
function factsThatDiffer(again: Youth, stored: Youth): string {
  const named = ({ facts }: Youth) =>
    new Set(
      facts.map(({ feed, kind, id, version, received }) => [feed, kind, id, version, received].join(' ')),
    );
  const [one, other] = [named(again), named(stored)];
  const only = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...some].filter((each) => !others.has(each)).join(', ') || 'nothing';
  return `only again: ${only(one, other)}; only stored: ${only(other, one)}; as of ${again.asOf} and ${stored.asOf}`;
}

/**
 * Records of one feed about one person lie in one partition: of those that came at the same moment its order is the
 * only one there is, and an annulment covers what came before it. All else may come in any order.
 */
function together(received: readonly Delivery[]): Delivery[][] {
  return [...Map.groupBy(received, ({ event, received }) => `${event.feed} ${received}`).values()];
}

interface Delivery {
  event: StatusEvent;
  received: string;
}

function decided(youth: Youth, { event, received }: Delivery, county: CountyNumber): Youth {
  return fold(
    youth,
    decide(event, youth, { now: received, today: osloDate(received), policy: defaultPolicy(county) }),
  );
}

/** What was received about each youth: of each source event the first delivery. */
function deliveries(evidence: Evidence): Map<string, Delivery[]> {
  const refs = referencesByNumber(evidence);
  const first = new Set<string>();
  const found = new Map<string, Delivery[]>();
  for (const record of evidence.feedLog.toSorted(
    (one, other) => one.timestamp - other.timestamp || one.offset - other.offset,
  )) {
    const read = reading(record, countyNumber(evidence.county));
    if (!read) continue;
    const { person } = read;
    if ('sourceKey' in person) continue;
    const ref = 'ref' in person ? person.ref : refs.get(person.fodselsnummer.reveal());
    const { feed, source, id, version } = read.event;
    const name = JSON.stringify([feed, source, id, version]);
    if (ref === undefined || first.has(name)) continue;
    first.add(name);
    found.set(ref, [
      ...(found.get(ref) ?? []),
      { event: read.event, received: new Date(record.timestamp).toISOString() },
    ]);
  }
  return found;
}

function reading(record: FeedEntry, county: CountyNumber) {
  const mine = record.input === null || record.input.kind === 'event';
  if (!mine || record.value === null) return undefined;
  const adapter = ADAPTERS.find(({ feed }) => feed === record.feed);
  const received = new Date(record.timestamp).toISOString();
  const verdict = adapter?.read(
    { value: JSON.parse(record.value.toString()), received, envelope: null },
    {
      county,
      environment: 'test',
      activations: {},
      pseudonym: () => 'every input of the load is named by its source',
      nameTag: () => 'no input of the load has a name',
      askedRef: () => undefined,
    },
  );
  return verdict?.kind === 'event' ? verdict : undefined;
}

function referencesByNumber({ feedLog, events, people }: Evidence): Map<string, string> {
  const inputs = new Map(feedLog.map((record) => [`${laneOf(record)}/${record.offset}`, record.input]));
  return new Map(
    events.flatMap(({ lane, offset, ref }) => {
      const index = inputs.get(`${lane}/${offset}`)?.person;
      const person = index === undefined || index === null ? undefined : people[index];
      return person ? [[person.number, ref] as const] : [];
    }),
  );
}

const same = (one: unknown, other: unknown) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const list = (codes: readonly string[]) => codes.join(' ') || 'none';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  );
}
