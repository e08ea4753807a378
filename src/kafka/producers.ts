import { backoffMs } from './backoff.ts';
import type { ProducerState } from './producedBatch.ts';

/** A connected producer with an id of its own. */
export interface ProducerLink<Item> {
  /** Resolves only when the broker has acknowledged exactly this topic and partition.
   *  @param as the producer to be for Kafka, if not the one that this connection is
   *  @returns the offset of the first of them */
  send(topic: string, partition: number, items: readonly Item[], as?: ProducerState): Promise<bigint>;
  close(): Promise<void>;
}

/** One producer from its birth to its replacement. */
export interface Generation<Item> {
  link: Promise<ProducerLink<Item>>;
  users: number;
  replaced: boolean;
}

export interface Producers<Item> {
  /** The producer to send with; give it back with `release`. */
  acquire(): Generation<Item>;
  /** `failed` replaces it, once: those who still have a send in flight on it finish that first. */
  release(generation: Generation<Item>, outcome: 'ok' | 'failed'): void;
  close(): Promise<void>;
}

/**
 * Keeps one good producer. After a rejected send its sequence numbers cannot be trusted, so it is given up
 * as a whole. @param connect makes a new producer; tried again with growing pauses.
 */
export function createProducers<Item>(parts: {
  connect(): Promise<ProducerLink<Item>>;
  sleep(ms: number): Promise<void>;
}): Producers<Item> {
  let current: Generation<Item> | undefined;
  let connectFailures = 0;

  const open = (): Generation<Item> => {
    const pause = connectFailures === 0 ? Promise.resolve() : parts.sleep(backoffMs(connectFailures));
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
    // A producer that never came up or will not go down has nothing left to lose.
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
