import type { Organisation } from '../../core/organisation.ts';
import type { Problem } from '../../core/problem.ts';
import type { BulkAct, ChosenMember } from '../../store/bulkPort.ts';
import { numbersOf } from '../adviser/numbersOf.ts';
import type { DryRunView } from '../dryRun/dryRunView.ts';
import { tryRows } from '../dryRun/tryRows.ts';
import type { DeskParts } from '../parts.ts';
import { openAdapter } from '../submission/openFeed.ts';
import { rowOf } from './recordOf.ts';

export type TryParts = Pick<
  DeskParts,
  'operations' | 'vault' | 'environment' | 'adapters' | 'decode' | 'dryRun' | 'now'
>;

/** What the act would lead to, decided by the pipeline's own rules on the youths as they are now. */
export interface Consequence {
  /** Youths that it was tried on, the first of them: all when they are few. */
  tried: number;
  /** Whose record would be taken. */
  accepted: number;
  /** Of them, those of whom nothing but the record itself would be new. */
  unchanged: number;
  effects: DryRunView['effects'];
  /** What the feed would say of the others. */
  refused: (Pick<Problem, 'code' | 'field' | 'text' | 'cure'> & { count: number })[];
  /** Without a number in the vault: nothing can be reported of them. */
  numberless: number;
}

/** Decided in some tenths of a second. */
export const MOST_TRIED = 200;

export async function consequenceOf(
  parts: TryParts,
  organisation: Organisation,
  { id, act, able }: { id: string; act: BulkAct; able: readonly ChosenMember[] },
): Promise<Consequence> {
  const some = able.slice(0, MOST_TRIED);
  const { results, numberless } = await tryMembers(parts, organisation, { id, act, members: some });
  const accepted = [...results.values()].filter(({ outcome }) => taken(outcome));
  const refused = new Map<string, Consequence['refused'][number]>();
  for (const { outcome, problems } of results.values()) {
    if (taken(outcome)) continue;
    for (const { code, field, text, cure } of problems.slice(0, 1)) {
      const sum = refused.get(`${code} ${field}`) ?? { code, field, text, cure, count: 0 };
      refused.set(`${code} ${field}`, { ...sum, count: sum.count + 1 });
    }
  }
  const effects = new Map<string, DryRunView['effects'][number]>();
  for (const { what, kind } of accepted.flatMap((each) => each.effects)) {
    const sum = effects.get(`${what} ${kind}`) ?? { what, kind, count: 0 };
    effects.set(`${what} ${kind}`, { ...sum, count: sum.count + 1 });
  }
  return {
    tried: some.length,
    accepted: accepted.length,
    unchanged: accepted.filter((each) => each.effects.length === 0).length,
    effects: [...effects.values()].sort((one, other) => other.count - one.count),
    refused: [...refused.values()].sort((one, other) => other.count - one.count),
    numberless: numberless.length,
  };
}

const taken = (outcome: Tried['outcome']) => outcome === 'applied' || outcome === 'duplicate';

type Tried = DryRunView['results'][number];

/** The members' records, tried; by member number, and who has no number to report under. */
export async function tryMembers<Member extends Pick<ChosenMember, 'number' | 'ref' | 'schoolYear' | 'code'>>(
  parts: TryParts,
  organisation: Organisation,
  { id, act, members }: { id: string; act: BulkAct; members: readonly Member[] },
): Promise<{ rows: Map<number, Buffer>; results: Map<number, Tried>; numberless: Member[] }> {
  const numbers = await numbersOf(
    parts,
    organisation,
    members.map(({ ref }) => ref),
  );
  const rows = new Map<number, Buffer>();
  for (const member of members) {
    const number = numbers.get(member.ref);
    if (number !== undefined) rows.set(member.number, rowOf({ id, act }, member, number));
  }
  const { view } = await tryRows(parts, organisation, openAdapter(parts.adapters, 'ot-adviser'), {
    ...{ rows: [...rows.values()], numbers: [...rows.keys()], envelope: null },
    permission: { reach: { kind: 'county' }, masked: false },
  });
  return {
    rows,
    results: new Map(view.results.map((result) => [result.row, result])),
    numberless: members.filter(({ number }) => !rows.has(number)),
  };
}
