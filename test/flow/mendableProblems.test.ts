import { beforeEach, describe, expect, test } from 'vitest';
import { WHOLE_COUNTY } from '../../src/core/access/permission.ts';
import type { Principal } from '../../src/core/access/principal.ts';
import { PROBLEM_CODES, type ProblemCode } from '../../src/core/problem.ts';
import { CELL_FAULTS, type CellFault } from '../../src/upload/sheet.ts';
import { bodyOf } from '../api/parts.ts';
import { apiInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import { type Written, workbookFile } from '../upload/workbookFile.ts';

// Of the problems that a row of a spreadsheet may have, which can be mended where they are shown, without a new file.

const NOW = '2026-10-07T08:00:00.000Z';
const [one, other] = crowd(5, 2).map(({ fodselsnummer }) => fodselsnummer);
if (one === undefined || other === undefined) throw new Error('no persons');

/** Headings and the cells of one row. */
type Row = Readonly<Record<string, Written | string>>;

interface Mending {
  code: ProblemCode;
  fault?: CellFault;
  feed?: string;
  /** In place of what a right row has; null: no such column. */
  wrong: Readonly<Record<string, Written | string | null>>;
  merged?: string;
  mend: Readonly<Record<string, string>>;
}

const DROPOUT: Row = {
  'Hva raden gjelder': 'Avbrudd',
  Fødselsnummer: one,
  Skolenummer: '40014',
  Avbruddsdato: '06.10.2026',
  Avbruddsårsak: 'FV',
};
const INTAKE: Row = {
  'Hva raden gjelder': 'Ikke møtt',
  Fødselsnummer: one,
  Skoleår: '2026-27',
  Dato: '17.08.2026',
  Skolenummer: '40014',
};
const date = { mend: { avbruddsdato: '06.10.2026' } };
const unreadable = (fault: CellFault, cell: Written): Mending => ({
  ...{ code: 'UNREADABLE_CELL', fault, wrong: { Avbruddsdato: cell } },
  ...date,
});

const MENDED: readonly Mending[] = [
  { code: 'UNKNOWN_TYPE', wrong: { 'Hva raden gjelder': 'Utmelding' }, mend: { type: 'Avbrudd' } },
  { code: 'UNKNOWN_FIELD', wrong: { Møtedato: '06.10.2026' }, mend: { motedato: '' } },
  { code: 'MISSING_FIELD', wrong: { Avbruddsdato: '' }, ...date },
  { code: 'MISSING_FIELD', wrong: { Skolenummer: null }, mend: { skolenummer: '40014' } },
  { code: 'INVALID_DATE', wrong: { Avbruddsdato: '6.10.26' }, ...date },
  { code: 'IMPOSSIBLE_DATE', wrong: { Avbruddsdato: '06.10.2099' }, ...date },
  { code: 'INVALID_VALUE', wrong: { Skolenummer: '014' }, mend: { skolenummer: '40014' } },
  {
    code: 'INVALID_IDENTITY_NUMBER',
    wrong: { Fødselsnummer: one.slice(0, 10) },
    mend: { fodselsnummer: one },
  },
  { code: 'UNKNOWN_CODE', wrong: { Avbruddsårsak: 'XX' }, mend: { avbruddsarsak: 'Feilvalg' } },
  { code: 'CODE_NOT_VALID_ON_DATE', wrong: { Avbruddsdato: '01.09.2022', Avbruddsårsak: 'IM' }, ...date },
  {
    ...{ code: 'WRONG_COUNTY', feed: 'vigo-intake', wrong: { Fylkesnummer: '39' } },
    mend: { fylkesnummer: '40' },
  },
  { code: 'FOREIGN_INSTITUTION', wrong: { Skolenummer: '40001' }, mend: { skolenummer: '40014' } },
  unreadable('no-result', { uncalculated: 'A1+1' }),
  unreadable('error-value', { error: '#N/A' }),
  { ...unreadable('merged', '06.10.2026' as never), merged: 'D2:D3', wrong: {} },
  unreadable('time', { number: '46301.5', style: 1 }),
  unreadable('no-date', { number: '60', style: 1 }),
  {
    ...{
      code: 'UNREADABLE_CELL',
      fault: 'rounded',
      wrong: { Fødselsnummer: { number: '1.48309899601E+20' } },
    },
    mend: { fodselsnummer: one },
  },
  unreadable('too-long', { text: 'x'.repeat(40_000) }),
];

/** Why not: what else must be done. */
const NOT_MENDED: Partial<Record<ProblemCode, string>> = {
  CELL_WITHOUT_COLUMN: 'the value is below no heading: which column it belongs to is seen in the file alone',
  SYNTHETIC_IN_PRODUCTION: 'the number is no person: the row is not to be sent',
  REAL_IN_TEST: 'a real person in a test: the row is not to be sent',
};

/** No row of a spreadsheet has these when it is checked. */
const NOT_OF_ROWS: Partial<Record<ProblemCode, string>> = {
  NOT_JSON: 'of bytes that a system sends',
  NOT_AVRO: 'of bytes that a system sends',
  UNKNOWN_SCHEMA: 'of bytes that a system sends',
  NUL_CHARACTER: 'a file with it is refused whole',
  TOO_LARGE: 'cells and columns are bounded when the file is read',
  UNSTORABLE: 'cells are bounded when the file is read',
  TOO_DEEP: 'a row is flat',
  NOT_AN_OBJECT: 'a row is one',
  REPEATED_FIELD: 'two columns for the same are asked about before the rows',
  WRONG_TYPE: 'a cell of another kind is UNREADABLE_CELL',
  INVALID_TIME: 'no column has a time of day',
  AMBIGUOUS_CODE: 'of OT codes, which no list has',
  INCOMPLETE_LIST: 'of lists that systems write',
  UNKNOWN_PERSON: 'of NAV’s registers',
  ANNULS_NOTHING: 'a note on the receipt: known when the row has been processed',
  TOOK_EFFECT: 'a note on the receipt: the row counts',
};

let pipeline: TestPipeline;
let api: ReturnType<typeof apiInMemory>;

beforeEach(async () => {
  pipeline = await createTestPipeline({ county: '40' });
  await pipeline.pass(NOW);
  api = apiInMemory(pipeline, () => NOW);
});

async function ask(method: string, path: string, body?: unknown) {
  const json =
    body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return bodyOf(await api.request(path, { method, ...json }));
}

/** The wrong row, and one that is right. */
async function opened({ feed = 'school-dropout', wrong, merged }: Mending): Promise<string> {
  const right = feed === 'vigo-intake' ? INTAKE : DROPOUT;
  const changed = { ...right, ...wrong };
  const first = Object.entries(changed).filter(([, cell]) => cell !== null);
  const second: Row = { ...right, Fødselsnummer: other ?? '' };
  const written = (cell: Written | string | undefined): Written =>
    typeof cell === 'string' ? { text: cell } : (cell ?? null);
  const bytes = workbookFile({
    sheets: [
      {
        rows: [
          { number: 1, cells: first.map(([heading]) => ({ text: heading })) },
          { number: 2, cells: first.map(([, cell]) => written(cell ?? undefined)) },
          { number: 3, cells: first.map(([heading]) => written(second[heading])) },
        ],
        merged: merged === undefined ? [] : [merged],
      },
    ],
  });
  const answer = await api.request(`feeds/${feed}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
  const { id, needs } = await bodyOf(answer);
  expect(needs).toBeNull();
  return `feeds/${feed}/uploads/${id}`;
}

/** A school's own access: rows about another are refused. */
function asSchool() {
  const permission = { ...WHOLE_COUNTY, reach: { kind: 'institutions' as const, institutions: ['40014'] } };
  const principal: Principal = {
    ...{ kind: 'person', name: 'a', key: 'a', person: 'a' as never, roles: [], high: true },
    ...{ authenticated: NOW, session: 'session', orgnrs: [], groups: [] },
  };
  const decide = () => ({ permitted: true as const, permission });
  api = apiInMemory(pipeline, () => NOW, {
    access: { principalOf: () => principal, decide, challenge: 'Bearer' },
  });
}

test.each(MENDED)('$code $fault is mended on the screen', async (mending) => {
  if (mending.code === 'FOREIGN_INSTITUTION') asSchool();
  const at = await opened(mending);
  const { results } = await ask('GET', `${at}/check`);
  const row = results.find((each: { row: number }) => each.row === 2);
  expect(row?.problems.map(({ code }: { code: string }) => code)).toContain(mending.code);
  await ask('PATCH', `${at}/rows/2`, { fields: mending.mend });
  const after = await ask('GET', `${at}/check`);
  expect(after.results.filter((each: { row: number }) => each.row === 2)).toEqual([]);
});

describe('the catalogue of problems', () => {
  test('is whole: each is mended, cannot be, or is none of a row’s', () => {
    const mended = MENDED.map(({ code }) => code);
    const all = [...mended, ...Object.keys(NOT_MENDED), ...Object.keys(NOT_OF_ROWS)];
    expect([...new Set(all)].sort()).toEqual([...PROBLEM_CODES].sort());
    expect(Object.keys(NOT_MENDED).filter((code) => mended.some((each) => each === code))).toEqual([]);
    expect(MENDED.flatMap(({ fault }) => fault ?? []).sort()).toEqual([...CELL_FAULTS].sort());
  });

  test('of those that a row may have at least four in five can be mended on the screen', () => {
    const kinds = new Set(MENDED.map(({ code, fault }) => `${code} ${fault}`)).size;
    expect(kinds / (kinds + Object.keys(NOT_MENDED).length)).toBeGreaterThanOrEqual(0.8);
  });
});
