import { expect } from 'vitest';
import { contact, status } from '../harness/feedRecords.ts';
import {
  answer,
  asked,
  bothSides,
  COUNTY,
  consent,
  delivery,
  fetched,
  followed,
  withdrawn,
} from '../harness/navMonth.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// A notice to NAV of each row that it may no longer use: once, and of nothing else.

const P01 = person('P01');
const OCTOBER = '2026-10-05T08:00:00.000Z';
const EXTRACT = '2026-11-02T08:00:00.000Z';
const ENDS = '2026-11-04T10:30:00.000Z';

export const NAV_WITHDRAWALS: Scenarios = {
  'N02c NAV is told once of each row that it may no longer use: a consent withdrawn or run out, a graded address':
    staged(COUNTY, async (stage) => {
      const [withdraws, ends, graded, notB, stays] = crowd(61, 5) as [Person, Person, Person, Person, Person];
      const all = [withdraws, ends, graded, notB, stays];
      await followed(
        stage,
        all,
        all.flatMap((who) => bothSides(who, OCTOBER, who === ends ? { gyldigTil: ENDS } : {})),
      );
      const ids = await asked(stage, EXTRACT, '2026-11');
      const idOf = ({ fodselsnummer }: Person) => ids.get(fodselsnummer) ?? '';
      expect([ids.size, await stage.told(0)]).toEqual([5, []]);
      const at = '2026-11-02T14:00:00.000Z';
      await stage.send(
        at,
        'consent',
        consent(withdraws, 'A', 'TRUKKET', at),
        consent(notB, 'B', 'TRUKKET', at),
      );
      expect(await stage.told(1)).toEqual([idOf(withdraws)]);
      await stage.send('2026-11-03T08:00:00.000Z', 'folkeregister', {
        ...{ id: 'fr-61', type: 'adressebeskyttelse', fodselsnummer: graded.fodselsnummer },
        ...{ dato: '2026-11-03', gradering: 'FORTROLIG' },
      });
      expect(await stage.told(2)).toEqual([withdraws, graded].map(idOf).sort());
      // Not a moment before it ends, and nothing is written of the youth when it does.
      await stage.pass('2026-11-04T10:29:59.999Z');
      expect(await stage.told(2)).toHaveLength(2);
      await stage.pass(ENDS);
      const three = [withdraws, graded, ends].map(idOf).sort();
      expect(await stage.told(3)).toEqual(three);
      // What NAV asks for is the same; that it asks, answers, or time goes by publishes nothing again.
      expect((await withdrawn(stage, 'B-2026-11')).sort()).toEqual(three);
      expect([...(await fetched(stage, 'B-2026-11')).keys()].sort()).toEqual(
        [notB, stays].map(({ fodselsnummer }) => fodselsnummer).sort(),
      );
      const back = '2026-11-05T08:00:00.000Z';
      await stage.send(back, 'consent', consent(withdraws, 'A', 'SAMTYKKET', back));
      const answers = all.map((who) => answer('2026-11', who, { matchId: idOf(who) }));
      await stage.rows('2026-11-06T08:00:00.000Z', 'nav-match', delivery('2026-11', answers));
      await stage.pass('2026-11-09T08:00:00.000Z');
      expect(await stage.told(3)).toEqual(three);
    }),

  'N06b on the 18th birthday NAV is told of the row that a guardian’s consent let OT ask about': staged(
    COUNTY,
    async (stage) => {
      await followed(stage, [P01], bothSides(P01, OCTOBER, { part: 'FORESATT' }));
      const ids = await asked(stage, '2027-03-10T08:00:00.000Z', '2027-03');
      await stage.pass('2027-03-13T22:59:59.000Z');
      expect(await stage.told(0)).toEqual([]);
      await stage.pass('2027-03-13T23:00:00.000Z');
      expect(await stage.told(1)).toEqual([...ids.values()]);
    },
  ),

  'N08c of what is withdrawn after the agreement has ended NAV is told all the same': staged(
    { ...COUNTY, agreedTo: '2026-11-30' },
    async (stage) => {
      const [who] = crowd(62, 1) as [Person];
      await followed(stage, [who], bothSides(who, OCTOBER));
      const ids = await asked(stage, EXTRACT, '2026-11');
      await stage.pass('2026-12-01T12:00:00.000Z');
      expect(await stage.told(0)).toEqual([]);
      const at = '2026-12-02T08:00:00.000Z';
      await stage.send(at, 'consent', consent(who, 'A', 'TRUKKET', at));
      expect(await stage.told(1)).toEqual([...ids.values()]);
    },
  ),

  'N02d a youth in two months’ lists is told of in both, and one who leaves the target group too': staged(
    COUNTY,
    async (stage) => {
      const [withdraws, back] = crowd(63, 2) as [Person, Person];
      const both = [withdraws, back];
      await followed(
        stage,
        both,
        both.flatMap((who) => bothSides(who, OCTOBER)),
      );
      const november = await asked(stage, EXTRACT, '2026-11');
      const december = await asked(stage, '2026-12-01T08:00:00.000Z', '2026-12');
      const idsOf = (...persons: Person[]) =>
        [november, december]
          .flatMap((list) => persons.map(({ fodselsnummer }) => list.get(fodselsnummer) ?? ''))
          .sort();
      const at = '2026-12-02T08:00:00.000Z';
      await stage.send(at, 'consent', consent(withdraws, 'A', 'TRUKKET', at));
      expect(await stage.told(2)).toEqual(idsOf(withdraws));
      await stage.send(at, 'ot-adviser', contact(back, '2026-12-02', { kilde: 'ot:46201' }));
      const leaves = status(back, '2026-12-03', 'OTLL-IM', { kilde: 'ot:46201' });
      await stage.send('2026-12-03T08:00:00.000Z', 'ot-adviser', leaves);
      expect(await stage.told(4)).toEqual(idsOf(withdraws, back));
    },
  ),
};
