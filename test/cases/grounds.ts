import { expect } from 'vitest';
import { person } from '../scenarios/cast.ts';
import { P01, TELEMARK } from '../scenarios/leaver.ts';
import type { Scenarios } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { staged, worklist } from '../scenarios/staged.ts';
import { attempt, contact, dropout, status } from '../scenarios/told.ts';

const ADULT = person('P13');
const DAY = '2026-10-12';

/** P01 (17) and P13 (19) have left, and somebody answered. */
async function answered(stage: Stage, ...answers: readonly object[]): Promise<void> {
  const left = [P01, ADULT].map((one) => dropout(one, '2026-10-06'));
  await stage.tell('2026-10-12T07:00:00.000Z', 'school-dropout', ...left);
  await stage.tell('2026-10-12T08:00:00.000Z', 'ot-adviser', ...answers);
}

/** B4, B5, B7: grounds for a code, and what counts as contact. */
export const GROUNDS: Scenarios = {
  'case B5: what hinders contact is one word of a closed list, and another word is refused with the list':
    staged(TELEMARK, async (stage) => {
      const words = ['IKKE_SVART', 'MOR_RINGTE'];
      await answered(stage, ...words.map((grunn) => contact(P01, DAY, { via: 'FORESATT', grunn })));
      expect(await stage.quarantine()).toEqual(['grunn INVALID_VALUE', 'grunn INVALID_VALUE']);
      const { body } = await stage.get('quarantine');
      expect(JSON.stringify(body)).toContain('SYKDOM, SONING, INSTITUSJON, RUS');
      await stage.tell('2026-10-12T09:00:00.000Z', 'ot-adviser', status(P01, DAY, 'OTOV'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await worklist(stage, 'no-contact')).toHaveLength(2);
    }),

  'case B5: each word of the list lets a guardian speak for a minor, in whatever order status and answer are told':
    staged(TELEMARK, async (stage) => {
      await stage.tell('2026-10-12T06:00:00.000Z', 'ot-adviser', status(P01, DAY, 'OTOV'));
      for (const grunn of ['SYKDOM', 'SONING', 'INSTITUSJON', 'RUS']) {
        const told = contact(P01, DAY, { via: 'FORESATT', grunn });
        await answered(stage, told);
        expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 40']);
        const taken = { id: `tilbake-${grunn}`, type: 'annullering', kilde: 'ot:40201', annullerer: told.id };
        const { fodselsnummer } = P01;
        await stage.tell('2026-10-12T09:00:00.000Z', 'ot-adviser', { ...taken, fodselsnummer });
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      }
    }),

  'case B5: a call that the mother of an adult answers is not the youth’s contact, and an adviser is told':
    staged(TELEMARK, async (stage) => {
      const call = { besvart: true, besvartAv: 'FORESATT', grunn: 'SYKDOM' };
      await answered(stage, attempt(ADULT, DAY, 'TELEFON', call), status(ADULT, DAY, 'OTOV'));
      const { fodselsnummer } = ADULT;
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.alert(fodselsnummer, 'KONTAKT_AVVIST')).toMatchObject({
        category: 'review',
        rule: 'R04',
      });
      const rows = await worklist(stage, 'no-contact');
      expect(rows.map(({ attempts }) => attempts)).toContainEqual({ TELEFON: 1 });
    }),

  'case B5: who answers stands on every attempt, whatever the channel': staged(TELEMARK, async (stage) => {
    for (const kanal of ['BREV', 'SMS', 'EPOST', 'TELEFON', 'HJEMMEBESOK', 'SOSIALE_MEDIER', 'OPPMOTE']) {
      const asked = async (besvartAv: string) => {
        const told = attempt(ADULT, DAY, kanal, { besvart: true, besvartAv });
        await answered(stage, told, status(ADULT, DAY, 'OTOV'));
        const [found] = await stage.registrations(ADULT.fodselsnummer);
        const taken = {
          id: `tilbake-${told.id}`,
          type: 'annullering',
          kilde: 'ot:40201',
          annullerer: told.id,
        };
        const { fodselsnummer } = ADULT;
        await stage.tell('2026-10-12T09:00:00.000Z', 'ot-adviser', { ...taken, fodselsnummer });
        return found;
      };
      expect(await asked('UNGDOM'), kanal).toBe('AVBRUTT OTOV 2026-27 40');
      for (const other of ['FORESATT', 'ANDRE'])
        expect(await asked(other), `${kanal} ${other}`).toBe('AVBRUTT OTUK 2026-27 40');
    }
  }),

  'case B5: when it is not said who answered, a door and a minor’s letter are nobody’s answer, and the rest is the youth’s':
    staged(TELEMARK, async (stage) => {
      const said = (kanal: string) => attempt(P01, DAY, kanal, { besvart: true });
      await answered(stage, said('HJEMMEBESOK'), said('BREV'), status(P01, DAY, 'OTOV'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(P01.fodselsnummer)).toContain('KONTAKT_AVVIST');
      await stage.tell('2026-10-12T10:00:00.000Z', 'ot-adviser', said('TELEFON'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 40']);
      const letter = attempt(ADULT, DAY, 'BREV', { besvart: true });
      await stage.tell('2026-10-12T11:00:00.000Z', 'ot-adviser', letter, status(ADULT, DAY, 'OTOV'));
      expect(await stage.registrations(ADULT.fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 40']);
    }),
};
