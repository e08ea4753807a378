import type { Build } from '../build.ts';
import type { Cost } from '../cost.ts';
import { median } from '../turns.ts';
import { type Delay, LOADS, type Measured } from './measured.ts';

const FIGURES: readonly (readonly [name: string, of: (cost: Cost) => number | null, digits: number])[] = [
  ['records/s', (cost) => cost.eventsPerSecond, 0],
  ['µs of the program', (cost) => cost.app, 1],
  ['µs of the broker', (cost) => cost.broker, 1],
  ['µs of the database', (cost) => cost.database, 1],
  ['µs in all', (cost) => cost.app + cost.broker + cost.database, 1],
  ['MB at most', (cost) => cost.peakMegabytes, 0],
  ['bytes of log', (cost) => cost.walBytes, 0],
  ['bytes allocated', (cost) => cost.allocatedBytes, 0],
];

/** One line for each figure of each load: both builds' medians, and the first's share of the second's. Per record, but for
 *  records/s and MB. */
export function comparisonTable(
  builds: readonly [Build, Build],
  measured: readonly Measured[],
  delays: readonly Delay[],
): string[] {
  const head = row('', '', ...builds.map(({ name }) => name), 'ratio');
  const loads = LOADS.flatMap((load) =>
    FIGURES.map(([name, of, digits]) => {
      const values = builds.map((build) =>
        measured.flatMap((each) =>
          each.load === load && each.build === build ? (of(each.cost) ?? Number.NaN) : [],
        ),
      );
      return figure(load, name, values, digits);
    }),
  );
  const times = (['p50', 'p99'] as const).map((share) => {
    const values = builds.map((build) => delays.flatMap((each) => (each.build === build ? each[share] : [])));
    return figure('500 records/s', `ms ${share}`, values, 1);
  });
  return [head, ...[...loads, ...times].filter((line) => line !== undefined)];
}

/** @returns undefined where there is nothing to show */
export function figure(
  load: string,
  name: string,
  [one = [], other = []]: readonly (readonly number[])[],
  digits: number,
): string | undefined {
  const [ours, theirs] = [median(one), median(other)];
  if (Number.isNaN(ours) || Number.isNaN(theirs)) return undefined;
  return row(load, name, ours.toFixed(digits), theirs.toFixed(digits), (ours / theirs).toFixed(2));
}

function row(load: string, name: string, ...values: string[]): string {
  return [load.padEnd(30), name.padEnd(22), ...values.map((value) => value.padStart(12))].join('');
}
