import { hash } from 'node:crypto';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import type { AbsenceList } from '../core/youth/statusEvent.ts';
import { ORIGIN } from '../kafka/headers.ts';
import type { OutgoingRecord } from '../kafka/publisher.ts';

/** What the bridge sends on its own feed: a deadline, who left or joined a list, who NAV is asked about, an answer of a complete
 *  NAV batch. */
export type BridgeMessage =
  | { type: 'forfall'; ref: PersonRef; at: IsoInstant }
  | { type: 'fravaer' | 'tilstede'; ref: PersonRef; list: AbsenceList; run: string; dato: IsoDate }
  | { type: 'nav-spurt'; ref: PersonRef; batch: string; maaned: string }
  | {
      type: 'nav-svar';
      ref: PersonRef;
      batch: string;
      maaned: string;
      registrert: Registrert;
      kontor: string | null;
    };

export type Registrert = 'JA' | 'NEI' | 'IKKE_SVART';

/** @param timestamp epoch milliseconds, for an organisation with a virtual clock; else null. */
export function bridgeRecord(org: OrgId, message: BridgeMessage, timestamp: number | null): OutgoingRecord {
  const { type, ...rest } = message;
  return {
    topic: feedTopic(org, 'bridge'),
    key: message.ref,
    value: Buffer.from(JSON.stringify({ type, id: idOf(message), ...rest })),
    headers: { [ORIGIN]: 'ot-bridge', 'content-type': 'application/json' },
    ...(timestamp !== null && { timestamp }),
  };
}

/**
 * The same cause has the same id, so what is sent twice counts once. A digest, because a run and a reference
 * together are longer than an event id may be, and because a reference may hold eleven digits in a row by chance,
 * which no event id may.
 */
function idOf(message: BridgeMessage): string {
  return `${message.type}:${hash('sha256', causeOf(message).join('\u001f'), 'base64url').slice(0, 22)}`;
}

function causeOf(message: BridgeMessage): string[] {
  switch (message.type) {
    case 'forfall':
      return [message.ref, message.at];
    case 'fravaer':
    case 'tilstede':
      return [message.ref, message.list, message.run];
    // Not the batch: a later delivery of the month is a new version of the same answer (N03).
    case 'nav-spurt':
    case 'nav-svar':
      return [message.ref, message.maaned];
  }
}
