import {
  type OutgoingRecord,
  type Publisher,
  PublisherClosed,
  PublishTimeout,
} from '../../kafka/publisher.ts';
import { DeskRefusal } from '../refusal.ts';

/** How long one portion may take until Kafka has acknowledged it. */
const DEADLINE_MS = 15_000;

/** @throws DeskRefusal KAFKA_SLOW */
export async function publish(publisher: Publisher, records: readonly OutgoingRecord[]): Promise<void> {
  try {
    await publisher.publish(records, { deadlineMs: DEADLINE_MS });
  } catch (cause) {
    // Closed: this process is stopping, and the next one takes it.
    if (!(cause instanceof PublishTimeout || cause instanceof PublisherClosed)) throw cause;
    throw new DeskRefusal(
      'KAFKA_SLOW',
      'Innsendingen er ikke bekreftet av Kafka. Send nøyaktig det samme på nytt om litt, med samme Idempotency-Key: det som alt er kommet fram, får ikke virkning to ganger.',
      { retryAfterSeconds: 10, cause },
    );
  }
}
