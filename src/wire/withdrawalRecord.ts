import { withdrawalTopic } from '../core/messages/topic.ts';
import { withdrawalId } from '../core/nav/withdrawal.ts';
import type { OrgId } from '../core/organisation.ts';
import { epochOf } from '../core/time/date.ts';
import type { OutgoingRecord } from '../kafka/publisher.ts';
import type { NavWithdrawal } from '../store/navPort.ts';

/**
 * The record for `<org>.ot.event.nav-withdrawal`: a row of a list that NAV may no longer use. JSON, for NAV reads the list as
 * JSON too. Not why, and no person: the match id is known to NAV alone, and of that list alone.
 * @param virtualClock records carry the moment of their cause, not that of publishing
 */
export function withdrawalRecord(
  { org, virtualClock }: { org: OrgId; virtualClock: boolean },
  withdrawal: NavWithdrawal,
): OutgoingRecord {
  const { batch, matchId, at } = withdrawal;
  return {
    topic: withdrawalTopic(org),
    key: matchId,
    value: Buffer.from(JSON.stringify({ batch, matchId, at })),
    headers: {
      ce_specversion: '1.0',
      ce_id: withdrawalId(withdrawal),
      ce_source: `/ot-bridge/${org}`,
      ce_type: 'no.otbridge.ot.nav-withdrawal.v1',
      ce_time: at,
      'content-type': 'application/json',
      'origin.application.id': 'ot-bridge',
    },
    ...(virtualClock && { timestamp: epochOf(at) }),
  };
}
