import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { type PositionView, positionView } from './quarantineView.ts';
import { type ReleaseParts, release } from './release.ts';

/** A record that waits because an earlier one about the same person failed; without its content. */
export interface ParkedView {
  ref: string;
  received: string;
  position: PositionView;
  reason: string;
}

/** The records that wait. */
export async function parkedOf(
  { queries }: Pick<DeskParts, 'queries'>,
  { id: org }: Organisation,
): Promise<ParkedView[]> {
  const items = await queries.parked(org);
  return items.map((item) => ({
    ref: item.ref,
    received: item.received,
    position: positionView(item),
    reason: item.reason,
  }));
}

/** Lets a person's records go on, in order. Resolves with how many there were. @throws DeskRefusal NOTHING_PARKED */
export async function releaseParked(
  parts: ReleaseParts & Pick<DeskParts, 'log'>,
  { id: org }: Organisation,
  { ref, reason }: { ref: PersonRef; reason: string },
): Promise<number> {
  const records = await release(parts, org, ref);
  if (records === 0) throw new DeskRefusal('NOTHING_PARKED', DESK.nb.nobodyWaits);
  parts.log({ event: 'released', org, ref, records, reason });
  return records;
}
