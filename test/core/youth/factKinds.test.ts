import { expect, test } from 'vitest';
import { FACT_KINDS, type FactKind } from '../../../src/core/youth/factKinds.ts';
import { sources, uncommented } from '../../architecture/sources.ts';

const kinds = Object.entries<{ stored: number; fields: object; optionalFrom?: number }>(FACT_KINDS);

test('the numbers and fields of stored facts are only appended to', () => {
  const rows = kinds
    .sort(([, one], [, other]) => one.stored - other.stored)
    .map(([kind, { stored, fields, optionalFrom }]) => {
      const names = Object.keys(fields).map((name, place) =>
        place >= (optionalFrom ?? 99) ? `${name}?` : name,
      );
      return `${stored} ${kind} ${names.join(' ')}`.trimEnd();
    });
  // 2 was NoPlace.
  expect(rows).toMatchInlineSnapshot(`
    [
      "0 NotApplied schoolYear",
      "1 PlaceDeclined schoolYear code institution",
      "3 NoShow schoolYear institution",
      "4 Applied schoolYear",
      "5 Left training institution reason list lostRight",
      "6 Started training institution hovedskole",
      "7 AtRisk institution meeting",
      "8 Annulled annuls upTo?",
      "9 ContactAttempt channel answered answeredBy? reason? schoolYear? letter?",
      "10 Contact via reason schoolYear?",
      "11 AdviserStatus schoolYear code list viaOt grounds unit override",
      "12 Recode schoolYear tilmeldingskode",
      "13 RegisterSeen code list unit",
      "14 ContractSeen institution from to",
      "15 Absent list run",
      "16 NavMatch batch month answer office",
      "17 Consent side party state at validTo legalBasis scope? guardians?",
      "18 Residence municipality",
      "19 Emigrated",
      "20 Protection grade",
      "21 PupilSeen institution from to",
      "22 WithoutPlans schoolYear institution meeting",
      "23 Referral by",
      "24 Measure provider content to",
      "25 Handover toCounty answer unit",
      "26 Renumbered numberRefs",
      "27 Present list run",
      "28 Wish schoolYear code institution",
      "29 NavAsked batch month",
      "32 NavRegister about state measure to office",
    ]
  `);
});

test('no two kinds have one number in stored facts', () => {
  const numbers = kinds.map(([, { stored }]) => stored);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('a kind without its row, a row without a field and a field that is no code are type errors', () => {
  const { Left: _left, ...without } = FACT_KINDS;
  // @ts-expect-error a kind is missing
  const kind: typeof FACT_KINDS = without;
  // @ts-expect-error `run` is missing
  const field: (typeof FACT_KINDS)['Absent']['fields'] = { list: 'liste' };
  // @ts-expect-error a list of keywords is never shown
  const shown: (typeof FACT_KINDS)['AdviserStatus']['fields']['grounds'] = 'grunnlag';
  expect([kind, field, shown]).toHaveLength(3);
});

test('a kind that no rule treats apart is named by its type, its row and its words, and nowhere else', () => {
  const machinery = sources(['src']).filter(({ path }) => !THINKING.test(path));
  for (const kind of ['Emigrated', 'Referral', 'Measure', 'Recode', 'Handover'] satisfies FactKind[]) {
    const name = new RegExp(`\\b${kind}\\b`);
    const naming = machinery.filter((source) => name.test(uncommented(source))).map(({ path }) => path);
    expect(naming, kind).toEqual([
      'src/console/text/codes.ts',
      'src/core/youth/factKinds.ts',
      'src/core/youth/statusEvent.ts',
    ]);
  }
});

/** What decides on a fact, or counts it. */
const THINKING = /^src\/core\/(rules|worklist|letters|report|derive)\/(?!facts\/)/;
