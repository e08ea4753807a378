import type { PersonRef } from '../core/person/reference.ts';
import type { Youth } from '../core/youth/youth.ts';
import type { LoadedYouth, RecordPlace } from '../store/port.ts';
import type { Outgoing } from './decidedBatch.ts';
import type { People } from './load.ts';

/** A youth as it is in the middle of a batch. */
export interface Standing {
  loaded: LoadedYouth;
  /** Undefined until a record of its own is decided: most of a batch waits unread for its turn. */
  youth: Youth | undefined;
  version: number;
  /** What is stored of it is to be replaced: its records cannot just be appended. */
  outdated: boolean;
  parked: boolean;
  /** Place of its last record, this batch's included. */
  last: RecordPlace | null;
  /** The message of the compacted topic: only a batch's last one matters. */
  state: Outgoing | null;
}

export interface Standings {
  /** The youth of a reference; of one that this very batch has merged, the youth it was merged into. */
  of(ref: PersonRef): Standing;
  /** Those that have been asked for. */
  all(): readonly Standing[];
}

export function createStandings(people: Pick<People, 'youths'>): Standings {
  // One, or two: looking through them is cheaper than a map for each person of a batch.
  const standings: Standing[] = [];
  const at = (ref: PersonRef): Standing => {
    for (const standing of standings) if (standing.loaded.ref === ref) return standing;
    const loaded = people.youths.get(ref);
    if (!loaded) throw new Error('a youth of the batch was not loaded');
    const { version, parked, last } = loaded;
    // Of one that is not in memory a tail would be read with its next record, which costs more than writing it whole.
    const outdated = loaded.kept !== true;
    const standing = { loaded, youth: undefined, version, outdated, parked, last, state: null };
    standings.push(standing);
    return standing;
  };
  return {
    of(ref) {
      for (let standing = at(ref); ; ) {
        const into = standing.youth === undefined ? standing.loaded.mergedInto : standing.youth.mergedInto;
        if (into === null) return standing;
        standing = at(into);
      }
    },
    all: () => standings,
  };
}

/** @throws when what is stored of the youth cannot be read */
export function youthOf(standing: Standing): Youth {
  standing.youth ??= standing.loaded.youth;
  return standing.youth;
}
