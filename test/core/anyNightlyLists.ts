import fc from 'fast-check';
import { factOf } from '../harness/story.ts';
import type { Arrival } from './anyFacts.ts';

// Nights of VIGO's list of contracts with a youth in it or not, and what the bridge concludes from each. Rows come in one
// lane and conclusions in another; each lane is read in its own order, and either may be ahead.

export interface Nights {
  one: Arrival[];
  other: Arrival[];
  /** Lists in a row up to the last one that the youth is missing from. */
  missing: number;
}

export const nightsInTwoOrders: fc.Arbitrary<Nights> = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 12 })
  // The youth is in the first list, or there is nothing to be missing from.
  .map((later) => [true, ...later])
  .chain((nights) => {
    const rows = nights.flatMap((there, night) => (there ? [rowOf(night)] : []));
    const concluded = nights.flatMap((there, night) => conclusionsOf(nights, there, night));
    const order = fc.shuffledSubarray([...rows.map(() => true), ...concluded.map(() => false)], {
      minLength: rows.length + concluded.length,
    });
    const missing = nights.length - 1 - nights.lastIndexOf(true);
    return fc.tuple(order, order).map(([one, other]) => ({
      one: inOrder(one, rows, concluded),
      other: inOrder(other, rows, concluded),
      missing,
    }));
  });

/**
 * As `concludeList` concludes it: gone is reported for two lists in a row, and come whenever the list before was
 * without.
 */
function conclusionsOf(nights: readonly boolean[], there: boolean, night: number): Arrival[] {
  const before = nights[night - 1];
  if (before === undefined) return [];
  if (there) return before ? [] : [concluded('Present', night)];
  return before || nights[night - 2] === true ? [concluded('Absent', night)] : [];
}

function inOrder(
  order: readonly boolean[],
  rows: readonly Arrival[],
  conclusions: readonly Arrival[],
): Arrival[] {
  const lanes = { rows: [...rows], conclusions: [...conclusions] };
  return order.flatMap((isRow) => (isRow ? lanes.rows : lanes.conclusions).shift() ?? []);
}

function at(night: number, time: string): string {
  return `2026-10-${String(night + 1).padStart(2, '0')}T${time}Z`;
}

function rowOf(night: number): Arrival {
  const received = at(night, '00:00:00.000');
  const version = Number(received.slice(0, 10).replaceAll('-', ''));
  const provenance = { source: 'vigo-laktiv', id: 'laktiv:1', version, effective: '2025-08-15' };
  const body = {
    kind: 'ContractSeen',
    institution: '987654321',
    from: '2025-08-15',
    to: '2028-08-14',
  } as const;
  return { received, event: factOf(body, provenance, null, received, night) };
}

function concluded(kind: 'Absent' | 'Present', night: number): Arrival {
  const received = at(night, '00:01:00.000');
  const body = { kind, list: 'laktiv', run: `night-${night}` } as const;
  return { received, event: factOf(body, { id: `${kind}-${night}` }, null, received, night) };
}
