import { hash } from 'node:crypto';
import { holdsNumber } from '../core/person/numberInText.ts';
import { traceparentText } from '../core/traceparent.ts';

/**
 * Header `traceparent` of an attempt: one trace for all attempts and replays of a call, one span for each. Not the trace
 * of the record that led to it: all that came of one delivery of a feed would have the same, which would set NAV's apart
 * from the rest, and two subscribers could see by it that their references are of one youth.
 * @param lease differs between attempts
 */
export function traceparentOf(webhookId: string, lease: number): string {
  const traceId = digits(`trace/${webhookId}`, 32);
  return traceparentText({ traceId, spanId: digits(`span/${webhookId}/${lease}`, 16), flags: '01' });
}

/** Nothing that looks like an identity number: a receiver that sends it back would see it masked. */
function digits(text: string, length: number): string {
  for (let again = 0; ; again += 1) {
    const found = hash('sha256', `${text}/${again}`, 'hex').slice(0, length);
    if (!holdsNumber(found)) return found;
  }
}
