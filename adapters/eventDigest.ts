import { contentDigest } from '../src/core/contentDigest.ts';

// A source event is known by (feed, source, id, version) whoever it is about, so where the bridge makes the id
// itself the person must be in it: two youths who did not show at the same school on the same day are two events.

/** Names an event by what it says about whom; the moment it was sent is no part of that.
 *  @param pseudonym of the person, keyed: never the number itself */
export function eventDigest(pseudonym: string, content: Readonly<Record<string, unknown>>): string {
  return contentDigest({ ...content, fodselsnummer: pseudonym, id: null, version: null, meldt: null });
}
