import { headingKey } from '../../core/feedColumns.ts';
import { instantOf } from '../../core/time/date.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { ColumnOwner } from '../../store/uploadPort.ts';
import type { Vault } from '../../store/vault.ts';
import {
  type ColumnChoices,
  type ColumnPlan,
  chosenFor,
  headingOf,
} from '../../upload/columns/columnPlan.ts';
import { SEARCHED_ROWS, type SheetCell, type SheetRow } from '../../upload/sheet.ts';
import type { UploadCaller } from './uploadCaller.ts';

/** What was chosen before for the columns of a file, by the row of headings it was chosen for. */
export type KnownColumns = ReadonlyMap<number, Readonly<Record<string, string | null>>>;

interface Parts {
  vault: Pick<Vault, 'digest'>;
  /** Epoch milliseconds. */
  now(): number;
}

/** A match holds for files with exactly these headings. Looked for among the first rows, before it is known which of them
 *  has the headings: no cell leaves the process, only its keyed hash. */
export async function recallColumns(
  { vault }: Pick<Parts, 'vault'>,
  { organisation, records, from }: UploadCaller,
  { feed, rows }: { feed: Feed; rows: readonly SheetRow[] },
): Promise<KnownColumns> {
  const bySet = new Map<string, SheetRow>();
  for (const row of rows.slice(0, SEARCHED_ROWS)) {
    const keys = keysIn(row.cells);
    const set = setOf(vault, keys).toString('hex');
    // Of two rows that are alike the first has the headings.
    if (keys.length >= 2 && !bySet.has(set)) bySet.set(set, row);
  }
  const sets = [...bySet.keys()].map((set) => Buffer.from(set, 'hex'));
  if (sets.length === 0) return new Map();
  const remembered = await records.rememberedColumns(organisation.id, ownerOf(feed, from), sets);
  const known = remembered.flatMap(({ headingSet, columns }) => {
    const row = bySet.get(headingSet.toString('hex'));
    if (row === undefined) return [];
    const chosen = keysIn(row.cells).flatMap((key) => {
      const field = columns[nameOf(vault, key)];
      return field === undefined ? [] : [[key, field] as const];
    });
    return [[row.number, Object.fromEntries(chosen)] as const];
  });
  return new Map(known.toSorted(([one], [other]) => one - other));
}

/** The sender's own choices over those remembered for the row of headings. */
export function withKnown(choices: ColumnChoices, known: KnownColumns): ColumnChoices {
  const [header] = choices.header === undefined ? known.keys() : [choices.header];
  const columns = header === undefined ? undefined : known.get(header);
  if (header === undefined || columns === undefined) return choices;
  return { ...choices, header, columns: { ...columns, ...choices.columns } };
}

/** Keeps what was chosen for the headings of a list that is sent; nothing when they were all known by themselves. */
export async function rememberColumns(
  { vault, now }: Parts,
  { organisation, records, from }: UploadCaller,
  { feed, plan, choices }: { feed: Feed; plan: ColumnPlan; choices: ColumnChoices },
): Promise<void> {
  const keys = plan.columns.map(({ heading }) => headingKey(heading));
  const chosen = keys.flatMap((key) => {
    const field = chosenFor(choices.columns, key);
    return field === undefined ? [] : [[nameOf(vault, key), field] as const];
  });
  if (chosen.length === 0) return;
  await records.rememberColumns(organisation.id, ownerOf(feed, from), {
    headingSet: setOf(vault, keys),
    columns: Object.fromEntries(chosen),
    at: instantOf(now()),
  });
}

function ownerOf(feed: Feed, { sender, institution }: UploadCaller['from']): ColumnOwner {
  return { feed, sender: institution === null ? sender : null, institution };
}

function keysIn(cells: readonly SheetCell[]): string[] {
  return cells.flatMap((cell) => (headingOf(cell) === '' ? [] : [headingKey(headingOf(cell))]));
}

function setOf(vault: Parts['vault'], keys: readonly string[]): Buffer {
  return vault.digest('upload-headings', JSON.stringify([...new Set(keys)].sort()));
}

function nameOf(vault: Parts['vault'], key: string): string {
  return vault.digest('upload-heading', key).toString('base64');
}
