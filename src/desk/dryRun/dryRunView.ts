import { by } from '../../core/order.ts';
import type { Problem } from '../../core/problem.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { AlertKind } from '../../core/youth/youthEvent.ts';
import type { DryRun } from '../../pipeline/dryRun/dryRun.ts';
import type { TriedRow } from '../../pipeline/dryRun/rowResult.ts';
import { type DryRunEffect, effectsOf } from './dryRunEffect.ts';
import { listText, rowText, sumText } from './dryRunText.ts';

/** What a submission would have led to, row by row. */
export interface DryRunView {
  feed: Feed;
  rows: number;
  counts: DryRun['counts'];
  /** How many times each thing would have happened. */
  effects: { what: DryRunEffect['what']; kind: AlertKind | null; count: number }[];
  list: {
    verdict: NonNullable<DryRun['list']>['verdict'];
    /** How many would be missing from the list. */
    missing: number | null;
    text: string;
  } | null;
  text: string;
  results: {
    /** 1 is the first one sent. */
    row: number;
    outcome: TriedRow['outcome'];
    /** The earlier row that says the same. */
    repeats: number | null;
    text: string;
    effects: DryRunEffect[];
    problems: Problem[];
  }[];
}

export function dryRunView(feed: Feed, tried: DryRun, masked: boolean): DryRunView {
  const results = tried.rows.map((row) => {
    const effects = masked ? [] : effectsOf(row.events);
    const { outcome, repeats, problems } = row;
    return { row: row.row, outcome, repeats, text: rowText(row, masked ? null : effects), effects, problems };
  });
  const { list } = tried;
  return {
    feed,
    rows: tried.rows.length,
    counts: tried.counts,
    effects: tally(results),
    list: list && { ...list, text: listText(list) },
    text: sumText(tried),
    results,
  };
}

function tally(results: DryRunView['results']): DryRunView['effects'] {
  const sums = new Map<string, DryRunView['effects'][number]>();
  for (const { what, kind } of results.flatMap(({ effects }) => effects)) {
    const key = `${what} ${kind}`;
    const sum = sums.get(key) ?? { what, kind, count: 0 };
    sums.set(key, { ...sum, count: sum.count + 1 });
  }
  return [...sums.entries()].sort(by(([key]) => key)).map(([, sum]) => sum);
}
