import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters/index.ts';
import type { Verdict } from '../../src/core/feedAdapter.ts';
import { columnsByHeading, headingKey } from '../../src/core/feedColumns.ts';
import { countyNumber } from '../../src/core/organisation.ts';
import type { Problem } from '../../src/core/problem.ts';
import { cellValue } from '../../src/upload/columns/cellValue.ts';
import { person } from '../harness/persons.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';

const context = {
  county: countyNumber('40'),
  activations: {},
  environment: 'test' as const,
  pseudonym,
  nameTag,
  askedRef,
};

const lists = ADAPTERS.flatMap(({ columns, ...adapter }) =>
  columns === undefined ? [] : [{ ...adapter, columns }],
);

function judged(adapter: (typeof lists)[number], value: Record<string, unknown>) {
  const read = ADAPTERS.find(({ feed }) => feed === adapter.feed)?.read;
  return read?.({ value, received: '2026-10-07T08:00:00.000Z', envelope: null }, context);
}

function problemsOf(verdict: Verdict | undefined): readonly Problem[] {
  if (verdict?.kind === 'malformed') return verdict.problems;
  return verdict !== undefined && 'faults' in verdict ? (verdict.faults ?? []) : [];
}

/** A record as the template's example row gives it. */
function exampleRecord(
  { columns }: (typeof lists)[number],
  type: (typeof lists)[number]['columns']['types'][number],
) {
  const record: Record<string, unknown> = { type: type.code, fodselsnummer: person('P01').fodselsnummer };
  for (const [field, text] of Object.entries(type.example)) {
    const column = columns.columns.find((each) => each.field === field);
    if (column === undefined) throw new Error(`no column for ${field}`);
    const written = text === 'EKSEMPEL' ? person('P07').fodselsnummer : text;
    const read = cellValue(written, column, columns.types);
    if ('problem' in read) throw new Error(read.problem.text);
    record[field] = read.value;
  }
  return record;
}

describe.each(lists)('$feed', (adapter) => {
  const { columns } = adapter;

  test.each(columns.types)('the template’s example of $label is a record of the feed', (type) => {
    expect(judged(adapter, exampleRecord(adapter, type))).not.toMatchObject({ kind: 'malformed' });
  });

  test.each(columns.types)('the columns of $label are the fields that the feed knows of it', (type) => {
    const record = exampleRecord(adapter, type);
    for (const { field, types } of columns.columns) {
      const verdict = judged(adapter, { ...record, [field]: record[field] ?? '?' });
      const unknown = problemsOf(verdict).some(
        (each) => each.field === field && each.code === 'UNKNOWN_FIELD',
      );
      expect(unknown, `${field} of ${type.code}`).toBe(types !== null && !types.includes(type.code));
    }
  });

  test('no two columns share a heading, and every type that a column names is one of the feed', () => {
    const keys = columns.columns.flatMap(({ field, heading, also }) => [
      ...new Set([field, heading, ...also].map(headingKey)),
    ]);
    expect(keys.length).toBe(columnsByHeading(columns).size);
    const codes = columns.types.map(({ code }) => code);
    expect(
      columns.columns.flatMap(({ types }) => types ?? []).filter((type) => !codes.includes(type)),
    ).toEqual([]);
  });

  test('editions are numbered downwards and dated', () => {
    const { editions } = columns;
    expect(editions.map(({ edition }) => edition)).toEqual(editions.map((_, at) => editions.length - at));
    expect(editions.map(({ from }) => from)).toEqual(
      editions
        .map(({ from }) => from)
        .sort()
        .reverse(),
    );
  });
});

test('five feeds take lists', () => {
  expect(lists.map(({ feed }) => feed)).toEqual([
    'vigo-intake',
    'school-dropout',
    'apprenticeship',
    'private-school',
    'lower-secondary',
  ]);
});

test('headings are compared without case, spaces, punctuation, parentheses and accents of our own letters', () => {
  for (const written of [
    'Fødselsnummer',
    'FODSELSNUMMER',
    ' Fødsels-nummer (11 siffer) *',
    'fødsels nummer:',
  ])
    expect(headingKey(written)).toBe('fodselsnummer');
});
