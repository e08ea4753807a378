import { contentDigest } from './contentDigest.ts';

// A duplicate is found among the facts of its own youth, by source, id and version. Where the bridge makes the id itself
// the person is in it all the same: two youths may turn out to be one (I05), and the facts of each number are kept then.

/** Names an event by its content and person; the moment it was sent is no part of that.
 *  @param pseudonym of the person, keyed: never the number itself */
export function eventDigest(pseudonym: string, content: Readonly<Record<string, unknown>>): string {
  return contentDigest({ ...content, fodselsnummer: pseudonym, id: null, version: null, meldt: null });
}
