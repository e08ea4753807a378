import type { Feed } from '../../core/youth/statusEvent.ts';

/** One record of the year, as its source sends it. */
export interface SampleRecord {
  /** Virtual instant at which it enters Kafka, epoch milliseconds. */
  at: number;
  feed: Feed;
  /** Its person, for the key; null when the number in it cannot be read. */
  fodselsnummer: string | null;
  value: Record<string, unknown>;
}

export interface Notebook {
  /** A new source event id: `<prefix>-000001`, counted per prefix. */
  id(prefix: string): string;
  /** Returns what was written. */
  write(record: SampleRecord): SampleRecord;
  /** In time order; records of the same moment in the order they were written. */
  inTimeOrder(): SampleRecord[];
}

export function createNotebook(): Notebook {
  const counters = new Map<string, number>();
  const records: SampleRecord[] = [];
  return {
    id(prefix) {
      const count = (counters.get(prefix) ?? 0) + 1;
      counters.set(prefix, count);
      return `${prefix}-${String(count).padStart(6, '0')}`;
    },
    write(record) {
      records.push(record);
      return record;
    },
    inTimeOrder: () => [...records].sort((a, b) => a.at - b.at),
  };
}
