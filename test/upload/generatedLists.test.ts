import { expect, test } from 'vitest';
import { SCHOOL_DROPOUT_COLUMNS } from '../../adapters/school-dropout/columns.ts';
import { columnsByHeading, headingKey } from '../../src/core/feedColumns.ts';
import { planColumns } from '../../src/upload/columns/columnPlan.ts';
import { listRows } from '../../src/upload/columns/listRows.ts';
import { readFile } from '../../src/upload/readFile.ts';
import { listFile } from './listFiles.ts';
import { sheetOf } from './reading.ts';

const known = columnsByHeading(SCHOOL_DROPOUT_COLUMNS);

function read(bytes: Buffer) {
  const isHeading = (text: string) => known.has(headingKey(text));
  const sheet = sheetOf(readFile(bytes, { sheet: null, isHeading }));
  const plan = planColumns(sheet.rows, SCHOOL_DROPOUT_COLUMNS, { constants: { type: 'Avbrudd' } });
  return listRows(sheet, SCHOOL_DROPOUT_COLUMNS, plan).rows.map(({ number, record, problems }) => ({
    number,
    record,
    problems: problems.map(({ field }) => field).sort(),
  }));
}

test('of a thousand files every row has the spreadsheet’s number, and no value is changed without a problem', () => {
  let rows = 0;
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const { name, bytes, expected } = listFile(seed);
    const sorted = expected.map((row) => ({ ...row, problems: [...row.problems].sort() }));
    expect(read(bytes), `seed ${seed}: ${name}`).toEqual(sorted);
    rows += expected.length;
  }
  expect(rows).toBeGreaterThan(5_000);
});
