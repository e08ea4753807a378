import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../harness/propertyRuns.ts';
import { left, type Provenance, story } from '../../harness/story.ts';

// What is taken back, sent again and taken back again, held against the rule in other words.

const at = (minute: number) => new Date(Date.UTC(2026, 9, 7, 6, minute)).toISOString();
const SCHOOL = { source: 'skole:40014' };

interface Step {
  minute: number;
  /** Of the event; null is an annulment. */
  version: number | null;
}

const steps = fc
  .uniqueArray(
    fc.record({ minute: fc.nat(600), version: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }) }),
    { selector: ({ minute }) => minute, minLength: 1, maxLength: 9 },
  )
  .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

const dateOf = (version: number) => `2026-09-0${version}`;

function lived(list: readonly Step[]): string[] {
  const youth = story({ born: '2009-03-14' });
  list.forEach(({ minute, version }) => {
    if (version === null)
      youth.when(at(minute), { kind: 'Annulled', annuls: 'a-1' }, { ...SCHOOL, id: `n-${minute}` });
    else
      youth.when(at(minute), left('40014', 'FV'), {
        ...SCHOOL,
        id: 'a-1',
        version,
        effective: dateOf(version),
      });
  });
  return youth.youth().registrations.map(({ effective }) => effective);
}

/** The newest version is current unless a source took it back after it was first sent; a first version never is. */
function expected(list: readonly Step[]): string[] {
  const newest = Math.max(0, ...list.map(({ version }) => version ?? 0));
  if (newest === 0) return [];
  const firstSent = Math.min(...list.filter(({ version }) => version === newest).map(({ minute }) => minute));
  const gone = list.some(({ minute, version }) => version === null && (newest === 1 || minute > firstSent));
  return gone ? [] : [dateOf(newest)];
}

it('A9 the newest version is current unless it was taken back after it was sent, in whatever order all of it is read', () => {
  fc.assert(
    fc.property(steps, ([list, shuffled]) => {
      expect(lived(shuffled)).toEqual(expected(list));
    }),
    runs(1_500),
  );
});

type Row = { reason: 'FV' | 'AS'; day: number } | null;

const rows = fc.array(
  fc.option(
    fc.record({ reason: fc.constantFrom('FV' as const, 'AS' as const), day: fc.integer({ min: 1, max: 3 }) }),
  ),
  { minLength: 1, maxLength: 8 },
);

const ROW = 'uten-id:avbrudd:2026-27::p';
const unnamed = (id: string, minute: number): Provenance => ({ ...SCHOOL, id, version: 1_000 + minute });

it('A11 of rows without an id the last word holds, however often it is said and taken back', () => {
  fc.assert(
    fc.property(rows, fc.boolean(), (list: readonly Row[], fromBefore) => {
      const youth = story({ born: '2009-03-14' });
      // An older program named rows by their content, and kept each of them.
      if (fromBefore)
        for (const [n, day] of ['11', '12'].entries())
          youth.when(at(n), left('40014', 'FV'), {
            ...SCHOOL,
            id: `innhold-${day}`,
            effective: `2026-09-${day}`,
          });
      list.forEach((row, n) => {
        const minute = 10 + n;
        if (row === null)
          youth.when(
            at(minute),
            { kind: 'Annulled', annuls: ROW },
            unnamed('uten-id:annullering:::p', minute),
          );
        else
          youth.when(at(minute), left('40014', row.reason), {
            ...unnamed(ROW, minute),
            effective: dateOf(row.day),
          });
      });
      const last = list.at(-1);
      const { registrations, facts } = youth.youth();
      expect(registrations.map(({ effective }) => effective)).toEqual(
        last && last.reason === 'FV' ? [dateOf(last.day)] : [],
      );
      expect(facts.filter(({ id }) => id === ROW).length).toBeLessThanOrEqual(1);
    }),
    runs(1_000),
  );
});

it('A11 a row that an older program named by its content is the same row: nothing doubles, and deadlines run on', () => {
  const youth = story({ born: '2009-03-14' });
  const before = { ...SCHOOL, id: 'innhold-11', effective: '2026-11-10' };
  youth.when(at(0), left('40014', 'FV'), before);
  const { deadlines } = youth.alert('NY_TILMELDING');
  // Sent again the next night, and read again from the topic by the program of today.
  expect(youth.when(at(60), left('40014', 'FV'), { ...unnamed(ROW, 60), effective: '2026-11-10' })).toEqual(
    [],
  );
  expect(youth.when(at(0), left('40014', 'FV'), { ...unnamed(ROW, 0), effective: '2026-11-10' })).toEqual([]);
  youth.when(at(120), left('40014', 'FV'), { ...unnamed(ROW, 120), effective: '2026-09-14' });
  expect(youth.youth().registrations.map(({ effective }) => effective)).toEqual(['2026-09-14']);
  expect(youth.alert('NY_TILMELDING').deadlines).toEqual(deadlines);
  youth.when(at(180), { kind: 'Annulled', annuls: ROW }, unnamed('uten-id:annullering:::p', 180));
  expect(youth.registrations()).toEqual([]);
  expect(youth.open()).toEqual([]);
});

it('A11 a row that an older program named by its content is annulled by what it is about', () => {
  const youth = story({ born: '2009-03-14' });
  youth.when(at(0), left('40014', 'FV'), { ...SCHOOL, id: 'innhold-11', effective: '2026-11-10' });
  youth.when(at(10), left('40014', 'FV'), { ...SCHOOL, id: 'innhold-12', effective: '2026-09-14' });
  expect(youth.youth().registrations.map(({ effective }) => effective)).toEqual(['2026-09-14']);
  youth.when(at(180), { kind: 'Annulled', annuls: ROW }, unnamed('uten-id:annullering:::p', 180));
  expect(youth.registrations()).toEqual([]);
  youth.wait('2026-10-20T06:00:00.000Z');
  expect(youth.open()).toEqual([]);
});
