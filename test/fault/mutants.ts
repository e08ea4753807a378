import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Wrappers } from '../../src/bridge/options.ts';
import type { OutgoingRecord, Publisher } from '../../src/kafka/publisher.ts';
import type { Commit, Store } from '../../src/store/port.ts';
import type { MutantName } from './appPlan.ts';
import type { CheckName } from './checks/checks.ts';
import { withPlantedConsents } from './plantedConsent.ts';

// Bugs planted around the real parts, to show that the checkers see them. `caughtBy` is the checker that has to.

export interface Mutant {
  what: string;
  caughtBy: CheckName;
  wrap(): Wrappers;
}

const isOut = ({ topic }: OutgoingRecord) => /\.(status|alert|status-group|ot-ungdom)$/.test(topic);

export const MUTANTS: Record<MutantName, Mutant> = {
  'commit-before-processing': {
    what: 'the cursor is committed first, the effects a moment later',
    caughtBy: 'nothing-lost',
    wrap: () => ({ store: commitsCursorFirst }),
  },
  'drop-a-publish': {
    what: 'one status message in fifty is never sent',
    caughtBy: 'nothing-lost',
    wrap: () => ({ publisher: dropsSome }),
  },
  'skip-dedupe': {
    what: 'each delivery counts as a new source event',
    caughtBy: 'no-doubles',
    wrap: () => ({
      adapters: (adapters) =>
        adapters.map((adapter) => ({
          ...adapter,
          read(record, context) {
            const verdict = adapter.read(record, context);
            if (verdict.kind !== 'event') return verdict;
            return { ...verdict, event: { ...verdict.event, id: `${verdict.event.id}:${randomUUID()}` } };
          },
        })),
    }),
  },
  'skip-consent': {
    what: 'the gate always sees both consents',
    caughtBy: 'consent',
    wrap: () => ({ store: withPlantedConsents }),
  },
  'ignore-cursor': {
    what: 'every fifth batch is written by two sessions, the second whatever the cursor says',
    caughtBy: 'conservation',
    wrap: () => ({ store: ignoresCursor }),
  },
  'publish-out-of-order': {
    what: 'the first half of a refused publish is sent again after others have passed it',
    caughtBy: 'order',
    wrap: () => ({ publisher: sendsLateAgain }),
  },
  'skip-recovery': {
    what: 'what was committed but not published is not looked for on claim',
    caughtBy: 'nothing-lost',
    // The wait is no bug; it makes the moment between commit and publish long enough to be hit.
    wrap: () => ({ store: recoversNothing, publisher: (publisher) => slow(publisher, 150) }),
  },
};

function commitsCursorFirst(store: Store): Store {
  const moved = new Map<number, bigint>();
  return {
    ...store,
    async commit(batch) {
      const { lane, nextOffset } = batch;
      if (moved.get(lane.id) !== nextOffset) {
        const first = await store.commit({ ...nothing(batch), counts: batch.counts });
        if (first !== 'committed') return first;
        moved.set(lane.id, nextOffset);
        // The wait is no bug; it makes the moment long enough to be hit.
        await sleep(400);
      }
      const counts = { applied: 0, duplicate: 0, rejected: 0, quarantined: 0, parked: 0 };
      return store.commit({ ...batch, lane: { ...lane, nextOffset }, counts });
    },
  };
}

function nothing(batch: Commit): Commit {
  return { ...batch, applied: [], youths: [], quarantined: [], parked: [], receipts: [], listRows: [] };
}

function dropsSome(publisher: Publisher): Publisher {
  // By offset: the same message is dropped again when it is sent again.
  const dropped = (record: OutgoingRecord) =>
    record.topic.endsWith('.status') && Number(record.headers.ce_id?.split('/')[2]) % 50 === 7;
  return {
    ...publisher,
    publish: (records, options) =>
      publisher.publish(
        records.filter((record) => !dropped(record)),
        options,
      ),
  };
}

/** A second session that believes it still has the lane, and moves whatever cursor it finds. */
function ignoresCursor(store: Store): Store {
  let batches = 0;
  return {
    ...store,
    async commit(batch) {
      const result = await store.commit(batch);
      batches += 1;
      if (result === 'committed' && batches % 5 === 0) {
        await store.commit({ ...nothing(batch), lane: { ...batch.lane, nextOffset: batch.nextOffset } });
      }
      return result;
    },
  };
}

function sendsLateAgain(publisher: Publisher): Publisher {
  let calls = 0;
  return {
    ...publisher,
    async publish(records, options) {
      calls += 1;
      if (calls % 3 !== 0 || !records.every(isOut)) return publisher.publish(records, options);
      const half = Math.ceil(records.length / 2);
      void sleep(1_500)
        .then(() => publisher.publish(records.slice(0, half), options))
        .catch(() => undefined);
      await publisher.publish(records.slice(half), options);
    },
  };
}

function recoversNothing(store: Store): Store {
  return {
    ...store,
    async claim(key) {
      const lane = await store.claim(key);
      return { ...lane, publishedUpto: lane.nextOffset };
    },
  };
}

function slow(publisher: Publisher, ms: number): Publisher {
  return {
    ...publisher,
    async publish(records, options) {
      if (records.some(isOut)) await sleep(ms);
      return publisher.publish(records, options);
    },
  };
}
