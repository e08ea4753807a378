import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { epochOf } from '../../core/time/date.ts';
import type { DeskParts } from '../parts.ts';

export type ReleaseParts = Pick<DeskParts, 'operations' | 'vault' | 'publisher' | 'keptRecord'>;

/** Sends the parked records of a person to their topics again, oldest first; how many there were. */
export async function release(parts: ReleaseParts, org: OrgId, ref: PersonRef): Promise<number> {
  const virtual = await parts.operations.virtualNow(org);
  const parked = await parts.operations.unpark(org, ref);
  // No deadline: new records of the youth flow already, and these belong before them.
  await parts.publisher.publish(
    parked.map(({ topic, sealed }) => ({
      topic,
      key: ref,
      ...parts.keptRecord(parts.vault.open(sealed)),
      ...(virtual === null ? {} : { timestamp: epochOf(virtual) }),
    })),
  );
  await parts.operations.unparked(org, ref);
  return parked.length;
}
