import { ADAPTERS } from '../../../adapters/index.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import type { Problem } from '../../../src/core/problem.ts';
import { type IsoInstant, instantOf } from '../../../src/core/time/date.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import type { StatusEvent } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../../src/core/youth/youthEvent.ts';
import { packedRecord } from '../../../src/store/form/packedRecord.ts';
import type { StoredRecord } from '../../../src/store/port.ts';
import type { Queries } from '../../../src/store/queriesPort.ts';
import { askedRef, nameTag, pseudonym } from '../../harness/pseudonym.ts';

// The pipeline without its machinery: the real adapters, the real rules, and a map of youths. What the sample must
// reproduce is decided here and nowhere else.

const POLICY = defaultPolicy(countyNumber('38'));

export interface SamplePipeline {
  /** One feed record, `at` epoch milliseconds. */
  take(feed: string, value: unknown, at: number): void;
  /** Decides everything that has fallen due. */
  fallDue(now: IsoInstant): void;
  queries: Pick<Queries, 'recordedUpto'>;
  counts: { applied: number; unchanged: number; duplicate: number };
  quarantined: Problem[][];
  /** By identity number. */
  youths: ReadonlyMap<string, { version: number; youth: Youth }>;
  records: readonly StoredRecord[];
}

export function pipelineInMemory(): SamplePipeline {
  const youths = new Map<string, { version: number; youth: Youth }>();
  const records: StoredRecord[] = [];
  const seen = new Set<string>();
  const quarantined: Problem[][] = [];
  const counts = { applied: 0, unchanged: 0, duplicate: 0 };

  const apply = (person: string, event: StatusEvent, now: IsoInstant): void => {
    const key = `${event.feed}|${event.source}|${event.id}|${event.version}`;
    if (seen.has(key)) {
      counts.duplicate += 1;
      return;
    }
    const before = youths.get(person) ?? { version: 0, youth: UNKNOWN_YOUTH };
    const events: YouthEvent[] = decide(event, before.youth, { now, today: osloDate(now), policy: POLICY });
    if (events.length === 0) {
      counts.unchanged += 1;
      return;
    }
    seen.add(key);
    counts.applied += 1;
    const version = before.version + 1;
    youths.set(person, { version, youth: fold(before.youth, events) });
    const offset = BigInt(records.length);
    records.push({
      lane: 1,
      topic: event.feed,
      partition: 0,
      offset,
      ref: personRef(person),
      version,
      recorded: now,
      events,
    });
  };

  return {
    take(feed, value, at) {
      const adapter = ADAPTERS.find((one) => one.feed === feed);
      if (adapter === undefined) throw new Error(`no adapter for ${feed}`);
      const received = instantOf(at);
      const verdict = adapter.read(
        { value, received, envelope: null },
        { county: countyNumber('38'), environment: 'test', activations: {}, pseudonym, nameTag, askedRef },
      );
      if (verdict.kind === 'malformed') quarantined.push(verdict.problems);
      else if (verdict.kind === 'event' && 'fodselsnummer' in verdict.person)
        apply(verdict.person.fodselsnummer.reveal(), verdict.event, received);
      else throw new Error(`the sample sends no record that is ${verdict.kind}`);
    },
    fallDue(now) {
      for (let rounds = 0; rounds < 50; rounds += 1) {
        const due = [...youths].filter(([, { youth }]) => youth.due !== null && youth.due <= now);
        if (due.length === 0) return;
        for (const [person, { youth }] of due) apply(person, dueEvent(person, youth.due as IsoInstant), now);
      }
      throw new Error('what falls due never ends');
    },
    queries: {
      async *recordedUpto(_org, upto) {
        yield records
          .filter(({ recorded }) => recorded <= upto)
          .sort((a, b) => (a.ref === b.ref ? a.version - b.version : a.ref < b.ref ? -1 : 1))
          .map(packedRecord);
      },
    },
    counts,
    quarantined,
    youths,
    records,
  };
}

function dueEvent(person: string, at: IsoInstant): StatusEvent {
  return {
    kind: 'Due',
    at,
    feed: 'bridge',
    source: 'bridge',
    id: `forfall-${person}-${at}`,
    version: 1,
    effective: osloDate(at),
    reported: null,
    county: countyNumber('38'),
    born: null,
    nameTag: null,
  };
}
