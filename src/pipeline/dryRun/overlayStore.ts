import { randomUUID } from 'node:crypto';
import { type NumberRef, numberRef, type PersonRef, personOfNumber } from '../../core/person/reference.ts';
import { UNKNOWN_YOUTH } from '../../core/youth/youth.ts';
import type { LoadedYouth, Store } from '../../store/port.ts';
import type { DecidedYouth } from '../writes.ts';

/** The store as a dry run sees it: known persons are looked up, no new one is stored. */
export interface TriedStore extends Pick<Store, 'find' | 'resolve' | 'inOrderGiven' | 'load' | 'keyed'> {
  /** What the rows so far would have written: the next rows are decided on it. */
  keep(youths: readonly DecidedYouth[]): void;
}

export function createTriedStore(store: Pick<Store, 'find' | 'inOrderGiven' | 'load'>): TriedStore {
  /** By keyed hash: references that live as long as the dry run. */
  const newcomers = new Map<string, NumberRef>();
  const tried = new Map<PersonRef, LoadedYouth>();
  const isNewcomer = new Set<PersonRef>();

  const asTried = (ref: PersonRef, stored: LoadedYouth | undefined): LoadedYouth =>
    tried.get(ref) ?? stored ?? unknown(ref);

  return {
    async find(org, hmacs, refs) {
      const { known, youths } = await store.find(org, hmacs, refs);
      const found = new Map<PersonRef, LoadedYouth>();
      const references = hmacs.map((hmac, index) => known[index] ?? newcomers.get(hmac.toString('hex')));
      const people = references.flatMap((ref) => (ref === undefined ? [] : [personOfNumber(ref)]));
      for (const ref of [...people, ...refs]) found.set(ref, asTried(ref, youths.get(ref)));
      return { known: references, youths: found };
    },
    async resolve(people) {
      return people.map(({ hmac }) => {
        const ref = newcomers.get(hmac.toString('hex')) ?? numberRef(randomUUID());
        newcomers.set(hmac.toString('hex'), ref);
        isNewcomer.add(personOfNumber(ref));
        return ref;
      });
    },
    async inOrderGiven(refs) {
      const asked = new Set(refs);
      const known = await store.inOrderGiven(refs.filter((ref) => !isNewcomer.has(ref)));
      return [...known, ...[...isNewcomer].filter((ref) => asked.has(ref))];
    },
    // Nothing of it is shown, so no one is looked up.
    keyed: async () => new Map(),
    async load(org, refs) {
      const stored = await store.load(
        org,
        refs.filter((ref) => !isNewcomer.has(ref)),
      );
      return new Map(refs.map((ref) => [ref, asTried(ref, stored.get(ref))]));
    },
    keep(youths) {
      for (const { ref, youth, version } of youths)
        tried.set(ref, { ...unknown(ref), youth, version, mergedInto: youth.mergedInto });
    },
  };
}

function unknown(ref: PersonRef): LoadedYouth {
  return { ref, version: 0, youth: UNKNOWN_YOUTH, mergedInto: null, parked: false, last: null, tail: 0 };
}
