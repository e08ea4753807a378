import type { Organisation } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { UUID } from '../../core/uuid.ts';
import type { ParkedPlace } from '../../store/queriesPort.ts';
import type { PageAsked } from '../page.ts';
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

/** A page of the records that wait, person by person. */
export async function parkedOf(
  { queries }: Pick<DeskParts, 'queries'>,
  { id: org }: Organisation,
  { after, limit }: PageAsked,
): Promise<{ items: ParkedView[]; next: string | null }> {
  const found = await queries.parked(org, { limit: limit + 1, after: readParkedCursor(after) ?? null });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((item) => ({
      ref: item.ref,
      received: item.received,
      position: positionView(item),
      reason: item.reason,
    })),
    next: found.length > limit && last !== undefined ? cursorAfter(last) : null,
  };
}

function cursorAfter({ ref, topic, partition, offset }: ParkedPlace): string {
  return Buffer.from(`${ref} ${partition} ${offset} ${topic}`).toString('base64url');
}

/** Undefined: none of ours. */
export function readParkedCursor(text: string | undefined): ParkedPlace | undefined {
  const [ref = '', partition = '', offset = '', topic = '', more] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split(' ');
  if (!UUID.test(ref) || !/^\d{1,6}$/.test(partition) || !/^\d{1,18}$/.test(offset)) return undefined;
  if (more !== undefined || !/^[\w.-]{1,249}$/.test(topic)) return undefined;
  return { ref: personRef(ref), topic, partition: Number(partition), offset: BigInt(offset) };
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
