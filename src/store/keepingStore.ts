import type { OrgId } from '../core/organisation.ts';
import { type PersonRef, personOfNumber } from '../core/person/reference.ts';
import { createKeptYouths, type KeptYouth, type KeptYouths } from './keptYouths.ts';
import type { Commit, LoadedYouth, Store } from './port.ts';

/** What was not used for two turns is gone. */
const TURN_MS = 5 * 60_000;

/**
 * The store with the youths that this process has committed in memory. Every batch still asks the database for each of its
 * youths, and gets version, parking, merge and place from there; only a youth of which the very version is kept is not
 * read again.
 */
export function createKeepingStore(store: Store, mostBytes: number): Store {
  const kept = createKeptYouths(mostBytes);
  const turns = setInterval(() => kept.turn(), TURN_MS);
  turns.unref();
  return {
    ...store,
    find: (org, hmacs, refs) => find(store, kept, org, hmacs, refs),
    commit: (batch) => commit(store, kept, batch),
    claim(key) {
      // It may be that the database was put back.
      kept.dropAll();
      return store.claim(key);
    },
    close() {
      clearInterval(turns);
      kept.dropAll();
      return store.close();
    },
  };
}

async function find(
  store: Store,
  kept: KeptYouths,
  org: OrgId,
  hmacs: readonly Buffer[],
  refs: readonly PersonRef[],
): ReturnType<Store['find']> {
  const asked = new Map<PersonRef, KeptYouth>();
  const versionOf = (ref: PersonRef | undefined): number | null => {
    const known = ref === undefined ? undefined : kept.get(org, ref);
    if (ref === undefined || known === undefined) return null;
    asked.set(ref, known);
    return known.version;
  };
  const keys = hmacs.map((hmac) => hmac.toString('latin1'));
  const versions = {
    hmacs: keys.map((key) => versionOf(kept.refOf(org, key))),
    refs: refs.map(versionOf),
  };
  const found = await store.find(org, hmacs, refs, versions);
  for (const [index, ref] of found.known.entries()) {
    const loaded = ref === undefined ? undefined : found.youths.get(personOfNumber(ref));
    if (loaded !== undefined) loaded.key = keys[index] ?? null;
  }
  let room = kept.room();
  const unread: PersonRef[] = [];
  for (const [ref, loaded] of found.youths) {
    const known = asked.get(ref);
    // Nor is an older version of it longer in memory than it must.
    if (known?.version !== loaded.version || loaded.mergedInto !== null) kept.drop(org, ref);
    if (loaded.unread !== true) {
      loaded.keep = known !== undefined || room > 0;
      if (known === undefined) room -= 1;
      continue;
    }
    if (known?.version === loaded.version) found.youths.set(ref, withYouth(loaded, known));
    else unread.push(ref);
  }
  // The hash led to another youth than the one that was kept under it.
  if (unread.length > 0)
    for (const [ref, loaded] of await store.load(org, unread)) found.youths.set(ref, loaded);
  return found;
}

function withYouth(
  { ref, version, mergedInto, parked, last, place = null, key = null }: LoadedYouth,
  { youth, tail }: KeptYouth,
): LoadedYouth {
  return { ref, version, mergedInto, youth, parked, last, tail, place, key, kept: true, keep: true };
}

async function commit(store: Store, kept: KeptYouths, batch: Commit): ReturnType<Store['commit']> {
  const { org } = batch.lane;
  const dropThese = () => {
    for (const { ref } of batch.youths) kept.drop(org, ref);
  };
  const result = await store.commit(batch).catch((error: unknown) => {
    dropThese();
    throw error;
  });
  if (result === 'fenced') kept.dropAll();
  if (result === 'moved') dropThese();
  if (result !== 'committed') return result;
  for (const { ref, version, kept: youth, tail, mergedInto, key = null } of batch.youths) {
    if (youth === null || mergedInto !== null) kept.drop(org, ref);
    else kept.keep(org, ref, { version, youth, tail, key });
  }
  return result;
}
