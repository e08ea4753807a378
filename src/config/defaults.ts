import { availableParallelism } from 'node:os';
import { countyNumber, type Organisation, orgId } from '../core/organisation.ts';
import type { Settings } from './environment.ts';

// Defaults that both the configuration and its checks need.

export function portsOf(set: Settings): { kafka: number; postgres: number; http: number } {
  return {
    kafka: set.EMBEDDED_KAFKA_PORT ?? 19_092,
    postgres: set.EMBEDDED_PG_PORT ?? 15_432,
    http: set.HTTP_PORT ?? 8080,
  };
}

export function organisationsOf(set: Settings): Organisation[] {
  return (
    set.ORGANISATIONS ?? [
      {
        ...{ id: orgId('telemarkfylke-no'), county: countyNumber('40'), virtualClock: false },
        name: 'Telemark fylkeskommune',
      },
    ]
  );
}

export function partitionsOf(set: Settings): number {
  return set.FEED_PARTITIONS ?? 4;
}

/** MB of youths that a process keeps in memory: some 20,000 who have had a year's records. */
export const KEPT_YOUTHS_MB = 96;

/** More than share the broker's and the database's processors with them would only take memory. */
const MOST_OF_ITSELF = 4;

/** How many processes work lanes: a feed's partitions are shared evenly, and one without any would do nothing. */
export function laneProcessesOf(set: Settings): number {
  return Math.min(set.LANE_PROCESSES ?? Math.min(availableParallelism(), MOST_OF_ITSELF), partitionsOf(set));
}
