import { expect } from 'vitest';
import { WORKLIST_IDS } from '../../src/core/worklist/worklistId.ts';
import { answer, asked, bothSides, consent, delivery, followed } from '../harness/navMonth.ts';
import { followUp, participation } from '../harness/navRegisters.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Setting, Stage } from '../harness/stage.ts';

// What NAV has said is shown wherever youths are read while it may be published, and nowhere when it may not.

const P02: Person = person('P02');
const GIVEN = '2026-10-05T08:00:00.000Z';
const SETTING: Setting = { county: '46', from: '2026-10-01T06:00:00.000Z', agreedTo: '2026-12-31' };
/** Which of NAV's words are in what is shown: the answer, its office, what is proposed, the registers. */
const TRACES =
  /KJENT_HOS_NAV|Kjent hos NAV|4699|1201|OTAP|Q26|Q27|NavRegister|nav-deltaker|DELTAR|nav-match/g;

/** Known at NAV by an answer, and by two of its registers. */
async function knownAtNav(stage: Stage): Promise<void> {
  await followed(stage, [P02], bothSides(P02, GIVEN, { omfang: ['TILTAK'] }));
  const ids = await asked(stage, '2026-11-02T08:00:00.000Z', '2026-11');
  const matchId = ids.get(P02.fodselsnummer);
  const month = delivery('2026-11', [answer('2026-11', P02, { matchId, kontor: '4699' })]);
  await stage.rows('2026-11-03T09:00:00.000Z', 'nav-match', month);
  await stage.send('2026-11-04T08:00:00.000Z', 'nav-deltaker', participation(P02));
  await stage.send('2026-11-04T08:00:00.000Z', 'nav-oppfolging', followUp(P02));
}

/** The traces in each answer that reads the youth, by its path without the reference. */
async function shownIn(stage: Stage): Promise<Record<string, string[]>> {
  const ref = await stage.ref(P02.fodselsnummer);
  const listed = await stage.get('alerts?limit=200');
  const alerts = listed.body.alerts as { alert: { id: string; kind: string } }[];
  const paths = [
    ...[`youths/${ref}`, `youths/${ref}/history`, 'alerts', 'alerts?state=open', 'alerts?state=withdrawn'],
    ...alerts.map(({ alert }) => `alerts/${alert.id}`),
    ...WORKLIST_IDS.map((id) => `worklists/${id}`),
    ...['W24', 'W30'].map((id) => `letters/${id}?schoolYear=2026-27`),
    'reports/2026-11-15/checks',
    `groups/${ref}`,
    'changes',
  ];
  const found: Record<string, string[]> = {};
  for (const path of paths) {
    const { status, body } = await stage.get(path);
    expect([path, status >= 500]).toEqual([path, false]);
    const all = JSON.stringify(body).match(TRACES) ?? [];
    // A report names the code of a check that it counts, of no one.
    const traces = path.startsWith('reports/') ? all.filter((trace) => trace !== 'OTAP') : all;
    const name = path.startsWith('alerts/') ? 'alerts/{id}' : path.replaceAll(ref, '{ref}');
    if (traces.length > 0) found[name] = [...new Set([...(found[name] ?? []), ...traces])].sort();
  }
  return found;
}

const WHERE = [
  'alerts',
  'alerts/{id}',
  'alerts?state=open',
  'worklists/open-questions',
  'youths/{ref}',
  'youths/{ref}/history',
];

/** Before it may not, so that what is not shown afterwards could have been. */
async function isShown(stage: Stage): Promise<void> {
  const shown = await shownIn(stage);
  expect(Object.keys(shown)).toEqual(expect.arrayContaining(WHERE));
  expect(shown['youths/{ref}']).toEqual(
    expect.arrayContaining(['KJENT_HOS_NAV', '4699', '1201', 'OTAP', 'DELTAR']),
  );
}

export const NAV_SHOWN: Scenarios = {
  'N08b when the agreement has lapsed nothing of NAV’s is shown anywhere, and all of it again when one is registered':
    staged(SETTING, async (stage) => {
      await knownAtNav(stage);
      await isShown(stage);
      await stage.pass('2027-01-04T08:00:00.000Z');
      expect(await shownIn(stage)).toEqual({});
      // The youth is shown as before, but for that.
      expect(await stage.registrations(P02.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 46']);
      const { body } = await stage.get(`youths/${await stage.ref(P02.fodselsnummer)}`);
      const kinds = (body.alerts as { kind: string }[]).map(({ kind }) => kind);
      expect([...new Set(kinds)].sort()).toEqual(['FRIST_UTLOPT', 'NY_TILMELDING']);
      // Neither does a dry run: of what a withdrawal would lead to nothing is NAV's.
      const no = consent(P02, 'B', 'TRUKKET', '2027-01-04T08:00:00.000Z');
      const tried = await stage.post('feeds/consent/dry-run', no);
      expect(JSON.stringify(tried.body)).not.toMatch(TRACES);
      expect(JSON.stringify(tried.body)).not.toMatch(/holdes tilbake|trekkes/);
      const renewed = {
        ...{ party: '889640782', purpose: 'NAV_UTVEKSLING', legalBasis: 'SAMTYKKE' },
        ...{ from: '2027-01-01', to: '2027-12-31', reference: 'sak 27/1', reason: 'Fornyet for ett år.' },
      };
      expect((await stage.post('nav/agreements', renewed)).status).toBe(200);
      await isShown(stage);
    }),

  'N02d a consent withdrawn, run out or narrowed takes all of it out of everything that is read, the history too':
    async (play) => {
      const later = '2026-11-20T08:00:00.000Z';
      const taken: [string, object[], RegExp][] = [
        ['withdrawn', [consent(P02, 'A', 'TRUKKET', later)], TRACES],
        ['run out', [consent(P02, 'B', 'UTLOPT', later)], TRACES],
        // The answer, and that NAV follows the youth up, need no more than the sides.
        ['narrowed', [consent(P02, 'B', 'SAMTYKKET', later)], /OTAP|Q26|Q27|nav-deltaker|DELTAR/],
      ];
      for (const [what, records, gone] of taken) {
        const stage = await play(SETTING);
        try {
          await knownAtNav(stage);
          await isShown(stage);
          await stage.send(later, 'consent', ...records);
          const left = Object.entries(await shownIn(stage)).filter(([, traces]) =>
            traces.some((trace) => new RegExp(gone).test(trace)),
          );
          expect([what, left]).toEqual([what, []]);
        } finally {
          await stage.stop();
        }
      }
    },

  'D01e at an address that becomes graded nothing of NAV’s is shown': staged(SETTING, async (stage) => {
    await knownAtNav(stage);
    await isShown(stage);
    const grade = { id: 'fr-1', type: 'adressebeskyttelse', ...P02, dato: '2026-11-20', gradering: '7' };
    await stage.send('2026-11-20T08:00:00.000Z', 'folkeregister', grade);
    expect(await shownIn(stage)).toEqual({});
  }),
};
