import type { Fence } from './fence.ts';

// The port for everything that is written to Kafka: out topics, feed topics (HTTP intake, poller, clock).

export interface OutgoingRecord {
  topic: string;
  /** Person reference or another random token; decides the partition (murmur2). Never a number of a person. */
  key: string;
  /** Null is a tombstone on a compacted topic. */
  value: Buffer | null;
  headers: Record<string, string>;
  /** Epoch milliseconds; only for topics of an organisation with a virtual clock. */
  timestamp?: number;
}

export interface Publisher {
  /**
   * Resolves when every record is acknowledged with acks=all. Per partition the order of calls and of
   * records is kept. A rejected send is sent again (same records, same order) until `deadlineMs` has
   * passed, without a deadline for ever; so a record may stand twice in Kafka, never not at all.
   * @throws PublishTimeout when the deadline passes; the records may or may not stand in Kafka.
   * @throws UnknownTopic when a topic does not exist; records for other topics may stand in Kafka.
   * @throws RecordRefused when the broker will never take a record (too large, timestamp out of range).
   * @throws PublishAbandoned when the signal is aborted first.
   * @throws PublisherClosed when it is closed before all records are acknowledged.
   * @throws LaneLost when the fence says, or Kafka shows, that somebody else sends for the lane now.
   */
  publish(
    records: readonly OutgoingRecord[],
    options?: {
      deadlineMs?: number;
      /** Aborted: what is not sent yet of these records is not sent any more. */
      signal?: AbortSignal;
      /** A feed lane's events go out under its fence: nobody who had the lane before can send after this. */
      fence?: Fence;
    },
  ): Promise<void>;
  close(): Promise<void>;
}

export class PublishTimeout extends Error {
  override readonly name = 'PublishTimeout';
}

export class PublishAbandoned extends Error {
  override readonly name = 'PublishAbandoned';
}

export class UnknownTopic extends Error {
  override readonly name = 'UnknownTopic';
  readonly topic: string;

  constructor(topic: string) {
    super(
      `Emnet «${topic}» finnes ikke i Kafka. Opprett det (oppstarten gjør det når den har lov), og prøv igjen.`,
    );
    this.topic = topic;
  }
}

/** Sending it again cannot help. Says topic and protocol code, nothing of the record. */
export class RecordRefused extends Error {
  override readonly name = 'RecordRefused';
  readonly code: string;

  constructor(topic: string, code: string) {
    super(`Kafka tar ikke imot en melding på «${topic}»: ${code}.`);
    this.code = code;
  }
}

export class PublisherClosed extends Error {
  override readonly name = 'PublisherClosed';

  constructor() {
    super('Utsendingen er stengt.');
  }
}
