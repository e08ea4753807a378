import { expect } from 'vitest';
import { attempt, contact, dropout, nonShow, status } from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import { alertsOut, reportRows, staged, statesOf, worklist } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';

// §3.4: contact, and what is said about it.

const P01 = person('P01');
const P13 = person('P13');
const P14 = person('P14');
const P16 = person('P16');
const P17 = person('P17');
const P20 = person('P20');
const NUMBER = P20.fodselsnummer;

const finnmark = { county: '56', from: '2026-09-01T06:00:00.000Z' };
const agder = { county: '42', from: '2026-09-01T06:00:00.000Z' };

export const ADVISER: Scenarios = {
  'O01a silence is not contact: four unanswered attempts leave OTUK, are seen by channel, and the list says what is untried':
    staged(finnmark, async (stage) => {
      await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', nonShow(P20, '2026-08-17'));
      const { body: letter } = await stage.get('letters/W24?schoolYear=2026-27');
      expect(letter.triggers).toHaveLength(1);
      await stage.send('2026-09-24T08:00:00.000Z', 'ot-adviser', attempt(P20, '2026-09-24', 'BREV'));
      await stage.send('2026-09-30T08:00:00.000Z', 'ot-adviser', attempt(P20, '2026-09-30', 'SMS'));
      const { body: reminder } = await stage.get('letters/W25?schoolYear=2026-27');
      expect(reminder.triggers).toHaveLength(1);
      await stage.send('2026-10-07T08:00:00.000Z', 'ot-adviser', attempt(P20, '2026-10-07', 'BREV'));
      await stage.send('2026-10-13T08:00:00.000Z', 'ot-adviser', attempt(P20, '2026-10-13', 'EPOST'));

      expect(await stage.registrations(NUMBER)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 56']);
      expect(await stage.out('status', NUMBER)).toHaveLength(1);
      // The hour that was to be offered by 6 October is late as well, and no silence settles either.
      expect(await stage.open(NUMBER)).toEqual(['FRIST_UTLOPT', 'FRIST_UTLOPT', 'NY_TILMELDING']);
      const [row, ...others] = await worklist(stage, 'no-contact');
      expect(others).toEqual([]);
      expect(row).toMatchObject({ rule: 'R02', attempts: { BREV: 2, SMS: 1, EPOST: 1 } });
      expect(row?.untried).toEqual(['TELEFON', 'SOSIALE_MEDIER', 'HJEMMEBESOK', 'OPPMOTE']);
    }),

  'O01b silence is not «no»: OTNO because of silence is refused with R24 and R03, whatever the reason given':
    staged(finnmark, async (stage) => {
      await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', nonShow(P20, '2026-08-17'));
      await stage.send('2026-09-24T08:00:00.000Z', 'ot-adviser', attempt(P20, '2026-09-24', 'BREV'));
      const silent = { grunnlag: 'IKKE_SVART', fastholdtFordi: 'RADGIVERS_VURDERING' };
      await stage.send('2026-10-14T08:00:00.000Z', 'ot-adviser', status(P20, '2026-10-14', 'OTNO', silent));
      expect(await stage.registrations(NUMBER)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 56']);
      expect(await stage.alert(NUMBER, 'STATUS_AVVIST')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R24',
        proposed: ['OTUK'],
      });
      const [refused] = await alertsOut(stage, NUMBER, 'STATUS_AVVIST');
      expect(refused?.reason).toContain('R03');
      expect(await reportRows(stage, 'reports/2026-11-15/overrides', 'regel')).toMatchObject({
        Alle: { antall: 0 },
      });
    }),

  'O01c an answer on any channel is contact, and then «no» is «no»': staged(finnmark, async (stage) => {
    await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', nonShow(P20, '2026-08-17'));
    const answered = { besvart: true };
    await stage.send('2026-10-08T08:00:00.000Z', 'ot-adviser', attempt(P20, '2026-10-08', 'SMS', answered));
    expect(await stage.registrations(NUMBER)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 56']);
    const no = status(P20, '2026-10-08', 'OTNO', { grunnlag: 'NEI_TIL_OPPFOLGING' });
    await stage.send('2026-10-08T09:00:00.000Z', 'ot-adviser', no);
    expect(await stage.registrations(NUMBER)).toEqual(['ANDRE_GRUNNER OTNO 2026-27 56']);
    expect(await stage.open(NUMBER)).toEqual(['NY_TILMELDING']);
    expect(await worklist(stage, 'no-contact')).toEqual([]);
  }),

  'O02a OTNO because of service, child or illness is accepted with a warning that proposes the code of the activity (R26)':
    staged(agder, async (stage) => {
      const said = [
        [P16, 'MILITAR', 'OTMI'],
        [P13, 'BARN', 'OTBA'],
        [P17, 'SYK_INSTITUSJON', 'OTSY'],
      ] as const;
      for (const [youth, ground, code] of said) {
        const { fodselsnummer } = youth;
        await stage.send('2026-09-15T08:00:00.000Z', 'school-dropout', dropout(youth, '2026-09-14'));
        await stage.send('2026-09-20T08:00:00.000Z', 'ot-adviser', contact(youth, '2026-09-20'));
        const no = status(youth, '2026-09-30', 'OTNO', { grunnlag: [ground, 'NEI_TIL_OPPFOLGING'] });
        await stage.send('2026-09-30T08:00:00.000Z', 'ot-adviser', no);
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTNO 2026-27 42']);
        expect(await stage.alert(fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
          category: 'KONTROLL',
          rule: 'R26',
          proposed: [code],
        });
        // The word is the adviser's: no keyword of it leaves.
        expect(JSON.stringify(await stage.out('alert', fodselsnummer))).not.toContain(ground);
        await stage.send('2026-10-01T08:00:00.000Z', 'ot-adviser', status(youth, '2026-10-01', code));
        expect(await stage.registrations(fodselsnummer)).toEqual([`AVBRUTT ${code} 2026-27 42`]);
        expect(await statesOf(stage, fodselsnummer, 'STATUS_ADVARSEL')).toEqual(['REIST', 'TRUKKET']);
      }
    }),

  'O02b «no» to one place is not OTNO: OTOV is proposed, and the status from before is kept (R25)': staged(
    agder,
    async (stage) => {
      const { fodselsnummer } = P16;
      await stage.send('2026-09-15T08:00:00.000Z', 'school-dropout', dropout(P16, '2026-09-14'));
      await stage.send('2026-09-20T08:00:00.000Z', 'ot-adviser', contact(P16, '2026-09-20'));
      const no = status(P16, '2026-09-30', 'OTNO', { grunnlag: 'NEI_TIL_TILTAK' });
      await stage.send('2026-09-30T08:00:00.000Z', 'ot-adviser', no);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 42']);
      expect(await stage.alert(fodselsnummer, 'STATUS_AVVIST')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R25',
        proposed: ['OTOV'],
      });
      await stage.send('2026-10-01T08:00:00.000Z', 'ot-adviser', status(P16, '2026-10-01', 'OTOV'));
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 42']);
      expect(await statesOf(stage, fodselsnummer, 'STATUS_AVVIST')).toEqual(['REIST', 'TRUKKET']);
    },
  ),

  'O02c the adviser may confirm the choice with a reason, and it is counted by rule and by reason': staged(
    agder,
    async (stage) => {
      for (const youth of [P16, P14]) {
        await stage.send('2026-09-15T08:00:00.000Z', 'school-dropout', dropout(youth, '2026-09-14'));
        await stage.send('2026-09-20T08:00:00.000Z', 'ot-adviser', contact(youth, '2026-09-20'));
      }
      const wish = { grunnlag: ['MILITAR', 'NEI_TIL_OPPFOLGING'], fastholdtFordi: 'UNGDOMMENS_ONSKE' };
      const weighed = { grunnlag: 'NEI_TIL_TILTAK', fastholdtFordi: 'RADGIVERS_VURDERING' };
      await stage.send(
        '2026-09-30T08:00:00.000Z',
        'ot-adviser',
        status(P16, '2026-09-30', 'OTNO', wish),
        status(P14, '2026-09-30', 'OTNO', weighed),
      );
      for (const { fodselsnummer } of [P16, P14]) {
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTNO 2026-27 42']);
        expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      }
      await stage.pass('2026-11-09T08:00:00.000Z');
      expect(await reportRows(stage, 'reports/2026-11-15/overrides', 'regel')).toMatchObject({
        R25: { antall: 1 },
        R26: { antall: 1 },
        Alle: { antall: 2 },
      });
      const reasons = Object.keys(await reportRows(stage, 'reports/2026-11-15/overrides', 'grunn'));
      expect(reasons).toContain('Ungdommen har selv bedt om det.');
    },
  ),

  'O03 who has said no is offered help once in each new school year until the age limit, and not in the year of the no':
    staged(agder, async (stage) => {
      const { fodselsnummer } = P16;
      await stage.send('2026-09-15T08:00:00.000Z', 'school-dropout', dropout(P16, '2026-09-14'));
      await stage.send('2026-09-30T08:00:00.000Z', 'ot-adviser', contact(P16, '2026-09-30'));
      const no = status(P16, '2026-09-30', 'OTNO', { grunnlag: 'NEI_TIL_OPPFOLGING' });
      await stage.send('2026-09-30T09:00:00.000Z', 'ot-adviser', no);
      await stage.pass('2027-07-31T21:59:59.999Z');
      expect(await statesOf(stage, fodselsnummer, 'TILBUD_PA_NYTT')).toEqual([]);
      await stage.pass('2027-07-31T22:00:00.000Z');
      expect(await stage.alert(fodselsnummer, 'TILBUD_PA_NYTT')).toMatchObject({
        category: 'VARSEL',
        rule: 'R27',
        effective: '2027-08-01',
      });
      await stage.pass('2028-07-31T21:59:59.999Z');
      expect(await statesOf(stage, fodselsnummer, 'TILBUD_PA_NYTT')).toEqual(['REIST']);
      // Born in 2005: in the range through 2029.
      await stage.pass('2032-09-01T06:00:00.000Z');
      const offers = await alertsOut(stage, fodselsnummer, 'TILBUD_PA_NYTT');
      const raised = offers.filter(({ state }) => state === 'REIST');
      expect(raised.map(({ schoolYear }) => schoolYear)).toEqual(['2027-28', '2028-29', '2029-30']);
      expect(new Set(raised.map(({ alertId }) => alertId)).size).toBe(3);
      expect(await stage.open(fodselsnummer)).not.toContain('TILBUD_PA_NYTT');
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTNO 2026-27 42']);
    }),

  'O10a a guardian’s answer about a minor is contact when the reason is stated, and sets no status by itself (R04)':
    staged({ county: '40', from: '2026-10-01T06:00:00.000Z' }, async (stage) => {
      const { fodselsnummer } = P01;
      await stage.send('2026-10-07T08:00:00.000Z', 'school-dropout', dropout(P01, '2026-10-06'));
      const answer = contact(P01, '2026-10-12', { via: 'FORESATT', grunn: 'SYKDOM' });
      await stage.send('2026-10-12T08:00:00.000Z', 'ot-adviser', answer);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      const ill = status(P01, '2026-10-13', 'OTSY', { grunnlag: 'SYK_INSTITUSJON' });
      await stage.send('2026-10-13T08:00:00.000Z', 'ot-adviser', ill);
      expect(await stage.registered(fodselsnummer)).toMatchObject([
        { status: { code: 'OTSY', group: 4, setBy: 'RADGIVER' } },
      ]);
      expect(JSON.stringify(await stage.out('alert', fodselsnummer))).not.toContain('SYKDOM');
    }),

  'O10b a guardian’s answer without a reason, or about a youth of 18, is refused as contact': staged(
    { county: '40', from: '2026-10-01T06:00:00.000Z' },
    async (stage) => {
      const day = '2026-10-12';
      const cases = [
        [P01, contact(P01, day, { via: 'FORESATT' })],
        // 19 years old.
        [P13, contact(P13, day, { via: 'FORESATT', grunn: 'SYKDOM' })],
      ] as const;
      for (const [youth, answer] of cases) {
        const { fodselsnummer } = youth;
        await stage.send('2026-10-12T07:00:00.000Z', 'school-dropout', dropout(youth, '2026-10-06'));
        await stage.send('2026-10-12T08:00:00.000Z', 'ot-adviser', answer, status(youth, day, 'OTSY'));
        expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
        expect(await stage.alert(fodselsnummer, 'KONTAKT_AVVIST')).toMatchObject({
          category: 'KONTROLL',
          rule: 'R04',
        });
        expect(await stage.open(fodselsnummer)).toContain('STATUS_UTEN_KONTAKT');
      }
    },
  ),

  'O10c the guardian answers through the day before the 18th birthday, and not on it': staged(
    { county: '40', from: '2027-03-01T06:00:00.000Z' },
    async (stage) => {
      const { fodselsnummer } = P01;
      await stage.send('2027-03-02T08:00:00.000Z', 'school-dropout', dropout(P01, '2027-03-01'));
      const on = (day: string) => contact(P01, day, { via: 'FORESATT', grunn: 'SYKDOM' });
      await stage.send('2027-03-14T08:00:00.000Z', 'ot-adviser', on('2027-03-14'));
      expect(await stage.open(fodselsnummer)).toContain('KONTAKT_AVVIST');
      await stage.send('2027-03-14T09:00:00.000Z', 'ot-adviser', on('2027-03-13'));
      await stage.send('2027-03-14T10:00:00.000Z', 'ot-adviser', status(P01, '2027-03-14', 'OTSY'));
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTSY 2026-27 40']);
    },
  ),
};
