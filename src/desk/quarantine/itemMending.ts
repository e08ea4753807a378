import type { FeedColumn } from '../../core/feedColumns.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { type Mended, type MendParts, mend } from './mend.ts';
import { columnsOfRecord, type NewValues, openItem } from './openedItem.ts';
import { itemOf } from './quarantine.ts';
import { alreadySettled } from './sendOnce.ts';

// An operator corrects a record in quarantine without seeing what it says.

/** What may be typed again of an item: fields with something wrong. Empty: nothing. */
export interface MendableFields {
  fields: { field: string; heading: string | null }[];
  columns: readonly FeedColumn[];
}

/** @throws DeskRefusal UNKNOWN_ITEM */
export async function mendableFields(
  parts: Pick<DeskParts, 'queries' | 'vault' | 'keptRecord' | 'decode' | 'adapters'>,
  organisation: Organisation,
  id: string,
): Promise<MendableFields> {
  const item = await itemOf(parts, organisation.id, id);
  if (item.status !== 'open' || isSendersAlone(item)) return { fields: [], columns: [] };
  try {
    const opened = openItem(parts, organisation, item);
    const columns = columnsOfRecord(opened);
    const wrong = [...new Set(item.problems.map(({ field }) => field))].filter((field) => field !== '');
    const headingOf = (field: string) => columns.find((each) => each.field === field)?.heading ?? null;
    return { fields: wrong.map((field) => ({ field, heading: headingOf(field) })), columns };
  } catch (error) {
    if (error instanceof DeskRefusal) return { fields: [], columns: [] };
    throw error;
  }
}

/** Only what is wrong may be typed again. @throws DeskRefusal UNKNOWN_ITEM, ALREADY_SETTLED, NOT_MENDABLE, NOT_KEPT, UNKNOWN_ROW,
 *  KAFKA_SLOW */
export async function mendItem(
  parts: MendParts & Pick<DeskParts, 'queries'>,
  organisation: Organisation,
  { id, values, send }: { id: string; values: NewValues; send: { reason: string } | null },
): Promise<{ mended: Mended; met: ReadonlySet<PersonRef> }> {
  const item = await itemOf(parts, organisation.id, id);
  if (item.status !== 'open') throw alreadySettled();
  if (isSendersAlone(item)) throw new DeskRefusal('NOT_MENDABLE', DESK.nb.otherSchool);
  const wrong = new Set(item.problems.map(({ field }) => field));
  if (Object.keys(values).some((field) => !wrong.has(field)))
    throw new DeskRefusal('UNKNOWN_ROW', DESK.nb.onlyWrong);
  const permission = { reach: { kind: 'county' as const }, masked: true };
  return mend(parts, { organisation, item, values, permission, send });
}

/** What the sender may not send, an operator does not send for it. */
function isSendersAlone({ problems }: { problems: readonly { code: string }[] }): boolean {
  return problems.some(({ code }) => code === 'FOREIGN_INSTITUTION');
}
