import { REFUSAL } from '../../core/sentences/refusals.ts';
import { placeFrom, placeOf, type RowPlace } from '../../core/worklist/row.ts';
import type { WorkOrder } from '../../store/workPort.ts';
import type { PageAsked } from '../page.ts';
import { DeskRefusal } from '../refusal.ts';

/** Sort key of rows, and of a cursor between two pages. */
export function inWorkOrder(order: WorkOrder): (row: RowPlace) => string {
  return order === 'urgency' ? placeOf : (row) => `${row.deadline ?? '9999'} ${placeOf(row)}`;
}

/** `next` of a page that ends with the row. */
export function cursorOf(row: RowPlace, order: WorkOrder): string {
  return Buffer.from(inWorkOrder(order)(row)).toString('base64url');
}

/** The row that the page before ended with; null: the first page is asked for. @throws DeskRefusal INVALID_REQUEST */
export function placeAfter({ after }: Pick<PageAsked, 'after'>, order: WorkOrder): RowPlace | null {
  if (after === undefined) return null;
  const text = Buffer.from(after, 'base64url').toString();
  const place = placeFrom(order === 'urgency' ? text : text.slice(text.indexOf(' ') + 1));
  if (place !== undefined && inWorkOrder(order)(place) === text) return place;
  throw new DeskRefusal('INVALID_REQUEST', REFUSAL.nb.fixThat, {
    problems: [
      {
        code: 'INVALID_VALUE',
        field: 'after',
        text: REFUSAL.nb.notNext,
        cure: REFUSAL.nb.nextCure,
      },
    ],
  });
}
