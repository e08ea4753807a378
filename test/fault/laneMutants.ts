import type { Wrappers } from '../../src/bridge/options.ts';
import type { FeedSource, FeedTaker } from '../../src/kafka/feedSource.ts';
import type { LaneMutantName } from './appPlan.ts';

// Bugs planted around the feed source, to show that the play of lane faults sees them.

export const LANE_MUTANTS: Record<LaneMutantName, { what: string; wrap(): Wrappers }> = {
  'ignore-marker': {
    what: 'the cursor stays before offsets that hold no record',
    wrap: () => ({ source: ignoresMarkers }),
  },
  'bad-batch-stops-all': {
    what: 'one batch that cannot be read ends the reading of all lanes',
    wrap: () => ({ source: stopsAll }),
  },
};

function ignoresMarkers(source: FeedSource): FeedSource {
  return {
    ...source,
    open(topic, partition, place, taker) {
      let next = place.from;
      const blind: FeedTaker = {
        ...taker,
        take({ records, end }) {
          const last = records.at(-1);
          if (last) next = last.offset + 1n;
          taker.take({ records, next, end });
        },
      };
      return source.open(topic, partition, place, blind);
    },
  };
}

function stopsAll(source: FeedSource): FeedSource {
  let crashed = false;
  return {
    ...source,
    open(topic, partition, place, taker) {
      const fragile: FeedTaker = {
        ...taker,
        take(fetched) {
          if (!crashed) taker.take(fetched);
        },
        stopped(trouble) {
          crashed ||= trouble?.code === 'BATCH_UNREADABLE';
          taker.stopped(trouble);
        },
      };
      return source.open(topic, partition, place, fragile);
    },
  };
}
