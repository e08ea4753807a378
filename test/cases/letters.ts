import { expect } from 'vitest';
import { crowd } from '../flow/people.ts';
import { leaves, P01, TELEMARK } from '../scenarios/leaver.ts';
import type { Scenarios } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import { staged, worklist } from '../scenarios/staged.ts';
import { contact, dropout, status } from '../scenarios/told.ts';

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

/** B6, D2, D4: letters and deadlines. */
export const LETTERS: Scenarios = {
  'case D2: a deadline leaves the list when it is met, and the alert reads as met when all of them are':
    staged(TELEMARK, async (stage) => {
      await leaves(stage);
      expect(await deadlinesIn(stage)).toEqual(['NY_TILMELDING 2026-10-14']);
      await stage.tell('2026-10-08T08:00:00.000Z', 'ot-adviser', contact(P01, '2026-10-08'));
      expect(await deadlinesIn(stage)).toEqual(['NY_TILMELDING 2026-10-28']);
      expect(await alerts(stage)).toEqual(['NY_TILMELDING open']);
      await stage.tell('2026-10-09T08:00:00.000Z', 'ot-adviser', status(P01, '2026-10-09', 'OTOV'));
      expect(await deadlinesIn(stage)).toEqual([]);
      expect(await alerts(stage)).toEqual(['NY_TILMELDING met']);
      expect((await stage.alert(NUMBER, 'NY_TILMELDING')).deadlines).toHaveLength(2);
      const { body } = await stage.get(`youths/${await stage.ref(NUMBER)}`);
      expect(body.alerts).toMatchObject([{ kind: 'NY_TILMELDING', state: 'met' }]);
    }),

  'case D2: a deadline is met in whatever order contact, code and dropout are told': staged(
    TELEMARK,
    async (stage) => {
      await stage.tell(
        '2026-10-09T08:00:00.000Z',
        'ot-adviser',
        status(P01, '2026-10-09', 'OTOV'),
        contact(P01, '2026-10-08'),
      );
      await stage.tell('2026-10-10T08:00:00.000Z', 'school-dropout', dropout(P01, '2026-10-06'));
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTOV 2026-27 40']);
      expect(await deadlinesIn(stage)).toEqual([]);
      expect(await alerts(stage, '?state=met')).toEqual(['NY_TILMELDING met']);
    },
  ),

  'case D2: who is found outside the target group owes nobody a deadline': staged(TELEMARK, async (stage) => {
    await leaves(stage);
    const found = [
      contact(P01, '2026-10-08'),
      status(P01, '2026-10-08', 'OTAR', { viaOT: 'NEI', grunnlag: ['I_ARBEID', 'VAR_I_AKTIVITET'] }),
    ];
    await stage.tell('2026-10-08T08:00:00.000Z', 'ot-adviser', ...found);
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
      await stage.tell('2026-09-21T08:00:00.000Z', 'school-dropout', risk);
      await stage.tell('2026-09-22T08:00:00.000Z', 'ot-adviser', contact(P01, '2026-09-22'));
      expect(await deadlinesIn(stage)).toEqual(['AVKLARINGSSAMTALE 2026-09-25']);
      const said = status(P01, '2026-09-25', 'ELVG_IM', { grunnlag: 'FOREBYGGING' });
      await stage.tell('2026-09-25T12:00:00.000Z', 'ot-adviser', said);
      expect(await deadlinesIn(stage)).toEqual([]);
      expect(await alerts(stage, '?state=met')).toEqual(['AVKLARINGSSAMTALE met']);
    }),

  'case D2: an annulled alert reads as withdrawn, and alerts are found by state and by owner': staged(
    TELEMARK,
    async (stage) => {
      const [other] = crowd(1, 1);
      await leaves(stage);
      await stage.tell('2026-10-07T08:00:00.000Z', 'school-dropout', dropout(other!, '2026-10-06'));
      const annulled = {
        id: 'annullering-1',
        type: 'annullering',
        fodselsnummer: NUMBER,
        skolenummer: '40014',
        annullerer: 'avbrudd-1',
      };
      await stage.tell('2026-10-08T08:00:00.000Z', 'school-dropout', annulled);
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
    await stage.tell('2026-10-08T08:00:00.000Z', 'ot-adviser', status(P01, '2026-10-08', 'OTOV'));
    expect(await alerts(stage, '?state=open')).toEqual(['STATUS_UTEN_KONTAKT open', 'NY_TILMELDING open']);
    await stage.tell('2026-10-09T08:00:00.000Z', 'ot-adviser', contact(P01, '2026-10-08'));
    expect(await alerts(stage)).toEqual(['STATUS_UTEN_KONTAKT withdrawn', 'NY_TILMELDING met']);
  }),
};
