import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PersonRef } from '../../core/person/reference.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import type { KeptYouth } from '../../core/worklist/kept.ts';
import { rankOf } from '../../core/worklist/row.ts';
import type { LoadedYouth } from '../port.ts';
import type { KnownProgress } from '../queriesPort.ts';
import type { KeepWork } from '../workPort.ts';
import { loaded, YOUTH, type YouthRow } from './find.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

/** A row of `work_row`, with its days as the database writes them. */
interface WorkRowRow {
  ref: PersonRef;
  list: string;
  number: number;
  from_day: string;
  until_day: string;
  owner: string;
  units: string[];
  hidden: boolean;
  rank: number;
  deadline: string;
  since: string;
}

/** A youth to be decided again, with what receivers have done about its alerts and the rows it has. */
export interface FoundYouth {
  loaded: LoadedYouth;
  progress: KnownProgress[];
  rows: WorkRowRow[];
}

type FoundRow = Omit<YouthRow, 'n'> & { progress: KnownProgress[] | null; kept: WorkRowRow[] | null };

const FIND = `select ${YOUTH},
  exists (select from parked p where p.org_id = y.org_id and p.ref = y.ref and not p.released) as parked,
  (select json_agg(json_build_object('ref', p.ref, 'cause', p.cause, 'delivered', ${iso('p.delivered')},
      'opened', ${iso('p.opened')}, 'handled', ${iso('p.handled')}))
    from alert_progress p where p.org_id = y.org_id and p.ref = y.ref) as progress,
  (select json_agg(w) from work_row w where w.org_id = y.org_id and w.ref = y.ref) as kept
  from youth y`;

export async function youthsNamed(
  session: Session,
  orgId: number,
  refs: readonly string[],
): Promise<FoundYouth[]> {
  if (refs.length === 0) return [];
  const { rows } = await session.query<FoundRow>(`${FIND} where y.org_id = $1 and y.ref = any ($2::uuid[])`, [
    orgId,
    refs,
  ]);
  return rows.map(found);
}

/** The next of all youths, by reference. */
export async function nextYouths(
  session: Session,
  orgId: number,
  { filled_upto: after }: { filled_upto: PersonRef | null },
  limit: number,
): Promise<FoundYouth[]> {
  const { rows } = await session.query<FoundRow>(
    `${FIND} where y.org_id = $1 and y.ref > $2 order by y.ref limit $3`,
    [orgId, after, limit],
  );
  return rows.map(found);
}

function found({ progress, kept, ...row }: FoundRow): FoundYouth {
  return { loaded: loaded(row), progress: progress ?? [], rows: kept ?? [] };
}

const AT_A_TIME = 25;

/** What each youth has now, in the place of what it had, and how far the lanes are read with it. A youth whose rows are the
 *  same is not written. */
export async function writeWork(
  session: Session,
  orgId: number,
  youths: readonly FoundYouth[],
  { keep, cursors }: { keep: KeepWork; cursors: ReadonlyMap<number, bigint> },
): Promise<void> {
  const gone: WorkRowRow[] = [];
  const come: WorkRowRow[] = [];
  const each = [...new Map(youths.map((one) => [one.loaded.ref, one])).values()];
  for (const [at, { loaded: youth, progress, rows: own }] of each.entries()) {
    // Some milliseconds of deciding, and then the process does what else it has to.
    if (at % AT_A_TIME === AT_A_TIME - 1) await nextTurn();
    const now = rowsOf(youth.ref, keep(youth, progressIn(progress)));
    if (isSame(own, now)) continue;
    gone.push(...own);
    come.push(...now);
  }
  const counts = countsOf(gone, come);
  if (gone.length + come.length + cursors.size === 0) return;
  await session.query('select work_write($1, $2::uuid[], $3::jsonb, $4::jsonb, $5::int[], $6::bigint[])', [
    orgId,
    [...new Set(gone.map(({ ref }) => ref))],
    JSON.stringify(come),
    JSON.stringify(counts),
    [...cursors.keys()],
    [...cursors.values()],
  ]);
}

function rowsOf(ref: PersonRef, youth: KeptYouth | null): WorkRowRow[] {
  if (youth === null) return [{ ...UNREADABLE, ref }];
  return youth.rows.map(({ list, number, from, until, owner, hidden, priority, deadline, since }) => ({
    ...{ ref, list, number, owner, hidden, since },
    units: [...youth.units],
    from_day: from ?? '-infinity',
    until_day: until ?? 'infinity',
    rank: rankOf(priority),
    deadline: deadline ?? 'infinity',
  }));
}

const UNREADABLE: Omit<WorkRowRow, 'ref'> = {
  list: '',
  number: 0,
  from_day: '-infinity',
  until_day: 'infinity',
  owner: '',
  units: [],
  hidden: false,
  rank: 1,
  deadline: 'infinity',
  since: '0001-01-01',
};

function isSame(one: readonly WorkRowRow[], other: readonly WorkRowRow[]): boolean {
  if (one.length !== other.length) return false;
  const known = new Set(one.map(textOf));
  return other.every((row) => known.has(textOf(row)));
}

function textOf(row: WorkRowRow): string {
  return `${row.number} ${kindOf(row)}`;
}

/** What rows that are counted together have alike. */
function kindOf(row: WorkRowRow): string {
  const { list, owner, units, hidden, rank, deadline, since, from_day: from, until_day: until } = row;
  return [list, owner, units.join('+'), hidden, rank, deadline, since, from, until].join(' ');
}

function countsOf(gone: readonly WorkRowRow[], come: readonly WorkRowRow[]) {
  const counts = new Map<string, Omit<WorkRowRow, 'ref' | 'number'> & { rows: number }>();
  const add = ({ ref: _ref, number: _number, ...kind }: WorkRowRow, rows: number) => {
    const name = kindOf({ ref: _ref, number: _number, ...kind });
    const known = counts.get(name) ?? { ...kind, rows: 0 };
    known.rows += rows;
    counts.set(name, known);
  };
  for (const row of gone) add(row, -1);
  for (const row of come) add(row, 1);
  return [...counts.values()].filter(({ rows }) => rows !== 0);
}
