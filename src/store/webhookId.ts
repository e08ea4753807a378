import { hash } from 'node:crypto';
import { base32 } from './base32.ts';

/** The same in every attempt and replay, and for each receiver another: the id of the event names its feed.
 *  @param receiver id of the subscription, or name of the subscriber who reads changes itself */
export function webhookIdOf(receiver: string, eventId: string): string {
  return `msg_${base32(hash('sha256', receiver + eventId, 'buffer')).slice(0, 26)}`;
}
