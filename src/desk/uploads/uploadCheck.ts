import type { Permission } from '../../core/access/permission.ts';
import type { FeedAdapter } from '../../core/feedAdapter.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Problem } from '../../core/problem.ts';
import { TRIED } from '../../core/sentences/tried.ts';
import { type DryRun, goesWell } from '../../pipeline/dryRun/dryRun.ts';
import type { TriedRow } from '../../pipeline/dryRun/rowResult.ts';
import { effectsOf } from '../dryRun/dryRunEffect.ts';
import { rowText } from '../dryRun/dryRunText.ts';
import { triedRows } from '../dryRun/tryRows.ts';
import type { DeskParts } from '../parts.ts';
import type { UploadRow, UploadRows } from './uploadRow.ts';

/** One row of an upload, as it would fare. */
export interface CheckedRow {
  /** As the spreadsheet shows it. */
  row: number;
  outcome: TriedRow['outcome'];
  /** The earlier row of the file that says the same. */
  repeats: number | null;
  text: string;
  problems: ShownProblem[];
}

/** With the heading of the column it is in. */
export type ShownProblem = Problem & { heading: string | null };

export interface UploadCheck {
  rows: readonly CheckedRow[];
  /** Rows that may be sent. */
  ready: ReadonlySet<number>;
  /** All of them as they go out. */
  bytes: ReadonlyMap<number, Buffer>;
  /** What would be concluded from a whole list; null when they are none. */
  list: DryRun['list'];
  /** Youths that the rows are about and that are known. */
  met: ReadonlySet<PersonRef>;
}

type Parts = Pick<DeskParts, 'operations' | 'dryRun' | 'decode' | 'now'>;

interface Checking {
  organisation: Organisation;
  adapter: FeedAdapter;
  permission: Pick<Permission, 'reach' | 'masked'>;
  /** The row is no list's: it is said what follows from it. */
  alone?: boolean;
  /** Is called with how many rows have been tried so far. */
  seen?: ((rows: number) => void) | undefined;
}

/** What the rows would lead to. A row with a cell that cannot be read is not decided with the others: without that cell it
 *  would say something else. It is judged apart, so that all its problems are shown together. */
export async function checkRows(
  parts: Parts,
  { organisation, adapter, permission, alone = false, seen }: Checking,
  { rows, envelope }: UploadRows,
): Promise<UploadCheck> {
  const headings = new Map(adapter.columns?.columns.map(({ field, heading }) => [field, heading]));
  const shown = (problem: Problem): ShownProblem => ({
    ...problem,
    heading: headings.get(problem.field) ?? null,
  });
  let before = 0;
  const tried = async (some: readonly (readonly [UploadRow, Buffer])[]) => {
    const done = await triedRows(parts, organisation, adapter, {
      rows: some.map(([, bytes]) => bytes),
      numbers: some.map(([{ number }]) => number),
      envelope,
      permission,
      shown: alone ? 'all' : 'problems',
      seen: (count) => seen?.(before + count),
    });
    before += some.length;
    return done;
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  const all = rows.map((row) => [row, Buffer.from(JSON.stringify(row.record))] as const);
  const whole = all.filter(([{ problems }]) => problems.length === 0);
  const broken = all.filter(([{ problems }]) => problems.length > 0);
  await turn();
  const good = await tried(whole);
  const bad = await tried(broken);
  await turn();
  const ready = new Set<number>();
  const checked: CheckedRow[] = [];
  for (const tried of good.rows) {
    const { row, outcome, repeats, problems } = tried;
    // Of a list what goes well is counted, and needs no words.
    const silent = !alone && goesWell(tried);
    const text = silent ? '' : rowText(tried, permission.masked ? null : effectsOf(tried.events));
    checked.push({ row, outcome, repeats, text, problems: problems.map(shown) });
    if (outcome !== 'quarantined' && outcome !== 'rejected') ready.add(row);
  }
  for (const [index, { row, problems }] of bad.rows.entries()) {
    const own = broken[index]?.[0].problems ?? [];
    const others = problems.filter(({ field }) => !own.some((each) => each.field === field));
    const text = TRIED.nb.cell;
    checked.push({
      row,
      outcome: 'quarantined',
      repeats: null,
      text,
      problems: [...own, ...others].map(shown),
    });
  }
  checked.sort((one, other) => one.row - other.row);
  return {
    ...{ rows: checked, ready, list: good.list ?? bad.list, met: new Set([...good.met, ...bad.met]) },
    bytes: new Map(all.map(([{ number }, bytes]) => [number, bytes])),
  };
}
