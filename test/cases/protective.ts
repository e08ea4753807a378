import { expect } from 'vitest';
import { type Person, person } from '../scenarios/cast.ts';
import { crowd } from '../scenarios/crowd.ts';
import { contracts } from '../scenarios/nightlyList.ts';
import type { Scenarios } from '../scenarios/scenario.ts';
import { staged } from '../scenarios/staged.ts';

const P10 = person('P10');

/** B1–B3: what protects takes effect; sentinel dates. */
export const PROTECTIVE: Scenarios = {
  'case B3: a contract until 31.12.9999 is a contract without an end, and its list is concluded from': staged(
    { county: '15' },
    async (stage) => {
      const others = crowd(20, { first: '2005-01-01', last: '2008-12-31' });
      const night = (date: string, people: readonly Person[]) => {
        const { kontrakter, ...rest } = contracts(people) as { kontrakter: object[] };
        const open = kontrakter.map((row) => ({ ...row, slutt: '31.12.9999' }));
        return stage.list(`${date}T00:05:00.000Z`, 'apprenticeship', { ...rest, kontrakter: open });
      };
      await night('2026-10-01', [...others, P10]);
      expect((await stage.youth(P10.fodselsnummer))?.facts).toMatchObject([
        { kind: 'ContractSeen', from: '2025-08-15', to: null },
      ]);
      expect(await stage.quarantine()).toEqual([]);
      for (const date of ['2026-10-02', '2026-10-03']) await night(date, others);
      expect((await stage.youth(P10.fodselsnummer))?.facts).toContainEqual(
        expect.objectContaining({ kind: 'Absent', list: 'laktiv' }),
      );
    },
  ),
};
