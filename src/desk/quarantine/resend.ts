import { feedTopic } from '../../core/messages/topic.ts';
import type { Organisation } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { epochOf, instantOf } from '../../core/time/date.ts';
import { ORIGIN, RECEIPT, REPLAY_OF, ROW } from '../../kafka/headers.ts';
import { adapterContext } from '../../pipeline/adapterContext.ts';
import type { KeptRecord } from '../../wire/sealedRecord.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { publish } from '../submission/publish.ts';
import { API_ORIGIN } from '../submission/sendRows.ts';
import { sentKeys } from '../submission/sentKeys.ts';

interface Kept {
  topic: string;
  value: Buffer | null;
  /** Of the record, as it came or mended. */
  headers: Record<string, string>;
  receipt: string | null;
  row: number | null;
  /** Quarantined item this is the replay of. */
  replayOf: string;
}

export type ResendParts = Pick<
  DeskParts,
  | 'operations'
  | 'vault'
  | 'store'
  | 'publisher'
  | 'adapters'
  | 'decode'
  | 'keptRecord'
  | 'environment'
  | 'policyOf'
  | 'now'
>;

/** A kept record as it came. @throws DeskRefusal NOT_KEPT */
export function recordOf(
  { vault, keptRecord }: Pick<DeskParts, 'vault' | 'keptRecord'>,
  { sealed }: { sealed: Buffer },
): KeptRecord {
  const record = keptRecord(vault.open(sealed));
  if (record.shed && record.value === null) {
    throw new DeskRefusal('NOT_KEPT', DESK.nb.notKept);
  }
  return record;
}

/** Sends a kept record to its topic again, with its receipt. What it leads to is decided again, consents and rules included.
 *  @throws DeskRefusal KAFKA_SLOW */
export async function resend(parts: ResendParts, organisation: Organisation, kept: Kept): Promise<void> {
  const headers = {
    ...kept.headers,
    [ORIGIN]: API_ORIGIN,
    [REPLAY_OF]: kept.replayOf,
    ...(kept.receipt === null ? {} : { [RECEIPT]: kept.receipt }),
    ...(kept.row === null ? {} : { [ROW]: String(kept.row) }),
  };
  const virtual = await parts.operations.virtualNow(organisation.id);
  const adapter = parts.adapters.find(({ feed }) => feedTopic(organisation.id, feed) === kept.topic);
  const unkeyed = { value: kept.value, headers, token: kept.replayOf };
  const [key = kept.replayOf] = adapter
    ? await sentKeys(parts, [unkeyed], {
        adapter,
        context: adapterContext({ ...parts, org: organisation.id, policy: parts.policyOf(organisation.id) }),
        received: virtual ?? instantOf(parts.now()),
      })
    : [];
  await publish(parts.publisher, [
    {
      topic: kept.topic,
      key,
      value: kept.value,
      headers,
      ...(virtual === null ? {} : { timestamp: epochOf(virtual) }),
    },
  ]);
}
