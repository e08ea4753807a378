import { contentDigest } from './contentDigest.ts';

// A repeat is known among the facts of its own youth, by source, id and version. Where the bridge makes the id itself the
// person is in it all the same: two youths may turn out to be one (I05), and what was told under each number is kept then.

/** Names an event by what it says about whom; the moment it was sent is no part of that.
 *  @param pseudonym of the person, keyed: never the number itself */
export function eventDigest(pseudonym: string, content: Readonly<Record<string, unknown>>): string {
  return contentDigest({ ...content, fodselsnummer: pseudonym, id: null, version: null, meldt: null });
}
