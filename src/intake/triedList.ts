import type { IsoInstant } from '../core/date.ts';
import { absenceLimit } from '../core/derive/lists/absence.ts';
import type { Policy } from '../core/policy.ts';
import type { Desk } from '../store/deskPort.ts';
import type { ListRow } from '../store/port.ts';
import { concludeList } from './conclusion.ts';
import type { ShrinkageLimit } from './shrinkage.ts';

/**
 * What a whole list would lead to beyond its rows.
 * - `concluded`: so many would be told to be missing.
 * - `refused`: so many are gone that somebody must confirm the list first.
 * - `incomplete`: a row is missing or broken; nothing is concluded about anybody.
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
    desk: Pick<Desk, 'concludedRefs'>;
    policyOf(org: string): Policy;
    limitFor(org: string): ShrinkageLimit;
  },
  org: string,
  rows: readonly ListRow[],
  received: IsoInstant,
): Promise<ListTried | null> {
  const envelope = rows.find((row) => row.envelope.type === 'FULL')?.envelope;
  if (envelope === undefined) return null;
  const { list, run, total } = envelope;
  if (list === 'nav') return { verdict: 'held', missing: null };
  const refs = new Map(
    rows.flatMap(({ rowKey, ref }) => (rowKey === null || ref === null ? [] : [[rowKey, ref]])),
  );
  if (refs.size !== total) return { verdict: 'incomplete', missing: null };
  const earlier = await parts.desk.concludedRefs(org, list, absenceLimit(parts.policyOf(org), list));
  const whole = { org, list, run, total, completed: received, refs: [...refs.values()], held: [] };
  const conclusion = concludeList(
    { ...whole, previous: earlier[0] ?? null },
    earlier,
    parts.limitFor(org),
    false,
  );
  switch (conclusion.verdict) {
    case 'refused':
      return { verdict: 'refused', missing: conclusion.affected };
    case 'concluded':
      return { verdict: 'concluded', missing: conclusion.told };
  }
}
