import { expect } from 'vitest';
import { person } from '../scenarios/cast.ts';
import { P01, TELEMARK } from '../scenarios/leaver.ts';
import type { Scenarios } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { staged, worklist } from '../scenarios/staged.ts';
import { attempt, contact, dropout, measure, status } from '../scenarios/told.ts';

const ADULT = person('P13');
const DAY = '2026-10-12';

/** P01 (17) and P13 (19) have left, and somebody answered. */
async function answered(stage: Stage, ...answers: readonly object[]): Promise<void> {
  const left = [P01, ADULT].map((one) => dropout(one, '2026-10-06'));
  await stage.tell('2026-10-12T07:00:00.000Z', 'school-dropout', ...left);
  await stage.tell('2026-10-12T08:00:00.000Z', 'ot-adviser', ...answers);
}

const VIA: Readonly<Record<string, object>> = { OTEV: { viaOT: 'JA' } };

/** Pairs that were let through: code, grounds, what is raised, its rule and the code it points to. */
const AGAINST = [
  ['OTSY', ['FOLGES_OPP_AKTIVT'], 'STATUS_ADVARSEL', 'R30', 'OTOV'],
  ['OTSY', ['SYK_INSTITUSJON', 'FOLGES_OPP_AKTIVT'], 'STATUS_ADVARSEL', 'R30', 'OTOV'],
  ['OTNO', ['NEI_TIL_OPPFOLGING', 'FOLGES_OPP_AKTIVT'], 'STATUS_AVVIST', 'R25', 'OTOV'],
  ['OTNO', [], 'STATUS_ADVARSEL', 'R24', 'OTOV'],
  ['OTOV', ['SYK_INSTITUSJON', 'DIALOG'], 'STATUS_ADVARSEL', 'R30', 'OTSY'],
  ['OTOV', ['FULLFORT'], 'STATUS_AVVIST', 'R39', 'FEIL'],
  ['OTOV', ['DIALOG', 'FULLFORT'], 'STATUS_AVVIST', 'R39', 'FEIL'],
  ['OTEV', ['HOYERE_NIVA', 'FULLFORT'], 'STATUS_AVVIST', 'R39', 'FEIL'],
  ['OTFU_IM', ['UTLAND_LENGE', 'DIALOG'], 'STATUS_AVVIST', 'R38', 'OTOV'],
  ['OTKO', ['FYLKETS_TILTAK'], 'STATUS_ADVARSEL', 'R13', 'OTOA'],
  ['OTKO', ['NAV_TILTAK'], 'STATUS_ADVARSEL', 'R15', 'OTAP'],
  ['OTBA', ['BARN', 'FOLGES_OPP_AKTIVT'], 'STATUS_ADVARSEL', 'R32', 'OTOV'],
] as const;

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

  'case B7: a ground that fits the code hides none that speaks against it': staged(
    TELEMARK,
    async (stage) => {
      const { fodselsnummer } = ADULT;
      await answered(stage, contact(ADULT, DAY), status(ADULT, DAY, 'OTUK'));
      let hour = 9;
      for (const [kode, grunnlag, kind, rule, proposed] of AGAINST) {
        const at = `2026-10-12T${String(++hour).padStart(2, '0')}:00:00.000Z`;
        await stage.tell(at, 'ot-adviser', status(ADULT, DAY, kode, { grunnlag, ...VIA[kode] }));
        const name = [kode, ...grunnlag].join(' + ');
        expect(await stage.alert(fodselsnummer, kind), name).toMatchObject({
          category: 'review',
          rule,
          proposed: [proposed],
        });
        const since = at.replace(':00:', ':30:');
        await stage.tell(since, 'ot-adviser', status(ADULT, DAY, 'OTOV', { grunnlag: 'DIALOG' }));
        expect(await stage.open(fodselsnummer), name).not.toContain(kind);
      }
    },
  ),

  'case B7: illness and an institution with the responsibility are two grounds, and the older one says either':
    staged(TELEMARK, async (stage) => {
      const { fodselsnummer } = ADULT;
      await answered(stage, contact(ADULT, DAY));
      const said = async (hour: number, kode: string, grunnlag: readonly string[]) => {
        const told = status(ADULT, DAY, kode, { grunnlag });
        await stage.tell(`2026-10-12T${hour}:00:00.000Z`, 'ot-adviser', told);
        const open = await stage.open(fodselsnummer);
        return [open.includes('STATUS_ADVARSEL'), open.includes('STATUS_AVVIST')];
      };
      const stands = [false, false];
      const warned = [true, false];
      expect(await said(10, 'OTOV', ['SYKDOM', 'DIALOG'])).toEqual(stands);
      expect(await said(11, 'OTOV', ['INSTITUSJON_HOVEDANSVAR', 'DIALOG'])).toEqual(warned);
      expect(await said(12, 'OTSY', ['INSTITUSJON_HOVEDANSVAR', 'DIALOG'])).toEqual(stands);
      expect(await said(13, 'OTSY', ['SYKDOM', 'DIALOG'])).toEqual(warned);
      expect(await said(14, 'OTSY', ['SYK_INSTITUSJON'])).toEqual(stands);
      expect(await said(15, 'OTSY', ['SYK_INSTITUSJON', 'DIALOG'])).toEqual(stands);
    }),

  'case B7: a combined measure has both its parts by what is stated or known, in whatever order it is told':
    staged(TELEMARK, async (stage) => {
      const { fodselsnummer } = ADULT;
      const said = status(ADULT, DAY, 'OTKO', { grunnlag: 'NAV_TILTAK', viaOT: 'JA' });
      await answered(stage, contact(ADULT, DAY), said);
      expect(await stage.alert(fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
        rule: 'R15',
        proposed: ['OTAP'],
      });
      await stage.tell('2026-10-13T08:00:00.000Z', 'ot-adviser', measure(ADULT, '2026-10-10', 'FYLKE'));
      expect(await stage.open(fodselsnummer)).not.toContain('STATUS_ADVARSEL');
    }),
};
