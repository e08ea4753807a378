import { describe, expect, test } from 'vitest';
import { countyNumber } from '../../../src/core/organisation.ts';
import type { FactBody } from '../../../src/core/youth/statusEvent.ts';
import { contact, left, status } from '../../harness/story.ts';
import { type Register, registerOf, rowsOf, shown } from '../../harness/storyReports.ts';

const handover: FactBody = {
  kind: 'Handover',
  toCounty: countyNumber('40'),
  answer: 'GODTATT',
  unit: '40201',
};
const ALL = { name: 'national', county: '39', others: ['39', '40'] } as const;

/** P12 open in Vestfold, and accepted in Telemark on 15 February. */
function p12(accepted: boolean): { 39: Register; 40: Register } {
  const registers = { 39: registerOf('39'), 40: registerOf('40') };
  const old = registers[39].youth('p12', { born: '2006-10-30' });
  old.when('2026-09-10T08:00:00Z', left('39014', 'FV'));
  old.when('2026-09-14T08:00:00Z', contact);
  old.when('2026-09-15T08:00:00Z', status('2026-27', 'OTOV'));
  registers[39].youth('stays').when('2026-09-10T08:00:00Z', left('39014', 'FV'));
  registers[40].youth('other').when('2026-09-10T08:00:00Z', left('40014', 'FV'));
  if (accepted) {
    const provenance = { effective: '2027-02-15' };
    old.when('2027-02-15T08:00:00Z', handover, provenance);
    registers[40].youth('p12', { born: '2006-10-30' }).when('2027-02-15T08:00:00Z', handover, provenance);
  }
  return registers;
}

const records = (registers: { 39: Register; 40: Register }) => ({
  39: registers[39].records(),
  40: registers[40].records(),
});

describe('U03 one youth, two counties', () => {
  test('the country counts the youth once, in the county that owns it on the day', async () => {
    const both = records(p12(true));
    const before = rowsOf(await shown(both, { ...ALL, on: '2027-02-14' }), 'fylker');
    expect(before['39']).toMatchObject({ registrert: 2, talt: 2, andreSteder: 0 });
    expect(before.Alle).toMatchObject({ registrert: 3, talt: 3, malgruppe: 3 });
    const after = rowsOf(await shown(both, { ...ALL, on: '2027-02-28' }), 'fylker');
    expect(after['39']).toMatchObject({ registrert: 2, talt: 1, andreSteder: 1 });
    expect(after['40']).toMatchObject({ registrert: 2, talt: 2, andreSteder: 0 });
    expect(after.Alle).toMatchObject({ registrert: 4, andreSteder: 1, talt: 3 });
  });

  test('the county’s own figures follow the owner, with the reason in the reconciliation', async () => {
    const both = records(p12(true));
    const asked = { name: 'reconciliation', county: '39', on: '2027-02-28' } as const;
    const rows = rowsOf(await shown(both, asked), 'avstemming');
    expect(rows['− Et annet fylke har overtatt']?.tilmeldt).toBe(1);
    expect(rows['I Udirs tall']?.tilmeldt).toBe(1);
  });

  test('it does not matter which county asks', async () => {
    const both = records(p12(true));
    const one = await shown(both, { ...ALL, on: '2027-02-28' });
    const other = await shown(both, { ...ALL, county: '40', on: '2027-02-28' });
    expect(other.tables).toEqual(one.tables);
  });

  test('two counties that both say that the youth is theirs still make one youth', async () => {
    const registers = p12(false);
    registers[40].youth('p12', { born: '2006-10-30' }).when('2026-10-10T08:00:00Z', left('40014', 'FV'));
    const rows = rowsOf(await shown(records(registers), { ...ALL, on: '2027-02-28' }), 'fylker');
    expect(rows.Alle).toMatchObject({ registrert: 4, talt: 3, andreSteder: 1 });
    // OT in 39 has worked with the youth.
    expect(rows['39']?.talt).toBe(2);
  });

  test('a youth that a county on another bridge has taken over is not lost', async () => {
    const { 39: only } = p12(true);
    const rows = rowsOf(
      await shown({ 39: only.records() }, { ...ALL, others: ['39'], on: '2027-02-28' }),
      'fylker',
    );
    expect(rows.Alle).toMatchObject({ registrert: 2, talt: 2 });
  });
});

describe('A13 a yes in the summer before', () => {
  const NOVEMBER = { ...ALL, on: '2027-11-15', today: '2027-11-20' } as const;
  /** A non-applicant for 2027-28 in Vestfold, taken over on the date. */
  const takenOver = (on: string) => {
    const registers = { 39: registerOf('39'), 40: registerOf('40') };
    const [old, next] = [registers[39], registers[40]].map((each) =>
      each.youth('p12', { born: '2006-10-30' }),
    );
    const list: FactBody = { kind: 'NotApplied', schoolYear: '2027-28' };
    old?.when('2027-03-16T08:00:00Z', list, { effective: '2027-03-15' });
    for (const story of [old, next]) story?.when(`${on}T08:00:00Z`, handover, { effective: on });
    return records(registers);
  };

  test('counts the youth in the new county for the coming year, and in no other', async () => {
    const rows = rowsOf(await shown(takenOver('2027-06-20'), NOVEMBER), 'fylker');
    expect(rows['39']).toMatchObject({ registrert: 1, talt: 0, andreSteder: 1 });
    expect(rows['40']).toMatchObject({ registrert: 1, talt: 1, andreSteder: 0 });
    expect(rows.Alle).toMatchObject({ registrert: 2, talt: 1 });
  });

  test('the giver counts the youth in a year that the yes is not about (Q17)', async () => {
    const rows = rowsOf(await shown(takenOver('2027-02-20'), NOVEMBER), 'fylker');
    expect(rows['39']).toMatchObject({ registrert: 1, talt: 1 });
    expect(rows['40']).toMatchObject({ registrert: 0, talt: 0 });
    expect(rows.Alle).toMatchObject({ registrert: 1, talt: 1 });
  });
});

describe('D01 an address under the strictest protection', () => {
  const hidden: FactBody = { kind: 'Protection', grade: 'STRENGT_FORTROLIG' };
  const counties = (grade: FactBody | null) => {
    const registers = { 39: registerOf('39'), 40: registerOf('40') };
    for (const county of ['39', '40'] as const) {
      for (let n = 0; n < 30; n += 1)
        registers[county].youth(`${county}-${n}`).when('2026-09-10T08:00:00Z', left(`${county}014`, 'FV'));
    }
    const alone = registers[40].youth('p08', { born: '1999-09-17' });
    alone.when('2026-09-10T08:00:00Z', left('40014', 'FV'));
    if (grade !== null) alone.when('2027-03-01T08:00:00Z', grade, { effective: '2027-03-01' });
    return records(registers);
  };
  const ask = { ...ALL, on: '2027-02-15', today: '2027-03-02' } as const;
  const cell = async (grade: FactBody | null, name: string) => {
    const sheet = await shown(counties(grade), ask);
    const row = sheet.tables[0]?.rows.find(({ values }) => values.fylke === '40');
    return { value: row?.values[name], hidden: row?.hidden.includes(name) };
  };

  test('OT in other counties sees small figures, and none that would disclose where a person in hiding is', async () => {
    expect(await cell(null, 'overGrensen')).toEqual({ value: 1, hidden: false });
    expect(await cell(hidden, 'overGrensen')).toEqual({ value: null, hidden: true });
  });

  test('the figure cannot be had from the others of its row and column either', async () => {
    const sheet = await shown(counties(hidden), ask);
    const rows = sheet.tables[0]?.rows ?? [];
    const row = rows.find(({ values }) => values.fylke === '40');
    const total = rows.find(({ values }) => values.fylke === 'Alle');
    expect(row?.hidden.length).toBeGreaterThan(1);
    expect(total?.hidden).toContain('overGrensen');
  });

  test('what is known of the address today decides, also in a report on an earlier day', async () => {
    const earlier = { ...ask, today: '2027-03-02', on: '2026-11-15' } as const;
    const sheet = await shown(counties(hidden), earlier);
    expect(sheet.tables[0]?.rows.flatMap((row) => row.hidden)).toContain('overGrensen');
  });

  test('lists point out no person who is in hiding', async () => {
    const sheet = await shown(counties(hidden), {
      name: 'reconciliation',
      on: '2027-02-15',
      today: '2027-03-02',
    });
    const { rows = [] } = sheet.tables.find(({ name }) => name === 'utelatt') ?? {};
    expect(rows.map(({ values }) => values.ungdom)).toEqual([null]);
    expect(JSON.stringify(sheet)).not.toContain('p08');
  });
});
