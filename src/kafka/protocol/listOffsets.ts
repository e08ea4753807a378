import {
  compactArray,
  compactString,
  int16,
  int32,
  int64,
  putArray,
  putInt8,
  putInt32,
  putInt64,
  putNoTags,
  putString,
  skipTags,
} from './bytes.ts';
import { type WireRequest, wireRequest } from './request.ts';

/** The first offset still in the log, or the first one not yet written. */
export type Place = 'start' | 'end';

export interface AskedPartition {
  topic: string;
  partition: number;
  leaderEpoch: number;
}

export interface OffsetFound {
  topic: string;
  partition: number;
  error: number;
  offset: bigint;
}

const NO_EPOCH = -1;
const PLACES = { start: -2n, end: -1n } as const;

/** Version 7, «read uncommitted»: the real end, also where an open transaction hides it from readers. */
export function listOffsetsRequest(
  asked: readonly Omit<AskedPartition, 'leaderEpoch'>[] | readonly AskedPartition[],
  place: Place,
): WireRequest<OffsetFound[]> {
  const byTopic = Map.groupBy<string, Partial<AskedPartition>>(asked, ({ topic }) => topic ?? '');
  return wireRequest(
    { key: 2, name: 'ListOffsets', version: 7 },
    (to) => {
      putInt32(to, -1);
      putInt8(to, 0);
      putArray(to, [...byTopic], ([topic, partitions]) => {
        putString(to, topic);
        putArray(to, partitions, ({ partition = 0, leaderEpoch = NO_EPOCH }) => {
          putInt32(to, partition);
          putInt32(to, leaderEpoch);
          putInt64(to, PLACES[place]);
          putNoTags(to);
        });
        putNoTags(to);
      });
      putNoTags(to);
    },
    (from) => {
      int32(from);
      return compactArray(from, () => {
        const topic = compactString(from) ?? '';
        const found = compactArray(from, () => {
          const partition = int32(from);
          const error = int16(from);
          int64(from);
          const offset = int64(from);
          int32(from);
          skipTags(from);
          return { topic, partition, error, offset };
        });
        skipTags(from);
        return found;
      }).flat();
    },
  );
}
