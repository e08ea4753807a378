import { errorTopic, outTopic } from '../../src/core/messages/topic.ts';
import { orgId } from '../../src/core/organisation.ts';
import type { PublishedRecord } from '../../src/kafka/memoryPublisher.ts';
import type { Publisher } from '../../src/kafka/publisher.ts';
import { createCodec } from '../../src/wire/codec.ts';
import { createKafkaSink } from '../../src/wire/kafkaSink.ts';
import { OUT_SCHEMAS } from '../golden/avro.ts';
import type { SinkUnderTest } from './sinkContract.ts';

const codec = createCodec({ schemas: OUT_SCHEMAS });
export const org = orgId('telemarkfylke-no');
const fences = { raiseFence: async () => null };

/** The Kafka sink on two publishers; what a receiver gets is read from the topics. */
export function kafkaSinkUnderTest(
  publishers: { sink: Publisher; another: Publisher },
  read: (topic: string) => Promise<PublishedRecord[][]>,
  close: () => Promise<void>,
): SinkUnderTest {
  const sinkOn = (publisher: Publisher) =>
    createKafkaSink({ org, codec, virtualClock: false, publisher, fences });
  const received: SinkUnderTest['received'] = async (topic, ref) => {
    const log = (await read(outTopic(org, topic))).flat();
    return log.flatMap(({ key, headers }) => (key === ref ? [headers.ce_id ?? ''] : []));
  };
  return {
    sink: sinkOn(publishers.sink),
    another: sinkOn(publishers.another),
    received,
    readAgain: async (topic, ref, from) => (await received(topic, ref)).slice(from),
    async rejections() {
      return (await read(errorTopic(org, 'school-dropout'))).flat().map(({ key }) => key);
    },
    close,
  };
}
