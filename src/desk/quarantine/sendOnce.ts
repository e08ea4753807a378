import type { Organisation } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { KeptItem } from '../../store/queriesPort.ts';
import { DeskRefusal } from '../refusal.ts';
import { type ResendParts, resend } from './resend.ts';

interface Sending {
  item: KeptItem;
  value: Buffer | null;
  headers: Record<string, string>;
  reason: string;
}

/** Sends what an item keeps, as it came or mended, and settles it. Two who send it at the same time send it once.
 *  @throws DeskRefusal ALREADY_SETTLED, KAFKA_SLOW */
export async function sendOnce(
  parts: ResendParts,
  organisation: Organisation,
  { item, value, headers, reason }: Sending,
): Promise<void> {
  const { operations } = parts;
  const { id: org } = organisation;
  if (item.status !== 'open') throw alreadySettled();
  if (!(await operations.claimQuarantine(org, item.id))) throw takenByAnother();
  const { topic, receipt, row } = item;
  try {
    await resend(parts, organisation, { topic, value, headers, receipt, row, replayOf: item.id });
  } catch (error) {
    await operations.unclaimQuarantine(org, item.id);
    throw error;
  }
  // Settled after: a process that ends between the two leaves it to be sent again, which has its effect once.
  await operations.settleQuarantine(org, item.id, 'replayed', reason);
}

/** Open when it was read: another is sending it, has just done so, or was killed while it did. */
export function takenByAnother(): DeskRefusal {
  return new DeskRefusal('ALREADY_SETTLED', DESK.nb.beingHandled);
}

export function alreadySettled(): DeskRefusal {
  return new DeskRefusal('ALREADY_SETTLED', DESK.nb.settled);
}
