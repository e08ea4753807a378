import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters/index.ts';
import { ASKED_ONCE, formColumns, helpOf } from '../../src/console/pages/report/fields.ts';
import { NYNORSK_FIELDS } from '../../src/console/text/report.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { adapterContext } from '../../src/pipeline/adapterContext.ts';
import { createVault } from '../../src/store/vault.ts';
import { FEED_NAMES } from '../../src/text/names.ts';
import { rowOfFields } from '../../src/upload/columns/filledRow.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// Form, template and parser are made of the same columns.

const lists = ADAPTERS.flatMap(({ columns, ...adapter }) =>
  columns === undefined ? [] : [{ ...adapter, columns }],
);
const reports = lists.flatMap(({ columns, ...adapter }) =>
  columns.types.map((type) => ({ name: `${adapter.feed} ${type.code}`, adapter, columns, type })),
);
const context = adapterContext({
  ...{ org: orgId('telemarkfylke-no'), environment: 'test' as const },
  ...{ vault: createVault(Buffer.alloc(32, 7)), policy: defaultPolicy(countyNumber('40')) },
});
const [person, former] = crowd(5, 2).map(({ fodselsnummer }) => fodselsnummer);

/** The template's example of the type, with a person, as a form would send it. */
function example({ columns, type }: (typeof reports)[number]): Record<string, string> {
  const coded = columns.columns.flatMap(({ field, codes }) => {
    const written = type.example[field];
    const code = codes?.('2026-10-07').find(({ code, text }) => written === text || written === code);
    return written === undefined || code === undefined ? [] : [[field, code.code] as const];
  });
  const number = type.example.tidligereNummer === undefined ? {} : { tidligereNummer: former ?? '' };
  return {
    ...{ type: type.code, fodselsnummer: person ?? '' },
    ...{ ...type.example, ...Object.fromEntries(coded), ...number },
  };
}

function read(report: (typeof reports)[number], typed: Record<string, string>) {
  const row = rowOfFields(report.columns, typed);
  const record = { value: row.record, received: '2026-10-07T07:12:00.000Z', envelope: null };
  return { problems: row.problems, verdict: report.adapter.read(record, context) };
}

describe.each(reports)('the form of $name', (report) => {
  const { columns, type, adapter } = report;
  const { main, apart } = formColumns(columns, type.code);
  const asked = [...main, ...apart].map(({ field }) => field);

  test('asks for every column that the type has in the template, and for no other', () => {
    const template = columns.columns
      .filter(({ types }) => types === null || types.includes(type.code))
      .map(({ field }) => field);
    expect([...asked, ...ASKED_ONCE, 'type'].toSorted()).toEqual(template.toSorted());
    expect(Object.keys(type.example).filter((field) => !asked.includes(field))).toEqual([]);
  });

  test('sends what the feed reads: the example of the template is accepted', () => {
    const { problems, verdict } = read(report, example(report));
    expect(problems).toEqual([]);
    expect(['event', 'listed', 'renumbered']).toContain(verdict.kind);
    expect('faults' in verdict ? verdict.faults : []).toEqual([]);
  });

  test('offers only codes that the feed knows', () => {
    for (const { field, codes } of [...main, ...apart])
      for (const { code } of codes?.('2026-10-07') ?? []) {
        const { verdict } = read(report, { ...example(report), annullerer: '', [field]: code });
        const found = verdict.kind === 'malformed' ? verdict.problems : [];
        expect(found.filter((problem) => problem.field === field)).toEqual([]);
      }
  });

  test('needs an id of the sender where its columns say so, and nowhere else', () => {
    const { id: _id, ...unnamed } = example(report);
    const { verdict } = read(report, unnamed);
    const missing = verdict.kind === 'malformed' && verdict.problems.some(({ field }) => field === 'id');
    const takesEffect = 'faults' in verdict && verdict.faults !== undefined && verdict.faults.length > 0;
    expect(missing || takesEffect).toBe(columns.ids === 'own');
    expect(asked.includes('id') || adapter.feed === 'private-school').toBe(true);
  });

  test('has its names, helps and choices in nynorsk', () => {
    const words = [
      type.label,
      ...[...main, ...apart].flatMap((column) => [
        column.heading,
        // A choice is its own help.
        ...(column.codes === undefined ? [helpOf(column)] : []),
      ]),
    ];
    expect(words.filter((word) => NYNORSK_FIELDS[word] === undefined)).toEqual([]);
  });
});

test('every feed has a name in both languages', () => {
  for (const names of Object.values(FEED_NAMES))
    expect(Object.keys(names).toSorted()).toEqual([...FEEDS].toSorted());
});

test('no nynorsk name is left over', () => {
  const used = new Set([
    ...lists.flatMap(({ columns }) => [
      ...columns.types.map(({ label }) => label),
      ...columns.columns.flatMap((column) => [
        column.heading,
        helpOf(column),
        ...(column.codes?.('2026-10-07') ?? []).map(({ text }) => text),
      ]),
    ]),
  ]);
  expect(Object.keys(NYNORSK_FIELDS).filter((word) => !used.has(word))).toEqual([]);
});
