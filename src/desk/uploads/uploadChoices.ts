import type { FeedAdapter } from '../../core/feedAdapter.ts';
import { type FeedColumns, headingKey } from '../../core/feedColumns.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { FILE } from '../../core/sentences/files.ts';
import { FileFault } from '../../upload/fileFault.ts';
import type { ReadDocument } from '../../upload/sheet.ts';
import { DeskRefusal } from '../refusal.ts';
import { TRIED_RUN } from './openedList.ts';
import type { Upload } from './uploadShelf.ts';

export type Choices = Upload['choices'];

/** Those given before with the new ones. @throws DeskRefusal INVALID_REQUEST */
export function withChoices(upload: Upload, adapter: FeedAdapter, given: Choices): Choices {
  if (adapter.columns !== undefined) refuseUnknown(adapter.columns, given);
  refuseWhole(upload, adapter, given);
  const before = upload.choices;
  return {
    ...before,
    ...given,
    columns: { ...before.columns, ...byKey(given.columns) },
    constants: { ...before.constants, ...given.constants },
  };
}

function refuseUnknown({ columns }: FeedColumns, { columns: chosen = {}, constants = {} }: Choices): void {
  const fields = new Set(columns.map(({ field }) => field));
  const named = [...Object.values(chosen), ...Object.keys(constants)];
  if (named.some((field) => field !== null && !fields.has(field)))
    throw new DeskRefusal('INVALID_REQUEST', DESK.nb.unknownField([...fields].join(', ')));
}

/** @throws DeskRefusal INVALID_REQUEST */
function refuseWhole({ sent, file, choices }: Upload, adapter: FeedAdapter, { whole }: Choices): void {
  if (whole === undefined || whole === (choices.whole ?? 'no')) return;
  if (file?.kind === 'json' || adapter.wholeList === undefined)
    throw new DeskRefusal('INVALID_REQUEST', DESK.nb.wholeOnly);
  if (sent.size > 0) throw new DeskRefusal('INVALID_REQUEST', DESK.nb.partlySent);
}

/** @throws FileFault NOT_A_LIST for a document of another feed, or of none */
export function refuseForeign(
  file: ReadDocument,
  adapter: FeedAdapter,
  adapters: readonly FeedAdapter[],
): void {
  if (file.head === null) return;
  const { fields, rows } = file.head;
  const value = rows === null ? fields : { ...fields, [rows]: file.items };
  const takes = (each: FeedAdapter) => each.unpack?.(value, TRIED_RUN)?.kind === 'rows';
  if (takes(adapter)) return;
  const other = adapters.find(takes);
  if (other !== undefined)
    throw new FileFault('NOT_A_LIST', FILE.nb.jsonOther(`${other.feed} (${other.title})`));
}

/** Headings as they are compared, however the sender wrote them. */
function byKey(columns: Choices['columns'] = {}): Choices['columns'] & {} {
  return Object.fromEntries(Object.entries(columns).map(([heading, field]) => [headingKey(heading), field]));
}
