import { DESK } from '../../core/sentences/desk.ts';
import {
  type OutgoingRecord,
  type Publisher,
  PublisherClosed,
  PublishTimeout,
} from '../../kafka/publisher.ts';
import { DeskRefusal } from '../refusal.ts';

/** How long one portion may take until Kafka has acknowledged it. */
const DEADLINE_MS = 15_000;

/** @param withinMs less than a portion's time, when less is left of the whole @throws DeskRefusal KAFKA_SLOW */
export async function publish(
  publisher: Publisher,
  records: readonly OutgoingRecord[],
  withinMs: number = DEADLINE_MS,
): Promise<void> {
  try {
    await publisher.publish(records, { deadlineMs: Math.max(1, Math.min(withinMs, DEADLINE_MS)) });
  } catch (cause) {
    // Closed: this process is stopping, and the next one takes it.
    if (!(cause instanceof PublishTimeout || cause instanceof PublisherClosed)) throw cause;
    throw new DeskRefusal('KAFKA_SLOW', DESK.nb.kafkaSlow, { retryAfterSeconds: 10, cause });
  }
}
