// The files that one dropout goes through on real parts, from the fetch to the send, written by hand. A file is listed
// when control enters it, and once more where it goes on after a call into another room; calls that follow each other
// into one room are one stay. Helpers that only their own room calls are left out: they change no room.

const FILES = {
  now: `
    src/kafka/kafkaSource.ts src/kafka/brokerReader.ts
    src/pipeline/laneWorker.ts src/pipeline/handleBatch.ts src/pipeline/read.ts
    src/wire/decode.ts src/wire/decodeJson.ts src/wire/decodeEnvelope.ts
    src/pipeline/read.ts
    adapters/school-dropout/index.ts adapters/reading/youthRecord.ts adapters/reading/recordFields.ts
    src/core/person/identityNumber.ts
    adapters/school-dropout/index.ts
    src/pipeline/read.ts src/pipeline/handleBatch.ts src/pipeline/load.ts
    src/store/keepingStore.ts src/store/postgres/find.ts
    src/pipeline/load.ts src/pipeline/handleBatch.ts src/pipeline/decideBatch.ts src/pipeline/decidePerson.ts
    src/core/youth/decide.ts src/core/youth/evolve.ts src/core/derive/derive.ts src/core/youth/difference.ts
    src/core/messages/messages.ts src/core/messages/messageValues.ts
    src/pipeline/decidePerson.ts src/pipeline/writes.ts
    src/wire/kafkaSink.ts src/wire/records.ts src/wire/codec.ts
    src/pipeline/writes.ts
    src/store/form/storedEvents.ts src/store/form/storedYouth.ts
    src/pipeline/decidePerson.ts src/pipeline/handleBatch.ts
    src/store/keepingStore.ts src/store/postgres/commit.ts
    src/pipeline/handleBatch.ts src/pipeline/publish/publishWindow.ts src/pipeline/publish/publishBatch.ts
    src/wire/kafkaSink.ts
    src/kafka/orderedPublisher.ts src/kafka/partitionQueue.ts src/kafka/partitionSender.ts
    src/kafka/kafkaPublisher.ts`,
  'before November 2026': `
    src/intake/kafkaSource.ts src/intake/laneWorker.ts
    src/pipeline.ts
    src/intake/reading.ts src/intake/decode.ts src/intake/decodeJson.ts src/intake/decodeEnvelope.ts
    adapters/school-dropout/index.ts adapters/youthRecord.ts adapters/recordHead.ts
    src/core/recordFields.ts src/core/identityNumber.ts
    adapters/school-dropout/index.ts
    src/intake/reading.ts
    src/pipeline.ts
    src/intake/people.ts
    src/store/postgres/find.ts
    src/intake/people.ts
    src/pipeline.ts
    src/intake/deciding.ts src/intake/personDeciding.ts
    src/core/decide.ts src/core/evolve.ts src/core/derive/derive.ts src/core/difference.ts
    src/core/messages.ts src/core/messageValues.ts
    src/intake/personDeciding.ts
    src/relay/records.ts src/relay/codec.ts
    src/intake/personDeciding.ts
    src/store/writes.ts
    src/core/eventCodec.ts
    src/store/writes.ts
    src/core/youthCodec.ts
    src/store/writes.ts
    src/intake/personDeciding.ts
    src/pipeline.ts
    src/store/postgres/commit.ts
    src/pipeline.ts
    src/relay/lanePublishing.ts src/relay/publishBatch.ts src/relay/lanePublisher.ts src/relay/laneDelivery.ts
    src/relay/kafkaPublisher.ts`,
};

/** By layout; a checkout is measured by the one whose files it has. */
export const WAYS: readonly (readonly string[])[] = Object.values(FILES).map((text) =>
  text.trim().split(/\s+/),
);
