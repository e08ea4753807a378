import type { OutboxMessage } from '../../src/core/messages/messages.ts';
import type { RejectedRecord, Sink, SinkPromises } from '../../src/core/messages/sink.ts';
import { createCodec } from '../../src/wire/codec.ts';
import { OUT_SCHEMAS } from '../golden/avro.ts';
import { sinkContract } from './sinkContract.ts';

// The other end of each term: the contract distinguishes these sinks from Kafka by their promises alone.

const PROMISES = {
  order: 'none',
  delivery: 'exactly-once',
  takeover: 'unfenced',
  replay: 'none',
} as const satisfies SinkPromises;

type Letter = { message: OutboxMessage } | { rejected: RejectedRecord };

/** A box that letters are thrown into: the last of a delivery comes first, and one that is there already is not put in. */
function inboxSink(inbox: Letter[]): Sink<Letter, typeof PROMISES> {
  const codec = createCodec({ schemas: OUT_SCHEMAS });
  const has = (letter: Letter) =>
    'message' in letter && inbox.some((each) => 'message' in each && each.message.id === letter.message.id);
  return {
    promises: PROMISES,
    prepare(message) {
      codec.encode(message);
      return { message };
    },
    prepareRejection: (rejected) => ({ rejected }),
    async deliver(letters) {
      for (const letter of letters.toReversed()) if (!has(letter)) inbox.push(letter);
    },
  };
}

sinkContract('an inbox without order', async () => {
  const inbox: Letter[] = [];
  const sink = inboxSink(inbox);
  const messages = () => inbox.flatMap((letter) => ('message' in letter ? [letter.message] : []));
  return {
    sink,
    another: sink,
    received: async (topic, ref) =>
      messages().flatMap((message) => (message.topic === topic && message.ref === ref ? [message.id] : [])),
    readAgain: async () => null,
    rejections: async () =>
      inbox.flatMap((letter) =>
        'rejected' in letter
          ? [`${letter.rejected.topic}/${letter.rejected.partition}/${letter.rejected.offset}`]
          : [],
      ),
    close: async () => undefined,
  };
});
