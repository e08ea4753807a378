import { setImmediate as turn } from 'node:timers/promises';
import type { KafkaLink } from '../../src/relay/lanePublisher.ts';
import type { OutgoingRecord } from '../../src/relay/publisher.ts';

/** What becomes of one send: `lost` rejects and writes nothing, `unheard` writes and rejects. */
export type Fate = 'ok' | 'lost' | 'unheard' | { refused: string } | Promise<'ok' | 'lost'>;

/** A broker that answers as told, and notes what the rules of the port forbid. */
export function fakeKafka(options: {
  partitions?: (topic: string) => number | undefined;
  fate?: (topic: string, partition: number, records: readonly OutgoingRecord[]) => Fate;
}) {
  const logs = new Map<string, string[]>();
  const inFlight = new Set<string>();
  const offences: string[] = [];
  const state = { connects: 0, open: 0, sends: 0, closed: false, refuseConnects: 0, largest: 0 };

  const link: KafkaLink = {
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
        async send(topic, partition, records) {
          const lane = `${topic}/${partition}`;
          if (inFlight.has(lane)) offences.push(`two sends at once on ${lane}`);
          if (rejected && !inFlight.size) offences.push(`a send on a producer that had rejected`);
          if (records.some((record) => record.topic !== topic)) offences.push('several topics in one send');
          inFlight.add(lane);
          state.sends++;
          state.largest = Math.max(state.largest, records.length);
          await turn();
          const fate = await (options.fate?.(topic, partition, records) ?? 'ok');
          inFlight.delete(lane);
          if (fate === 'ok' || fate === 'unheard') {
            const log = logs.get(lane) ?? [];
            logs.set(lane, log);
            for (const { value } of records) log.push(String(value));
          }
          if (fate === 'ok') return;
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
    async close() {
      state.closed = true;
    },
  };
  return { link, logs, offences, state };
}
