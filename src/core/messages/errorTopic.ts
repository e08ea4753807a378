import type { Feed } from '../youth/statusEvent.ts';

/** Where a feed's rejected records are reported, by codes. */
export function errorTopic(org: string, feed: Feed): string {
  return `${org}.ot.event.error.${feed}`;
}
