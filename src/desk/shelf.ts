import type { OrgId } from '../core/organisation.ts';
import type { Feed } from '../core/youth/statusEvent.ts';

/** Something that a sender makes ready. */
export interface Unsent {
  readonly id: string;
  readonly org: OrgId;
  readonly feed: Feed;
  /** By `senderOf`. */
  readonly sender: string;
  /** Epoch milliseconds of the last word of its sender. */
  touched: number;
}

export type UnsentKey = Pick<Unsent, 'id' | 'org' | 'feed' | 'sender'>;

/** Where what is not sent yet lies, in memory alone. */
export interface Shelf<T extends Unsent> {
  add(thing: T): T;
  /** @throws what `gone` gives, also for another's */
  take(key: UnsentKey): T;
  remove(key: UnsentKey): void;
}

interface ShelfLimits<T> {
  /** Things of one sender, where a further one takes the place of the oldest; bytes of all of them. */
  most: { ofSender: number; bytes: number };
  sizeOf(thing: T): number;
  gone(): Error;
}

/** After so long without a word of its sender a thing is forgotten. */
const IDLE_MS = 30 * 60_000;

export function createShelf<T extends Unsent>(
  now: () => number,
  { most, sizeOf, gone }: ShelfLimits<T>,
): Shelf<T> {
  // In the order of their last use.
  const things = new Map<string, T>();

  function sweep(): void {
    for (const [id, { touched }] of things) if (touched + IDLE_MS < now()) things.delete(id);
  }

  function shed(): void {
    for (const id of things.keys()) {
      const bytes = [...things.values()].reduce((sum, thing) => sum + sizeOf(thing), 0);
      if (things.size === 1 || bytes <= most.bytes) return;
      things.delete(id);
    }
  }

  function own(key: UnsentKey): T {
    const thing = things.get(key.id);
    if (thing === undefined || !isSame(thing, key)) throw gone();
    return thing;
  }

  return {
    add(thing) {
      sweep();
      const others = [...things.values()].filter(({ sender }) => sender === thing.sender);
      for (const { id } of others.slice(0, Math.max(0, others.length + 1 - most.ofSender))) things.delete(id);
      things.set(thing.id, thing);
      shed();
      return thing;
    },
    take(key) {
      sweep();
      const thing = own(key);
      thing.touched = now();
      things.delete(thing.id);
      things.set(thing.id, thing);
      return thing;
    },
    remove(key) {
      things.delete(own(key).id);
    },
  };
}

function isSame(thing: UnsentKey, { org, feed, sender }: UnsentKey): boolean {
  return thing.org === org && thing.feed === feed && thing.sender === sender;
}
