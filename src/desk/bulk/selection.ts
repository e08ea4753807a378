import type { Organisation } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { WorkRow } from '../../core/worklist/row.ts';
import { sameKey, type Youth } from '../../core/youth/youth.ts';
import type { BulkAct, BulkFilter, ChosenMember, LeftWhy } from '../../store/bulkPort.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { nowOf } from '../organisationToday.ts';
import { currentWork, type WorkParts } from '../worklists/keptPage.ts';
import { listedYouths } from '../worklists/listedYouths.ts';
import { listNamed } from '../worklists/worklists.ts';

/** A place in the log of the organisation's lanes, and when that was. */
export interface AsOf {
  /** Lane → offset of the first record that came after it. */
  position: ReadonlyMap<number, bigint>;
  at: IsoInstant;
}

export interface Selection extends AsOf {
  /** In the order of the worklist; those that are left out too. */
  members: ChosenMember[];
  /** The first of those that can take the act, with the row that each is there for. */
  sample: { member: ChosenMember; row: WorkRow }[];
  /** So much is coming in that the worklist is not whole: no job can be made of it. */
  behind: boolean;
}

/** @throws DeskRefusal NOT_FOUND for a worklist that is none */
export async function select(
  parts: WorkParts,
  organisation: Organisation,
  {
    filter,
    act,
    asOf = null,
    samples = 0,
  }: { filter: BulkFilter; act: BulkAct; asOf?: AsOf | null; samples?: number },
): Promise<Selection> {
  const list = listNamed(filter.list);
  // First: the rows are then brought beyond this place, and what is newer than it is known by its own.
  const { position, at } = asOf ?? (await asOfNow(parts, organisation));
  const { asked, behind } = await wholeWork(parts, organisation);
  const members: ChosenMember[] = [];
  const sample: Selection['sample'] = [];
  const listed = listedYouths(parts, organisation, { list, owner: filter.owner, asked });
  for await (const { loaded, youth, rows } of listed) {
    const matching = rows.filter((row) => matches(filter, row, youth));
    const [row] = matching;
    if (row === undefined) continue;
    const { ref, version } = loaded;
    const choice = isAfter(loaded, position) ? leave('CAME_AFTER') : choose(act, matching);
    const member = { number: members.length + 1, ref, version, ...choice };
    members.push(member);
    if (member.left === null && sample.length < samples) sample.push({ member, row });
  }
  return { members, sample, behind, position, at };
}

/** A count that is to be exact waits for the rows of all that is committed. Milliseconds. */
const PATIENCE_MS = 20_000;

async function wholeWork(parts: WorkParts, organisation: Organisation): ReturnType<typeof currentWork> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const work = await currentWork(parts, organisation);
    if (!work.behind || performance.now() > end) return work;
  }
}

async function asOfNow(parts: WorkParts, organisation: Organisation): Promise<AsOf> {
  const heads = (await parts.queries.heads()).filter(({ org }) => org === organisation.id);
  return {
    position: new Map(heads.map(({ id, nextOffset }) => [id, nextOffset])),
    at: await nowOf(parts, organisation),
  };
}

function isAfter({ last }: Pick<LoadedYouth, 'last'>, position: AsOf['position']): boolean {
  return last !== null && last.offset >= (position.get(last.lane) ?? 0n);
}

function matches({ owner, kind, deadline, group }: BulkFilter, row: WorkRow, youth: Youth): boolean {
  if (owner !== null && row.owner !== owner) return false;
  if (kind !== null && row.kind !== kind) return false;
  if (deadline !== null && (row.deadline === null || row.deadline > deadline)) return false;
  return group === null || youth.registrations.find((each) => sameKey(each, row))?.status.group === group;
}

type Choice = Pick<ChosenMember, 'schoolYear' | 'code' | 'left'>;

function leave(left: LeftWhy): Choice {
  return { schoolYear: null, code: null, left };
}

/** What the act is for this youth; where there could be more than one thing, an adviser chooses. */
function choose(act: BulkAct, rows: readonly WorkRow[]): Choice {
  if (act.type === 'contact') {
    const years = [...new Set(rows.map((row) => row.schoolYear))];
    const [schoolYear = null] = years;
    return years.length > 1 ? leave('SEVERAL_ROWS') : { schoolYear, code: null, left: null };
  }
  const proposing = rows.filter(({ proposed }) => proposed.length > 0);
  if (proposing.length === 0) return leave('NO_PROPOSAL');
  const offered = proposing.flatMap(({ schoolYear, proposed }) => {
    const codes = act.code === null ? proposed : proposed.filter((each) => each === act.code);
    return codes.map((code) => ({ schoolYear, code }));
  });
  const [first] = offered;
  if (first === undefined) return leave('OTHER_PROPOSAL');
  if (offered.some(({ schoolYear }) => schoolYear !== first.schoolYear)) return leave('SEVERAL_ROWS');
  if (offered.some(({ code }) => code !== first.code)) return leave('SEVERAL_PROPOSALS');
  return { ...first, left: null };
}
