import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { Youth } from '../core/youth/youth.ts';

// Youths as they were last committed by this process, in memory: the next record about one of them finds it read. What is
// stored decides: a kept youth is used only while the database has the same version.

export interface KeptYouth {
  version: number;
  youth: Youth;
  /** Characters of its tail. */
  tail: number;
  /** Keyed hash of the number it was found under; null when it was found in another way. */
  key: string | null;
}

export interface KeptYouths {
  get(org: OrgId, ref: PersonRef): KeptYouth | undefined;
  /** Reference of the kept youth that was found under this hash. */
  refOf(org: OrgId, key: string): PersonRef | undefined;
  /** In the place of what was kept of it, if there is room. */
  keep(org: OrgId, ref: PersonRef, kept: KeptYouth): void;
  /** How many more there is room for. */
  room(): number;
  drop(org: OrgId, ref: PersonRef): void;
  dropAll(): void;
  /** Drops what has not been used since the turn before. */
  turn(): void;
  /** Estimated bytes of all. */
  bytes(): number;
}

/** Of one organisation. */
interface Shelf {
  /** Used since the last turn, and before it. */
  young: Map<PersonRef, KeptYouth>;
  old: Map<PersonRef, KeptYouth>;
  refs: Map<string, PersonRef>;
}

/**
 * Takes no new youth while it is full: a nightly list that passes over more youths than fit would throw out each before it
 * comes again (0.72 times the speed without), and so it still finds those that were kept first. Room comes by turns.
 */
export function createKeptYouths(mostBytes: number): KeptYouths {
  const shelves = new Map<OrgId, Shelf>();
  let total = 0;

  const shelfOf = (org: OrgId): Shelf => {
    const known = shelves.get(org);
    if (known !== undefined) return known;
    const shelf: Shelf = { young: new Map(), old: new Map(), refs: new Map() };
    shelves.set(org, shelf);
    return shelf;
  };

  function forget(shelf: Shelf, ref: PersonRef, { youth, key }: KeptYouth): void {
    total -= bytesOf(youth);
    if (key !== null && shelf.refs.get(key) === ref) shelf.refs.delete(key);
  }

  function drop(org: OrgId, ref: PersonRef): void {
    const shelf = shelfOf(org);
    const kept = shelf.young.get(ref) ?? shelf.old.get(ref);
    if (kept === undefined) return;
    shelf.young.delete(ref);
    shelf.old.delete(ref);
    forget(shelf, ref, kept);
  }

  return {
    get(org, ref) {
      const { young, old } = shelfOf(org);
      const kept = young.get(ref);
      if (kept !== undefined) return kept;
      const older = old.get(ref);
      if (older !== undefined) {
        old.delete(ref);
        young.set(ref, older);
      }
      return older;
    },
    refOf: (org, key) => shelfOf(org).refs.get(key),
    room: () => Math.max(0, Math.floor((mostBytes * FULL - total) / LARGE)),
    keep(org, ref, kept) {
      const shelf = shelfOf(org);
      const isNew = !shelf.young.has(ref) && !shelf.old.has(ref);
      drop(org, ref);
      const bytes = bytesOf(kept.youth);
      if (total + bytes > (isNew ? mostBytes * FULL : mostBytes)) return;
      shelf.young.set(ref, kept);
      if (kept.key !== null) shelf.refs.set(kept.key, ref);
      total += bytes;
    },
    drop,
    dropAll() {
      shelves.clear();
      total = 0;
    },
    turn() {
      for (const shelf of shelves.values()) {
        for (const [ref, kept] of shelf.old) forget(shelf, ref, kept);
        shelf.old = shelf.young;
        shelf.young = new Map();
      }
    },
    bytes: () => total,
  };
}

/** From here on none is taken in: those that are kept grow with each record. */
const FULL = 0.8;
/** Larger are few. */
const LARGE = 10_000;

/** Measured on youths of the bench with three and with eight facts, and with what finds them: 2,700 and 4,900 bytes. */
function bytesOf({ facts, registrations, alerts }: Youth): number {
  return 700 + 450 * facts.length + 300 * registrations.length + 600 * alerts.length;
}
