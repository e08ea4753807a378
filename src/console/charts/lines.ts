import { html } from 'hono/html';
import type { Html } from '../frame/fragments.ts';

// Lines over time from data: no library, each with its name and last value where it ends, and the table after it says the
// same.

export interface LineChart {
  /** Read aloud in place of the drawing. */
  label: string;
  /** Of the points, from left to right; the first and the last are printed. */
  points: readonly string[];
  series: readonly {
    name: string;
    /** One for each point; null: hidden or not there, and the line breaks. */
    values: readonly (number | null)[];
  }[];
  /** As a value is printed. */
  number(value: number): string;
  /** In place of a last value that is not shown. */
  missing: string;
}

const WIDTH = 640;
const PLOT = { left: 48, right: 330, top: 16, bottom: 256 };
const HEIGHT = PLOT.bottom + 28;
/** Between the names at the ends of lines. */
const NAME_STEP = 18;

/** All lines have one scale, from 0 to the largest value. */
export function lines({ label, points, series, number, missing }: LineChart): Html {
  const largest = Math.max(1, ...series.flatMap(({ values }) => values.flatMap((value) => value ?? [])));
  const x = (at: number) =>
    round(PLOT.left + (points.length < 2 ? 0 : (at * (PLOT.right - PLOT.left)) / (points.length - 1)));
  const y = (value: number) => round(PLOT.bottom - (value * (PLOT.bottom - PLOT.top)) / largest);
  const names = placed(series.map(({ values }) => y(values.findLast((value) => value !== null) ?? 0)));
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
<path class="axis" d="M${PLOT.left} ${PLOT.top}V${PLOT.bottom}H${PLOT.right}"/><text class="value" x="${PLOT.left - 6}" y="${PLOT.bottom}" text-anchor="end">0</text><text class="value" x="${PLOT.left - 6}" y="${PLOT.top + 5}" text-anchor="end">${number(largest)}</text>
<text x="${PLOT.left}" y="${HEIGHT - 8}">${points[0] ?? ''}</text><text x="${PLOT.right}" y="${HEIGHT - 8}" text-anchor="end">${points.length > 1 ? points.at(-1) : ''}</text>
${series.map(({ name, values }, at) => {
  const last = values.at(-1) ?? null;
  const end = names[at] ?? PLOT.bottom;
  return html`<path class="line line-${at}" d="${pathOf(values, x, y)}"/><path class="line line-${at}" d="M${PLOT.right + 6} ${end}h18"/><text class="name" x="${PLOT.right + 30}" y="${end + 5}">${name}: ${last === null ? missing : number(last)}</text>
`;
})}</svg>
`;
}

/** Strokes between points that follow each other; a point alone is a short one. */
function pathOf(
  values: readonly (number | null)[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, at) => {
      if (value === null) return '';
      const before = values[at - 1] ?? null;
      if (before !== null) return `L${x(at)} ${y(value)}`;
      return (values[at + 1] ?? null) === null ? `M${x(at)} ${y(value)}h2` : `M${x(at)} ${y(value)}`;
    })
    .join('');
}

/** Heights at which names do not cover each other, in the order of their lines. */
function placed(heights: readonly number[]): number[] {
  const order = heights.map((height, at) => ({ height, at })).sort((one, other) => one.height - other.height);
  const found: number[] = [];
  let free = PLOT.top;
  for (const { height, at } of order) {
    found[at] = Math.max(height, free);
    free = found[at] + NAME_STEP;
  }
  // Pushed below the drawing, all move up together from the last.
  let most = PLOT.bottom;
  for (const { at } of order.toReversed()) {
    found[at] = Math.min(found[at] ?? most, most);
    most = found[at] - NAME_STEP;
  }
  return found;
}

/** Tenths of a unit are finer than a screen shows. */
function round(length: number): number {
  return Math.round(length * 10) / 10;
}
