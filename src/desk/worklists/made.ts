import { LETTERS } from '../../core/letters/letter.ts';
import type { LetterId } from '../../core/letters/letterId.ts';
import { type Mailing, startMailing } from '../../core/letters/mailing.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { IsoDate } from '../../core/time/date.ts';
import type { SchoolYear } from '../../core/time/schoolYear.ts';
import { type MadeWorklist, startWorklist, worklistNamed } from '../../core/worklist/worklists.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { forEachYouth } from '../youths/readableYouth.ts';

type Parts = Pick<DeskParts, 'reader' | 'desk' | 'now' | 'policyOf'>;

/** A letter's lists, made now over all youths of the organisation. */
export async function makeMailing(
  parts: Parts,
  organisation: Organisation,
  { id, schoolYear }: { id: LetterId; schoolYear: SchoolYear },
): Promise<{ mailing: Mailing; unreadable: number }> {
  const making = startMailing(LETTERS[id], {
    schoolYear,
    today: await todayOf(parts, organisation),
    policy: parts.policyOf(organisation.id),
  });
  const unreadable = await forEachYouth(parts.reader, organisation.id, ({ ref, parked }, youth) =>
    making.add(ref, youth, parked),
  );
  return { mailing: making.finish(), unreadable };
}

/** A worklist, made now over all youths of the organisation. @param name its id, or a wheel entry */
export async function makeWorklist(
  parts: Parts,
  organisation: Organisation,
  { name, date }: { name: string; date: IsoDate | undefined },
): Promise<{ made: MadeWorklist; unreadable: number }> {
  const list = worklistNamed(name);
  if (list === undefined) {
    throw new DeskRefusal(
      'NOT_FOUND',
      'Det finnes ingen slik arbeidsliste. Se /organisations/{org}/worklists for alle.',
    );
  }
  const today = date ?? (await todayOf(parts, organisation));
  const making = startWorklist(list, { today, policy: parts.policyOf(organisation.id) });
  const unreadable = await forEachYouth(parts.reader, organisation.id, ({ ref }, youth) =>
    making.add(ref, youth),
  );
  return { made: making.finish(), unreadable };
}
