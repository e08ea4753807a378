import type { LaneKey } from '../core/lane.ts';
import type { OrderedSink } from '../core/messages/sink.ts';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { FEEDS, type Feed } from '../core/youth/statusEvent.ts';
import { adapterContext } from '../pipeline/adapterContext.ts';
import { createBatchTelemetry } from '../pipeline/batchTelemetry.ts';
import type { Pipeline } from '../pipeline/handleBatch.ts';
import type { LaneOrder } from '../pipeline/publish/laneOrder.ts';
import type { FeedTrouble } from '../pipeline/trouble.ts';
import type { Codec } from '../wire/codec.ts';
import { createKafkaSink } from '../wire/kafkaSink.ts';
import type { BridgeParts } from './parts.ts';
import type { Publishing } from './publishing.ts';

type Parts = Pick<
  BridgeParts,
  | 'organisations'
  | 'adapters'
  | 'decode'
  | 'store'
  | 'nav'
  | 'vault'
  | 'publisher'
  | 'environment'
  | 'telemetry'
  | 'log'
>;

/** What all pipelines of a process share. */
interface Shared {
  codec: Codec;
  order: LaneOrder;
  trouble: FeedTrouble;
  publishing: Publishing;
  /** Resolves when what an organisation's feeds hold is decided, but for those of NAV's registers. */
  othersRead(org: OrgId): Promise<void>;
}

export interface Pipelines {
  /** A lane's pipeline: its feed's adapter, its organisation's policy and clock. */
  of(key: LaneKey): Pipeline;
  /** Sink of the organisation's messages. */
  sink(org: OrgId): OrderedSink;
}

/** One pipeline per organisation and feed, shared by the topic's lanes. */
export function createPipelines(
  parts: Parts,
  { codec, order, trouble, publishing, othersRead }: Shared,
): Pipelines {
  const { organisations, adapters, decode, store, nav, vault, publisher, environment, telemetry, log } =
    parts;
  const pipelines = new Map<string, Pipeline>();
  const sinks = new Map<string, OrderedSink>();
  for (const { id, virtualClock } of organisations.all) {
    const sink = createKafkaSink({ org: id, codec, virtualClock, publisher, fences: store });
    sinks.set(id, sink);
    const policy = organisations.policyOf(id);
    const context = adapterContext({ org: id, environment, vault, policy });
    for (const adapter of adapters) {
      pipelines.set(feedTopic(id, adapter.feed), {
        store,
        agreements: () => nav.agreements(id),
        othersRead: () => othersRead(id),
        vault,
        order,
        trouble,
        sink,
        policy,
        feed: adapter.feed,
        publishRefused: publishing.publishRefused,
        holds: publishing.holds,
        whilePermitted: (messages, send) => publishing.whilePermitted(id, messages, send),
        reader: { org: id, adapter, decode, context },
        telemetry: createBatchTelemetry({
          meters: telemetry.meters,
          startBatch: telemetry.startBatch,
          log,
          feed: adapter.feed,
          now: virtualClock ? null : Date.now,
        }),
      });
    }
  }
  const missing = FEEDS.filter((feed: Feed) => !adapters.some((adapter) => adapter.feed === feed));
  if (missing.length > 0) throw new Error(`no adapter reads ${missing.join(', ')}`);
  return {
    of(key) {
      const pipeline = pipelines.get(key.topic);
      if (!pipeline) throw new Error(`no feed is read from ${key.topic}`);
      return pipeline;
    },
    sink(org) {
      const sink = sinks.get(org);
      if (!sink) throw new Error(`the bridge does not work for ${org}`);
      return sink;
    },
  };
}
