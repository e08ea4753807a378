import type { OrgId } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import { parseInstant } from '../../core/time/date.ts';
import { UUID } from '../../core/uuid.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import type { RecordPlace } from '../../store/queriesPort.ts';
import type { DeskParts } from '../parts.ts';
import { type Followed, follow, type RaisedAlert, raisedView, type Shown } from './raisedView.ts';

/** An alert and its place among all: its record's place, and which of the record's alerts it is. */
export interface PlacedAlert {
  place: RecordPlace;
  index: number;
  shown: RaisedAlert;
}

/** Most records read at a time. */
const PAGE = 200;
/** Each reading takes so much more than the one before. */
const GROWTH = 4;
const FIRST_REF = personRef('00000000-0000-0000-0000-000000000000');

/** All alerts that come after a place, the newest first, each as it is now. @param first records read to begin with */
export async function* alertsAfter(
  parts: Pick<DeskParts, 'queries' | 'policyOf'>,
  org: OrgId,
  {
    after,
    first = PAGE,
    ...shown
  }: { after: Omit<PlacedAlert, 'shown'> | undefined; first?: number } & Shown,
): AsyncGenerator<PlacedAlert> {
  // The record itself is read again: it may have raised more than the last page had room for.
  let from =
    after === undefined ? undefined : { ...after.place, offset: after.place.offset + 1n, ref: FIRST_REF };
  for (let size = Math.min(first, PAGE); ; size = Math.min(size * GROWTH, PAGE)) {
    const records = await parts.queries.latestAlerts(org, size, from);
    const youths = await parts.queries.youthsNamed(org, [...new Set(records.map(({ ref }) => ref))]);
    const progress = progressIn(await parts.queries.alertProgress(org, [...youths.keys()]));
    const followed = new Map<PersonRef, Followed>();
    for (const { ref, recorded, lane, offset, events } of records) {
      const place = { recorded, lane, offset, ref };
      const now =
        followed.get(ref) ?? follow(parts, org, { ref, loaded: youths.get(ref), progress, ...shown });
      followed.set(ref, now);
      const raised = events.flatMap((event) => (event.type === 'AlertRaised' ? [event.alert] : []));
      for (const [index, alert] of raised.entries()) {
        if (after !== undefined && !comesAfter({ place, index }, after)) continue;
        yield { place, index, shown: raisedView({ ref, recorded, alert }, now) };
      }
    }
    from = records.at(-1);
    if (records.length < size) return;
  }
}

/** From the cursor's record only what was not yet given; from later records all. */
function comesAfter(one: Omit<PlacedAlert, 'shown'>, cursor: Omit<PlacedAlert, 'shown'>): boolean {
  const [a, b] = [one.place, cursor.place];
  if (a.recorded !== b.recorded || a.lane !== b.lane || a.offset !== b.offset) return true;
  return a.ref === b.ref ? one.index > cursor.index : a.ref < b.ref;
}

/** Opaque to the caller, and stable: it names a place and not a count. */
export function cursorAt({ place, index }: PlacedAlert): string {
  const { recorded, lane, offset, ref } = place;
  return Buffer.from(`${recorded} ${lane} ${offset} ${ref} ${index}`).toString('base64url');
}

export function readCursor(text: string | undefined): Omit<PlacedAlert, 'shown'> | undefined {
  if (text === undefined) return undefined;
  const parts = Buffer.from(text, 'base64url').toString().split(' ');
  const [recorded = '', lane = '', offset = '', ref = '', index = ''] = parts;
  const numbers = [lane, offset, index].every((each) => /^\d{1,18}$/.test(each));
  if (parts.length !== 5 || !numbers || !UUID.test(ref) || parseInstant(recorded) === undefined)
    return undefined;
  const place = { recorded, lane: Number(lane), offset: BigInt(offset), ref: personRef(ref) };
  return { place, index: Number(index) };
}
