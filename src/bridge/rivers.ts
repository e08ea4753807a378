import type { FeedAdapter } from '../core/feedAdapter.ts';
import type { Lane, LaneKey } from '../core/lane.ts';
import type { NavDisclosure } from '../core/messages/messages.ts';
import type { OrderedSink } from '../core/messages/sink.ts';
import { feedTopic } from '../core/messages/topic.ts';
import { FEEDS, type Feed } from '../core/youth/statusEvent.ts';
import type { Publisher } from '../kafka/publisher.ts';
import { adapterContext } from '../pipeline/adapterContext.ts';
import { createBatchTelemetry } from '../pipeline/batchTelemetry.ts';
import type { River } from '../pipeline/handleBatch.ts';
import type { LaneOrder } from '../pipeline/publish/laneOrder.ts';
import type { FeedTrouble } from '../pipeline/trouble.ts';
import type { Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Codec } from '../wire/codec.ts';
import type { Decode } from '../wire/decode.ts';
import { createKafkaSink } from '../wire/kafkaSink.ts';
import type { Organisations } from './organisations.ts';

export interface RiverParts {
  organisations: Organisations;
  adapters: readonly FeedAdapter[];
  decode: Decode;
  codec: Codec;
  store: Store;
  vault: Vault;
  publisher: Publisher;
  order: LaneOrder;
  environment: 'test' | 'production';
  telemetry: Telemetry;
  log: Logger;
  trouble: FeedTrouble;
  publishRefused(error: unknown, attempt: number): Promise<void>;
  holds(lane: Lane): Promise<boolean>;
  permitted(message: NavDisclosure, org: string): Promise<boolean>;
}

export interface Rivers {
  /** A lane's pipeline: its feed's adapter, its organisation's policy and clock. */
  of(key: LaneKey): River;
  /** Sink of the organisation's messages. */
  sink(org: string): OrderedSink;
}

/** One pipeline per organisation and feed, shared by the topic's lanes. */
export function createRivers(parts: RiverParts): Rivers {
  const rivers = new Map<string, River>();
  const sinks = new Map<string, OrderedSink>();
  for (const { id, virtualClock } of parts.organisations.all) {
    const { codec, publisher } = parts;
    const sink = createKafkaSink({ org: id, codec, virtualClock, publisher, fences: parts.store });
    sinks.set(id, sink);
    const policy = parts.organisations.policyOf(id);
    for (const adapter of parts.adapters) {
      rivers.set(feedTopic(id, adapter.feed), {
        ...parts,
        feed: adapter.feed,
        sink,
        permitted: (message) => parts.permitted(message, id),
        policy,
        reader: {
          org: id,
          adapter,
          decode: parts.decode,
          context: adapterContext({ ...parts, policy }),
        },
        telemetry: createBatchTelemetry({
          meters: parts.telemetry.meters,
          startBatch: parts.telemetry.startBatch,
          log: parts.log,
          feed: adapter.feed,
          now: virtualClock ? null : Date.now,
        }),
      });
    }
  }
  const missing = FEEDS.filter((feed: Feed) => !parts.adapters.some((adapter) => adapter.feed === feed));
  if (missing.length > 0) throw new Error(`no adapter reads ${missing.join(', ')}`);
  return {
    of(key) {
      const river = rivers.get(key.topic);
      if (!river) throw new Error(`no feed is read from ${key.topic}`);
      return river;
    },
    sink(org) {
      const sink = sinks.get(org);
      if (!sink) throw new Error(`the bridge does not work for ${org}`);
      return sink;
    },
  };
}
