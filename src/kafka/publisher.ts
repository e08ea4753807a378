import type { Fence } from './fence.ts';

// The port for all writes to Kafka: out topics and feed topics (HTTP submissions, poller, clock).

export interface OutgoingRecord {
  topic: string;
  /** Person reference or another random token; decides the partition (murmur2). Never an identity number. */
  key: string;
  /** Null is a tombstone on a compacted topic. */
  value: Buffer | null;
  headers: Record<string, string>;
  /** Headers of many records: one object for all of them, written to bytes once. */
  commonHeaders?: Readonly<Record<string, string>>;
  /** Headers whose value is no text, as FINT's numbers. */
  headerBytes?: Readonly<Record<string, Buffer>>;
  /** Epoch milliseconds; only for topics of an organisation with a virtual clock. */
  timestamp?: number;
}

/** All of them whose value is text, as the record has them in Kafka. */
export function headersOf({
  commonHeaders,
  headers,
}: Pick<OutgoingRecord, 'commonHeaders' | 'headers'>): Record<string, string> {
  return { ...commonHeaders, ...headers };
}

export interface Publisher {
  /**
   * Resolves when every record is acknowledged with acks=all. Per partition the order of calls and of records is
   * kept. A rejected send is retried (same records, same order) until `deadlineMs` has passed, or without a
   * deadline; at least once, so a record may be in Kafka twice.
   * @throws PublishTimeout when the deadline passes; the records may or may not be in Kafka.
   * @throws UnknownTopic when a topic does not exist; records for other topics may be in Kafka.
   * @throws RecordRefused when the broker will never take a record (too large, timestamp out of range).
   * @throws PublishAbandoned when the signal is aborted first.
   * @throws PublisherClosed when it is closed before all records are acknowledged.
   * @throws LaneLost when another worker owns the lane, according to the fence or to Kafka.
   */
  publish(
    records: readonly OutgoingRecord[],
    options?: {
      deadlineMs?: number;
      /** Aborted: records not yet sent are dropped. */
      signal?: AbortSignal;
      /** A feed lane's events are sent under its fence: its former owners are fenced from then on. */
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

/** A retry cannot help. Holds topic and protocol code, nothing of the record. */
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
