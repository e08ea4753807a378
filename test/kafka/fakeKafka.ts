import { setImmediate as turn } from 'node:timers/promises';
import type { ProducerClient } from '../../src/kafka/orderedPublisher.ts';
import type { ProducerState } from '../../src/kafka/producedBatch.ts';
import type { OutgoingRecord } from '../../src/kafka/publisher.ts';

/** What becomes of one send: `lost` rejects and writes nothing, `unheard` writes and rejects, `late` rejects and writes when
 *  other sends have come. */
export type Fate = 'ok' | 'lost' | 'unheard' | 'late' | { refused: string } | Promise<'ok' | 'lost'>;

/** A broker that answers as the options say, and notes what the rules of the port forbid. */
export function fakeKafka(options: {
  partitions?: (topic: string) => number | undefined;
  fate?: (topic: string, partition: number, records: readonly OutgoingRecord[]) => Fate;
}) {
  const logs = new Map<string, string[]>();
  const brokers = new Map<string, ReturnType<typeof fakePartition>>();
  const late: (() => unknown)[] = [];
  const inFlight = new Set<string>();
  const offences: string[] = [];
  const state = { connects: 0, open: 0, sends: 0, closed: false, refuseConnects: 0, largest: 0 };

  const link: ProducerClient = {
    async connect() {
      state.connects++;
      await turn();
      if (state.refuseConnects > 0) {
        state.refuseConnects--;
        throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
      }
      state.open++;
      let rejected = false;
      return {
        async send(topic, partition, records, as) {
          const partitionName = `${topic}/${partition}`;
          if (inFlight.has(partitionName)) offences.push(`two sends at the same time on ${partitionName}`);
          if (rejected && !inFlight.size) offences.push(`a send on a producer that had rejected`);
          if (records.some((record) => record.topic !== topic)) offences.push('several topics in one send');
          inFlight.add(partitionName);
          state.sends++;
          state.largest = Math.max(state.largest, records.length);
          await turn();
          const fate = await (options.fate?.(topic, partition, records) ?? 'ok');
          inFlight.delete(partitionName);
          const log = logs.get(partitionName) ?? [];
          logs.set(partitionName, log);
          const broker = brokers.get(partitionName) ?? fakePartition(log);
          brokers.set(partitionName, broker);
          const write = () => broker.append(records, as);
          for (const arrives of late.splice(0, state.sends % 3)) arrives();
          if (fate === 'late') late.push(write);
          const answer = fate === 'ok' || fate === 'unheard' ? write() : undefined;
          if (fate === 'ok') {
            if (typeof answer === 'bigint') return answer;
            rejected = true;
            throw Object.assign(new Error('refused'), { type: answer });
          }
          rejected = true;
          if (typeof fate === 'object') throw Object.assign(new Error('refused'), { type: fate.refused });
          throw Object.assign(new Error('rejected'), { type: 'NOT_LEADER_FOR_PARTITION' });
        },
        async close() {
          state.open--;
        },
      };
    },
    async partitions(topic) {
      await turn();
      return options.partitions === undefined ? 4 : options.partitions(topic);
    },
    endOfLog: async (topic, partition) => BigInt(logs.get(`${topic}/${partition}`)?.length ?? 0),
    async close() {
      state.closed = true;
    },
  };
  const arriveLate = () => {
    for (const arrives of late.splice(0)) arrives();
  };
  return { link, logs, offences, state, arriveLate };
}

/** One partition as a broker keeps it: which epoch it knows of each producer, and the batches it had under it. */
function fakePartition(log: string[]) {
  const producers = new Map<bigint, { epoch: number; next: number; batches: Map<string, bigint> }>();
  return {
    /** @returns its offset, or why it was not appended */
    append(records: readonly OutgoingRecord[], as: ProducerState | undefined): bigint | string {
      const offset = BigInt(log.length);
      if (as) {
        const { producerId, producerEpoch, firstSequence } = as;
        const known = producers.get(producerId);
        const batch = `${firstSequence}+${records.length}`;
        if (known && producerEpoch < known.epoch) return 'INVALID_PRODUCER_EPOCH';
        const mine = known?.epoch === producerEpoch ? known : undefined;
        const before = mine?.batches.get(batch);
        if (before !== undefined) return before;
        if (known && firstSequence !== (mine?.next ?? 0)) return 'OUT_OF_ORDER_SEQUENCE_NUMBER';
        const batches = (mine?.batches ?? new Map<string, bigint>()).set(batch, offset);
        producers.set(producerId, { epoch: producerEpoch, next: firstSequence + records.length, batches });
      }
      for (const { value } of records) log.push(String(value));
      return offset;
    },
  };
}
