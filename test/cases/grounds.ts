import { expect } from 'vitest';
import { attempt, contact, dropout, measure, moved, status } from '../harness/feedRecords.ts';
import { P01, TELEMARK } from '../harness/leaver.ts';
import { person } from '../harness/persons.ts';
import { reportRows, staged, worklist } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

const ADULT = person('P13');
const DAY = '2026-10-12';

/** P01 (17) and P13 (19) have left, and the youth or a guardian has answered. */
async function answered(stage: Stage, ...answers: readonly object[]): Promise<void> {
  const left = [P01, ADULT].map((one) => dropout(one, '2026-10-06'));
  await stage.send('2026-10-12T07:00:00.000Z', 'school-dropout', ...left);
  await stage.send('2026-10-12T08:00:00.000Z', 'ot-adviser', ...answers);
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
      await stage.send('2026-10-12T09:00:00.000Z', 'ot-adviser', status(P01, DAY, 'OTOV'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await worklist(stage, 'no-contact')).toHaveLength(2);
    }),

  'case B5: each word of the list lets a guardian speak for a minor, in whatever order status and answer arrive':
    staged(TELEMARK, async (stage) => {
      await stage.send('2026-10-12T06:00:00.000Z', 'ot-adviser', status(P01, DAY, 'OTOV'));
      for (const grunn of ['SYKDOM', 'SONING', 'INSTITUSJON', 'RUS']) {
        const sent = contact(P01, DAY, { via: 'FORESATT', grunn });
        await answered(stage, sent);
        expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 40']);
        const taken = { id: `tilbake-${grunn}`, type: 'annullering', kilde: 'ot:40201', annullerer: sent.id };
        const { fodselsnummer } = P01;
        await stage.send('2026-10-12T09:00:00.000Z', 'ot-adviser', { ...taken, fodselsnummer });
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      }
    }),

  'case B5: a call that the mother of an adult answers is not the youth’s contact, and an adviser is alerted':
    staged(TELEMARK, async (stage) => {
      const call = { besvart: true, besvartAv: 'FORESATT', grunn: 'SYKDOM' };
      await answered(stage, attempt(ADULT, DAY, 'TELEFON', call), status(ADULT, DAY, 'OTOV'));
      const { fodselsnummer } = ADULT;
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.alert(fodselsnummer, 'KONTAKT_AVVIST')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R04',
      });
      const rows = await worklist(stage, 'no-contact');
      expect(rows.map(({ attempts }) => attempts)).toContainEqual({ TELEFON: 1 });
    }),

  'case B5: who answered is stored on every attempt, whatever the channel': staged(
    TELEMARK,
    async (stage) => {
      for (const kanal of ['BREV', 'SMS', 'EPOST', 'TELEFON', 'HJEMMEBESOK', 'SOSIALE_MEDIER', 'OPPMOTE']) {
        const asked = async (besvartAv: string) => {
          const sent = attempt(ADULT, DAY, kanal, { besvart: true, besvartAv });
          await answered(stage, sent, status(ADULT, DAY, 'OTOV'));
          const [found] = await stage.registrations(ADULT.fodselsnummer);
          const taken = {
            id: `tilbake-${sent.id}`,
            type: 'annullering',
            kilde: 'ot:40201',
            annullerer: sent.id,
          };
          const { fodselsnummer } = ADULT;
          await stage.send('2026-10-12T09:00:00.000Z', 'ot-adviser', { ...taken, fodselsnummer });
          return found;
        };
        expect(await asked('UNGDOM'), kanal).toBe('AVBRUTT OTOV 2026-27 40');
        for (const other of ['FORESATT', 'ANDRE'])
          expect(await asked(other), `${kanal} ${other}`).toBe('AVBRUTT OTUK 2026-27 40');
      }
    },
  ),

  'case B5: when it is not said who answered, a door and a minor’s letter are no answer, and the rest is the youth’s':
    staged(TELEMARK, async (stage) => {
      const said = (kanal: string) => attempt(P01, DAY, kanal, { besvart: true });
      await answered(stage, said('HJEMMEBESOK'), said('BREV'), status(P01, DAY, 'OTOV'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(P01.fodselsnummer)).toContain('KONTAKT_AVVIST');
      await stage.send('2026-10-12T10:00:00.000Z', 'ot-adviser', said('TELEFON'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 40']);
      const letter = attempt(ADULT, DAY, 'BREV', { besvart: true });
      await stage.send('2026-10-12T11:00:00.000Z', 'ot-adviser', letter, status(ADULT, DAY, 'OTOV'));
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
        await stage.send(at, 'ot-adviser', status(ADULT, DAY, kode, { grunnlag, ...VIA[kode] }));
        const name = [kode, ...grunnlag].join(' + ');
        expect(await stage.alert(fodselsnummer, kind), name).toMatchObject({
          category: 'KONTROLL',
          rule,
          proposed: [proposed],
        });
        const since = at.replace(':00:', ':30:');
        await stage.send(since, 'ot-adviser', status(ADULT, DAY, 'OTOV', { grunnlag: 'DIALOG' }));
        expect(await stage.open(fodselsnummer), name).not.toContain(kind);
      }
    },
  ),

  'case B7: illness and an institution with the responsibility are two grounds, and the older one says either':
    staged(TELEMARK, async (stage) => {
      const { fodselsnummer } = ADULT;
      await answered(stage, contact(ADULT, DAY));
      const said = async (hour: number, kode: string, grunnlag: readonly string[]) => {
        const sent = status(ADULT, DAY, kode, { grunnlag });
        await stage.send(`2026-10-12T${hour}:00:00.000Z`, 'ot-adviser', sent);
        const open = await stage.open(fodselsnummer);
        return [open.includes('STATUS_ADVARSEL'), open.includes('STATUS_AVVIST')];
      };
      const accepted = [false, false];
      const warned = [true, false];
      expect(await said(10, 'OTOV', ['SYKDOM', 'DIALOG'])).toEqual(accepted);
      expect(await said(11, 'OTOV', ['INSTITUSJON_HOVEDANSVAR', 'DIALOG'])).toEqual(warned);
      expect(await said(12, 'OTSY', ['INSTITUSJON_HOVEDANSVAR', 'DIALOG'])).toEqual(accepted);
      expect(await said(13, 'OTSY', ['SYKDOM', 'DIALOG'])).toEqual(warned);
      expect(await said(14, 'OTSY', ['SYK_INSTITUSJON'])).toEqual(accepted);
      expect(await said(15, 'OTSY', ['SYK_INSTITUSJON', 'DIALOG'])).toEqual(accepted);
    }),

  'case B7: a combined measure has both its parts by what is stated or known, in whatever order it arrives':
    staged(TELEMARK, async (stage) => {
      const { fodselsnummer } = ADULT;
      const said = status(ADULT, DAY, 'OTKO', { grunnlag: 'NAV_TILTAK', viaOT: 'JA' });
      await answered(stage, contact(ADULT, DAY), said);
      expect(await stage.alert(fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
        rule: 'R15',
        proposed: ['OTAP'],
      });
      await stage.send('2026-10-13T08:00:00.000Z', 'ot-adviser', measure(ADULT, '2026-10-10', 'FYLKE'));
      expect(await stage.open(fodselsnummer)).not.toContain('STATUS_ADVARSEL');
    }),

  'case B4: a code that needs no contact needs a ground, stated or reported by another source': staged(
    TELEMARK,
    async (stage) => {
      const { fodselsnummer } = ADULT;
      await answered(stage);
      const codes = [
        ['FEIL', 'FEILREGISTRERT'],
        ['OTFA_IM', 'FLYTTET_FYLKE'],
        ['OTFU_IM', 'UTLAND_LENGE'],
        ['ELVG_IM', 'FOREBYGGING'],
        ['ELGS_IM', 'GRUNNSKOLE'],
      ] as const;
      for (const [at, [kode, grunnlag]] of codes.entries()) {
        const bare = status(ADULT, DAY, kode);
        await stage.send(`2026-10-12T1${at}:00:00.000Z`, 'ot-adviser', bare);
        expect(await stage.registrations(fodselsnummer), kode).toEqual(['AVBRUTT OTUK 2026-27 40']);
        expect(await stage.alert(fodselsnummer, 'STATUS_UTEN_KONTAKT'), kode).toMatchObject({
          rule: 'R02',
          proposed: ['OTUK'],
        });
        // Another ground is none for this code.
        const other = status(ADULT, DAY, kode, { id: bare.id, version: 2, grunnlag: 'VAR_I_AKTIVITET' });
        await stage.send(`2026-10-12T1${at}:10:00.000Z`, 'ot-adviser', other);
        expect(await stage.registrations(fodselsnummer), kode).toEqual(['AVBRUTT OTUK 2026-27 40']);
        const said = status(ADULT, DAY, kode, { grunnlag });
        await stage.send(`2026-10-12T1${at}:20:00.000Z`, 'ot-adviser', said);
        expect(await stage.registrations(fodselsnummer), kode).toEqual([`AVBRUTT ${kode} 2026-27 40`]);
        const taken = [bare, said].map(({ id }) => ({
          id: `tilbake-${id}`,
          type: 'annullering',
          kilde: 'ot:40201',
          fodselsnummer,
          annullerer: id,
        }));
        await stage.send(`2026-10-12T1${at}:30:00.000Z`, 'ot-adviser', ...taken);
      }
    },
  ),

  'case B4: what Folkeregisteret reports is ground enough, and what it contradicts is asked, in both orders':
    staged(TELEMARK, async (stage) => {
      const { fodselsnummer } = ADULT;
      await answered(stage);
      const gone = status(ADULT, DAY, 'OTFA_IM');
      await stage.send('2026-10-12T09:00:00.000Z', 'ot-adviser', gone);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      await stage.send('2026-10-13T08:00:00.000Z', 'folkeregister', moved(ADULT, '2026-10-10', '3905'));
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTFA_IM 2026-27 40']);
      expect(await stage.open(fodselsnummer)).not.toContain('STATUS_UTEN_KONTAKT');
      await stage.send('2026-10-14T08:00:00.000Z', 'folkeregister', moved(ADULT, '2026-10-14', '4001'));
      expect(await stage.alert(fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R35',
      });
      // The other way round: known before the code is set.
      await stage.send('2026-10-12T09:30:00.000Z', 'folkeregister', moved(P01, '2026-10-01', '4001'));
      const said = status(P01, DAY, 'OTFA_IM', { grunnlag: 'FLYTTET_FYLKE' });
      await stage.send('2026-10-14T09:00:00.000Z', 'ot-adviser', said);
      expect(await stage.alert(P01.fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({ rule: 'R35' });
      const abroad = status(P01, '2026-10-13', 'OTFU_IM', { grunnlag: 'UTVANDRET' });
      await stage.send('2026-10-15T09:00:00.000Z', 'ot-adviser', abroad);
      expect(await stage.alert(P01.fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({ rule: 'R36' });
    }),

  'case B4: a pupil of lower secondary school is young, and a pupil has not left': staged(
    TELEMARK,
    async (stage) => {
      const older = person('P20');
      const { fodselsnummer } = older;
      await stage.send('2026-10-12T07:00:00.000Z', 'school-dropout', dropout(older, '2026-10-06'));
      const lower = status(older, DAY, 'ELGS_IM', { grunnlag: 'GRUNNSKOLE' });
      await stage.send('2026-10-12T08:00:00.000Z', 'ot-adviser', lower);
      expect(await stage.alert(fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
        rule: 'R33',
        proposed: ['ELVG_IM'],
      });
      const upper = status(older, DAY, 'ELVG_IM', { grunnlag: 'FOREBYGGING' });
      await stage.send('2026-10-12T09:00:00.000Z', 'ot-adviser', upper);
      expect(await stage.alert(fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
        rule: 'R34',
        proposed: [],
      });
    },
  ),

  'case B4: the check before a report lists who left the target group without contact': staged(
    TELEMARK,
    async (stage) => {
      await answered(stage, contact(ADULT, DAY));
      const said = [P01, ADULT].map((one) => status(one, DAY, 'FEIL', { grunnlag: 'FEILREGISTRERT' }));
      await stage.send('2026-10-12T09:00:00.000Z', 'ot-adviser', ...said);
      await stage.pass('2026-11-09T08:00:00.000Z');
      const list = await reportRows(stage, 'reports/2026-11-15/checks', 'liste');
      expect(Object.keys(list)).toEqual([await stage.ref(P01.fodselsnummer)]);
      expect(list[await stage.ref(P01.fodselsnummer)]).toMatchObject({ kode: 'FEIL', regel: 'R06' });
      const rows = await reportRows(stage, 'reports/2026-11-15/checks', 'funn');
      expect(rows['Ute av målgruppen uten at OT har hatt kontakt']?.antall).toBe(1);
    },
  ),
};
