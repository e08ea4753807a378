import { html } from 'hono/html';
import type { Html } from '../frame/fragments.ts';

// Horizontal bars from data: no library, the values printed, and the table after it says the same.

export interface BarChart {
  /** Read aloud in place of the drawing. */
  label: string;
  /** Names of the bars of a row, at most three. */
  series: readonly string[];
  rows: readonly {
    label: string;
    /** One for each of the series; null: hidden or not there. */
    values: readonly (number | null)[];
  }[];
  /** As a value is printed. */
  number(value: number): string;
  /** In place of a value that is not shown. */
  missing: string;
}

const WIDTH = 640;
/** To the right of the longest bar, for its value. */
const VALUE_WIDTH = 90;
const LABEL_HEIGHT = 22;
const BAR_HEIGHT = 16;
const BAR_STEP = 20;
const ROW_GAP = 10;
const LEGEND_HEIGHT = 28;

/** All bars have one scale, from 0 to the largest value. */
export function bars({ label, series, rows, number, missing }: BarChart): Html {
  const largest = Math.max(1, ...rows.flatMap(({ values }) => values.flatMap((value) => value ?? [])));
  const scale = (WIDTH - VALUE_WIDTH) / largest;
  const legend = series.length > 1 ? LEGEND_HEIGHT : 0;
  const rowHeight = LABEL_HEIGHT + series.length * BAR_STEP + ROW_GAP;
  const height = legend + rows.length * rowHeight;
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">
${legend === 0 ? '' : legendOf(series)}${rows.map(
  (row, at) => html`<g transform="translate(0 ${legend + at * rowHeight})"><text y="15">${row.label}</text>
${row.values.map((value, bar) => {
  const top = LABEL_HEIGHT + bar * BAR_STEP;
  const length = value === null ? 0 : round(value * scale);
  return html`<rect class="bar-${bar}" y="${top}" width="${length}" height="${BAR_HEIGHT}"/><text class="value" x="${length + 6}" y="${top + 13}">${value === null ? missing : number(value)}</text>
`;
})}</g>
`,
)}</svg>
`;
}

function legendOf(series: readonly string[]): Html {
  const step = Math.floor(WIDTH / series.length);
  return html`${series.map(
    (name, at) =>
      html`<rect class="bar-${at}" x="${at * step}" width="${BAR_HEIGHT}" height="${BAR_HEIGHT}"/><text x="${at * step + 22}" y="13">${name}</text>
`,
  )}`;
}

/** Tenths of a unit are finer than a screen shows. */
function round(length: number): number {
  return Math.round(length * 10) / 10;
}
