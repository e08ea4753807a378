import type { ProducerState } from './producedBatch.ts';
import { retryPause } from './retryPause.ts';

/** A connected producer with an id of its own. */
export interface ProducerLink<Item> {
  /**
   * Resolves only when the broker has acknowledged exactly this topic and partition.
   * @param as the producer identity to send under, if not the connection's own
   * @returns offset of the first record
   */
  send(topic: string, partition: number, items: readonly Item[], as?: ProducerState): Promise<bigint>;
  close(): Promise<void>;
}

/** One producer until its replacement. */
export interface Generation<Item> {
  link: Promise<ProducerLink<Item>>;
  users: number;
  replaced: boolean;
}

export interface Producers<Item> {
  /** The producer to send with; return it with `release`. */
  acquire(): Generation<Item>;
  /** `failed` replaces it, once: sends in flight on it finish first. */
  release(generation: Generation<Item>, outcome: 'ok' | 'failed'): void;
  close(): Promise<void>;
}

/**
 * Keeps one working producer. After a rejected send its sequence numbers cannot be trusted, so the whole producer is
 * replaced. @param connect makes a new producer; retried with backoff.
 */
export function createProducers<Item>(parts: {
  connect(): Promise<ProducerLink<Item>>;
  sleep(ms: number): Promise<void>;
}): Producers<Item> {
  let current: Generation<Item> | undefined;
  let connectFailures = 0;

  const open = (): Generation<Item> => {
    const pause = connectFailures === 0 ? Promise.resolve() : parts.sleep(retryPause(connectFailures));
    const link = pause.then(parts.connect);
    link.then(
      () => {
        connectFailures = 0;
      },
      () => {
        connectFailures++;
      },
    );
    return { link, users: 0, replaced: false };
  };
  const end = (generation: Generation<Item>): Promise<void> =>
    // A producer that did not connect or does not close has nothing in flight to lose.
    generation.link.then((link) => link.close()).catch(() => undefined);

  return {
    acquire() {
      current ??= open();
      current.users++;
      return current;
    },
    release(generation, outcome) {
      generation.users--;
      if (outcome === 'failed' && !generation.replaced) {
        generation.replaced = true;
        if (current === generation) current = undefined;
      }
      if (generation.replaced && generation.users === 0) void end(generation);
    },
    async close() {
      if (current !== undefined) await end(current);
    },
  };
}
