import { absenceLimit } from '../../core/derive/lists/absence.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import { concludeList } from '../../jobs/lists/conclusion.ts';
import type { ShrinkageLimit } from '../../jobs/lists/shrinkage.ts';
import type { Operations } from '../../store/operationsPort.ts';
import type { ListRow } from '../../store/port.ts';

/**
 * What a whole list would lead to beyond its rows.
 * - `concluded`: so many would be reported missing.
 * - `refused`: so many are gone that a person must confirm the list first.
 * - `incomplete`: a row is missing; nothing is concluded.
 * - `held`: the rows wait for the whole delivery (NAV).
 */
export interface ListTried {
  verdict: 'concluded' | 'refused' | 'incomplete' | 'held';
  /** How many would be missing; null when that is not known. */
  missing: number | null;
}

/** Null when the rows are no whole list. */
export async function tryList(
  parts: {
    operations: Pick<Operations, 'pastLists'>;
    policyOf(org: OrgId): Policy;
    limitFor(org: OrgId): ShrinkageLimit;
  },
  org: OrgId,
  rows: readonly ListRow[],
  received: IsoInstant,
): Promise<ListTried | null> {
  const envelope = rows.find((row) => row.envelope.type === 'FULL')?.envelope;
  if (envelope === undefined) return null;
  const { list, run, total } = envelope;
  if (list === 'nav') return { verdict: 'held', missing: null };
  const seen = rows.filter(({ rowKey }) => rowKey !== null);
  if (seen.length !== total) return { verdict: 'incomplete', missing: null };
  const past = await parts.operations.pastLists(org, list, absenceLimit(parts.policyOf(org), list), null);
  const broken = seen.filter(({ quarantine }) => quarantine !== null);
  const whole = {
    ...{ org, list, run, total, opened: received, completed: received, held: [] },
    ...{ outdated: false, confirmed: false, vouched: false },
    refs: [...new Set(seen.flatMap(({ ref }) => ref ?? []))],
    nameless: broken.flatMap(({ nameless }) => nameless ?? []),
    bad: broken.length,
  };
  const conclusion = concludeList(whole, past, parts.limitFor(org), false);
  switch (conclusion.verdict) {
    case 'refused':
      return { verdict: 'refused', missing: conclusion.affected };
    case 'superseded':
      throw new Error('a list that is only tried is the newest');
    case 'concluded':
      return { verdict: 'concluded', missing: conclusion.reported };
  }
}
