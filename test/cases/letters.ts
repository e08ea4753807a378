import { expect } from 'vitest';
import { letterList } from '../harness/apiAnswers.ts';
import { attempt, contact, declined, dropout, notApplied, status } from '../harness/feedRecords.ts';
import { leaves, P01, TELEMARK } from '../harness/leaver.ts';
import type { Person } from '../harness/persons.ts';
import { staged, worklist } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

const NUMBER = P01.fodselsnummer;

/** Kind and state of the alerts asked for, newest first. */
async function alerts(stage: Stage, query = ''): Promise<string[]> {
  const { status: code, body } = await stage.get(`alerts${query}`);
  expect(code).toBe(200);
  const shown = body.alerts as { alert: { kind: string; state: string } }[];
  return shown.map(({ alert }) => `${alert.kind} ${alert.state}`);
}

const deadlinesIn = async (stage: Stage) =>
  (await worklist(stage, 'deadlines')).map(({ kind, deadline }) => `${kind} ${deadline}`);

const recipients = async (stage: Stage, id: string, schoolYear: string) =>
  (await letterList(stage, id, schoolYear)).triggers.map(({ recipient }) => recipient);

const held = async (stage: Stage, id: string, schoolYear: string) =>
  (await letterList(stage, id, schoolYear)).suppressed.flatMap(({ holds }) => holds.map(({ code }) => code));

/** B6, D2, D4: letters and deadlines. */
export const LETTERS: Scenarios = {
  'case D2: a deadline leaves the list when it is met, and the alert reads as met when all of them are':
    staged(TELEMARK, async (stage) => {
      await leaves(stage);
      expect(await deadlinesIn(stage)).toEqual(['NY_TILMELDING 2026-10-14']);
      await stage.send('2026-10-08T08:00:00.000Z', 'ot-adviser', contact(P01, '2026-10-08'));
      expect(await deadlinesIn(stage)).toEqual(['NY_TILMELDING 2026-10-28']);
      expect(await alerts(stage)).toEqual(['NY_TILMELDING open']);
      await stage.send('2026-10-09T08:00:00.000Z', 'ot-adviser', status(P01, '2026-10-09', 'OTOV'));
      expect(await deadlinesIn(stage)).toEqual([]);
      expect(await alerts(stage)).toEqual(['NY_TILMELDING met']);
      expect((await stage.alert(NUMBER, 'NY_TILMELDING')).deadlines).toHaveLength(2);
      const { body } = await stage.get(`youths/${await stage.ref(NUMBER)}`);
      expect(body.alerts).toMatchObject([{ kind: 'NY_TILMELDING', state: 'met' }]);
    }),

  'case D2: a deadline is met in whatever order contact, code and dropout arrive': staged(
    TELEMARK,
    async (stage) => {
      await stage.send(
        '2026-10-09T08:00:00.000Z',
        'ot-adviser',
        status(P01, '2026-10-09', 'OTOV'),
        contact(P01, '2026-10-08'),
      );
      await stage.send('2026-10-10T08:00:00.000Z', 'school-dropout', dropout(P01, '2026-10-06'));
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTOV 2026-27 40']);
      expect(await deadlinesIn(stage)).toEqual([]);
      expect(await alerts(stage, '?state=met')).toEqual(['NY_TILMELDING met']);
    },
  ),

  'case D2: who is found outside the target group has no deadline': staged(TELEMARK, async (stage) => {
    await leaves(stage);
    const found = status(P01, '2026-10-08', 'OTAR', {
      viaOT: 'NEI',
      grunnlag: ['I_ARBEID', 'VAR_I_AKTIVITET'],
    });
    // One after the other: of two that come at the same time either may be read first.
    await stage.send('2026-10-08T08:00:00.000Z', 'ot-adviser', contact(P01, '2026-10-08'));
    await stage.send('2026-10-08T08:01:00.000Z', 'ot-adviser', found);
    expect(await deadlinesIn(stage)).toEqual([]);
    expect(await alerts(stage)).toEqual(['NY_TILMELDING met']);
  }),

  'case D2: the meeting with a pupil at risk leaves the list with the status it came to, and not before':
    staged(TELEMARK, async (stage) => {
      const risk = {
        id: 'fare-1',
        type: 'fare-for-avbrudd',
        ...P01,
        skolenummer: '40014',
        dato: '2026-09-21',
        motedato: '2026-09-25',
      };
      await stage.send('2026-09-21T08:00:00.000Z', 'school-dropout', risk);
      await stage.send('2026-09-22T08:00:00.000Z', 'ot-adviser', contact(P01, '2026-09-22'));
      expect(await deadlinesIn(stage)).toEqual(['AVKLARINGSSAMTALE 2026-09-25']);
      const said = status(P01, '2026-09-25', 'ELVG_IM', { grunnlag: 'FOREBYGGING' });
      await stage.send('2026-09-25T12:00:00.000Z', 'ot-adviser', said);
      expect(await deadlinesIn(stage)).toEqual([]);
      expect(await alerts(stage, '?state=met')).toEqual(['AVKLARINGSSAMTALE met']);
    }),

  'case D2: an annulled alert reads as withdrawn, and alerts are found by state and by owner': staged(
    TELEMARK,
    async (stage) => {
      const [other] = crowd(1, 1);
      await leaves(stage);
      await stage.send('2026-10-07T08:00:00.000Z', 'school-dropout', dropout(other!, '2026-10-06'));
      const annulled = {
        id: 'annullering-1',
        type: 'annullering',
        fodselsnummer: NUMBER,
        skolenummer: '40014',
        annullerer: 'avbrudd-1',
      };
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', annulled);
      expect(await alerts(stage)).toEqual(['NY_TILMELDING open', 'NY_TILMELDING withdrawn']);
      expect(await alerts(stage, '?state=open')).toEqual(['NY_TILMELDING open']);
      expect(await alerts(stage, '?state=withdrawn&owner=40200')).toEqual(['NY_TILMELDING withdrawn']);
      expect(await alerts(stage, '?owner=40999')).toEqual([]);
      expect(await alerts(stage, '?limit=1')).toEqual(['NY_TILMELDING open']);
      expect((await stage.get('alerts?state=apen')).status).toBe(400);
    },
  ),

  'case D2: a review that an adviser has answered reads as withdrawn': staged(TELEMARK, async (stage) => {
    await leaves(stage);
    await stage.send('2026-10-08T08:00:00.000Z', 'ot-adviser', status(P01, '2026-10-08', 'OTOV'));
    expect(await alerts(stage, '?state=open')).toEqual(['STATUS_UTEN_KONTAKT open', 'NY_TILMELDING open']);
    await stage.send('2026-10-09T08:00:00.000Z', 'ot-adviser', contact(P01, '2026-10-08'));
    expect(await alerts(stage)).toEqual(['STATUS_UTEN_KONTAKT withdrawn', 'NY_TILMELDING met']);
  }),
  'case B6: contact with a minor holds the reminder, and first written information still goes to both':
    staged(TELEMARK, async (stage) => {
      await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', declined(P01, '2026-08-10'));
      const call = attempt(P01, '2026-09-17', 'TELEFON', { besvart: true, besvartAv: 'UNGDOM' });
      await stage.send('2026-09-17T08:00:00.000Z', 'ot-adviser', call);
      const ref = await stage.ref(NUMBER);
      const first = await letterList(stage, 'W24', '2026-27');
      expect(first.triggers.map((each) => [each.ref, each.recipient])).toEqual([
        [ref, 'FORESATT'],
        [ref, 'UNGDOM'],
      ]);
      expect(first.suppressed).toEqual([]);
      await stage.pass('2026-10-05T06:00:00.000Z');
      expect(await held(stage, 'W25', '2026-27')).toEqual(['BESVART']);
      expect(await held(stage, 'W30', '2026-27')).toEqual(['BESVART']);
    }),

  'case B6: it is the same when the call arrives before what it was about, and a strictly protected address hides both':
    staged(TELEMARK, async (stage) => {
      const call = contact(P01, '2026-09-17');
      await stage.send('2026-09-17T08:00:00.000Z', 'ot-adviser', call);
      await stage.send('2026-09-17T09:00:00.000Z', 'vigo-intake', declined(P01, '2026-08-10'));
      expect(await recipients(stage, 'W24', '2026-27')).toEqual(['FORESATT', 'UNGDOM']);
      expect(await held(stage, 'W25', '2026-27')).toEqual(['KONTAKT']);
      const hidden = {
        id: 'p-1',
        type: 'adressebeskyttelse',
        ...P01,
        dato: '2026-09-18',
        gradering: 'STRENGT_FORTROLIG',
      };
      await stage.send('2026-09-18T08:00:00.000Z', 'folkeregister', hidden);
      expect(await recipients(stage, 'W24', '2026-27')).toEqual([]);
      expect(await held(stage, 'W24', '2026-27')).toEqual(['STRENGT_FORTROLIG']);
    }),

  'case D4: a call about this year holds nothing about the next, and the list of those to call has the youth':
    staged(TELEMARK, async (stage) => {
      await stage.send('2027-03-16T08:00:00.000Z', 'vigo-intake', notApplied(P01, '2027-28', '2027-03-15'));
      const call = attempt(P01, '2027-04-10', 'TELEFON', { besvart: true, besvartAv: 'UNGDOM' });
      await stage.send('2027-04-10T08:00:00.000Z', 'ot-adviser', call);
      await stage.pass('2027-06-01T06:00:00.000Z');
      expect(await recipients(stage, 'W13', '2027-28')).toEqual(['UNGDOM']);
      expect(await recipients(stage, 'W14', '2027-28')).toEqual(['UNGDOM']);
      for (const id of ['W15', 'W06']) expect(await worklist(stage, id)).toHaveLength(1);
    }),

  'case D4: a call about the coming year holds the reminder and leaves the list, in whatever order it arrives':
    staged(TELEMARK, async (stage) => {
      const call = attempt(P01, '2027-04-10', 'TELEFON', { besvart: true, skolear: '2027-28' });
      await stage.send('2027-04-10T08:00:00.000Z', 'ot-adviser', call);
      const list = notApplied(P01, '2027-28', '2027-03-15');
      await stage.send('2027-04-11T08:00:00.000Z', 'vigo-intake', list);
      expect(await recipients(stage, 'W13', '2027-28')).toEqual(['UNGDOM']);
      expect(await held(stage, 'W14', '2027-28')).toEqual(['BESVART']);
      for (const id of ['W15', 'W06']) expect(await worklist(stage, id)).toEqual([]);
    }),

  'case D4: contact about next year is none about this one': staged(TELEMARK, async (stage) => {
    await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', declined(P01, '2026-08-10'));
    const call = contact(P01, '2026-09-17', { skolear: '2027-28' });
    await stage.send('2026-09-17T08:00:00.000Z', 'ot-adviser', call, status(P01, '2026-09-17', 'OTOV'));
    expect(await recipients(stage, 'W25', '2026-27')).toEqual(['FORESATT', 'UNGDOM']);
    expect(await worklist(stage, 'no-contact')).toHaveLength(1);
    expect(await stage.open(NUMBER)).toContain('STATUS_UTEN_KONTAKT');
  }),

  'case D4: an answer is to the letter that it names, or that went out when it was written': staged(
    TELEMARK,
    async (stage) => {
      const [named, written, other] = crowd(3, 4) as [Person, Person, Person];
      const lists = [named, written, other].map((one) => notApplied(one, '2027-28', '2027-03-15'));
      await stage.send('2027-05-04T08:00:00.000Z', 'vigo-intake', ...lists);
      const answer = { besvart: true };
      await stage.send(
        '2027-05-27T08:00:00.000Z',
        'ot-adviser',
        attempt(named, '2027-05-26', 'BREV', { ...answer, besvartAv: 'UNGDOM', brev: 'W13' }),
        attempt(written, '2027-05-19', 'BREV', { ...answer, besvartAv: 'UNGDOM' }),
        attempt(other, '2027-05-26', 'BREV', { ...answer, besvartAv: 'UNGDOM' }),
      );
      const left = [await stage.ref(other.fodselsnummer)];
      const triggers = async (id: string) => [
        ...new Set((await letterList(stage, id, '2027-28')).triggers.map(({ ref }) => ref)),
      ];
      expect(await triggers('W13')).toEqual(left);
      expect(await triggers('W14')).toEqual(left);
      expect((await worklist(stage, 'W15')).map(({ ref }) => ref)).toEqual(left);
    },
  ),

  'case D4: a status set for the coming year says that it was talked of': staged(TELEMARK, async (stage) => {
    await stage.send('2027-03-16T08:00:00.000Z', 'vigo-intake', notApplied(P01, '2027-28', '2027-03-15'));
    const said = [
      contact(P01, '2027-06-02'),
      status(P01, '2027-06-02', 'OTOV', { skolear: '2027-28', grunnlag: 'DIALOG' }),
    ];
    await stage.send('2027-06-02T08:00:00.000Z', 'ot-adviser', ...said);
    expect(await stage.registrations(NUMBER)).toEqual(['IKKE_SOKT OTOV 2027-28 40']);
    expect(await worklist(stage, 'W15')).toEqual([]);
    expect(await held(stage, 'W14', '2027-28')).toEqual(['KONTAKT']);
  }),
};
