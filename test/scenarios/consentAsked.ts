import { expect } from 'vitest';
import { type WorklistView, worklistCells } from '../../src/desk/worklists/worklistView.ts';
import type { YouthView } from '../../src/desk/youths/youthView.ts';
import { worklistLines } from '../../src/text/worklistLines.ts';
import { dropout } from '../harness/feedRecords.ts';
import { answer, asked, bothSides, COUNTY, consent, delivery, followed } from '../harness/navMonth.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

// Whom to ask, what becomes of the answers, and how each is shown to those who work with them.

const OCTOBER = '2026-10-05T08:00:00.000Z';
const LATER = '2026-10-20T08:00:00.000Z';

async function view<Shape>(stage: Stage, path: string): Promise<Shape> {
  const { status, body } = await stage.get(path);
  expect(status).toBe(200);
  return body as Shape;
}

const list = (stage: Stage, date = '2026-11-02') =>
  view<WorklistView>(stage, `worklists/ask-consent?date=${date}`);

/** `UNGDOM A UTLOPT`, … of one person. */
async function askedFor(stage: Stage, { fodselsnummer }: Person, date?: string): Promise<string[]> {
  const ref = await stage.ref(fodselsnummer);
  const { rows } = await list(stage, date);
  return rows
    .filter((row) => row.ref === ref)
    .flatMap(({ ask }) =>
      ask.map(({ part, sides }) =>
        [part, ...sides.map(({ side, samtykke }) => `${side} ${samtykke}`)].join(' '),
      ),
    );
}

export const CONSENT_ASKED: Scenarios = {
  'N08c a consent that ran out is shown as that, and never as a no, wherever it is shown': staged(
    COUNTY,
    async (stage) => {
      const [ends, expired, unanswered, refused, withdrawn] = crowd(61, 5) as [
        Person,
        Person,
        Person,
        Person,
        Person,
      ];
      const all = [ends, expired, unanswered, refused, withdrawn];
      await followed(stage, all, [
        consent(ends, 'A', 'SAMTYKKET', OCTOBER, { gyldigTil: '2026-11-01T00:00:00.000Z' }),
        consent(expired, 'A', 'SAMTYKKET', OCTOBER),
        consent(unanswered, 'A', 'VENTER_PAA_SVAR', OCTOBER, { gyldigTil: LATER }),
        consent(refused, 'A', 'IKKE_SAMTYKKET', OCTOBER),
        consent(withdrawn, 'A', 'SAMTYKKET', OCTOBER),
        ...all.map((who) => consent(who, 'B', 'SAMTYKKET', OCTOBER)),
      ]);
      await stage.send(
        LATER,
        'consent',
        consent(expired, 'A', 'UTLOPT', LATER),
        consent(withdrawn, 'A', 'TRUKKET', LATER),
      );
      await stage.pass('2026-11-02T08:00:00.000Z');
      const shown = await Promise.all(
        all.map(async ({ fodselsnummer }) => {
          const { consents } = await view<YouthView>(stage, `youths/${await stage.ref(fodselsnummer)}`);
          const [a, b] = consents;
          expect([b?.side, b?.holds, b?.samtykke]).toEqual(['B', true, 'SAMTYKKET']);
          expect(a?.parties.map(({ part, samtykke }) => [part, samtykke])).toEqual([['UNGDOM', a?.samtykke]]);
          return [a?.holds, a?.samtykke, a?.text, a?.parties[0]?.text];
        }),
      );
      expect(shown).toEqual([
        ...[0, 1].map(() => [
          false,
          'UTLOPT',
          'At OT spør NAV: samtykket har gått ut, og det kan spørres på nytt.',
          'Ungdommen hadde samtykket, men samtykket har gått ut.',
        ]),
        [
          false,
          'SVARFRIST_PASSERT',
          'At OT spør NAV: svarfristen er ute uten svar, og det kan spørres på nytt.',
          'Ungdommen svarte ikke innen fristen.',
        ],
        [false, 'IKKE_SAMTYKKET', 'At OT spør NAV: det er sagt nei.', 'Ungdommen har sagt nei.'],
        [false, 'TRUKKET', 'At OT spør NAV: samtykket er trukket.', 'Ungdommen har trukket samtykket.'],
      ]);
      // Only those whose consent ran out are asked again.
      const again = await Promise.all(all.map((who) => askedFor(stage, who)));
      expect(again).toEqual([
        ['UNGDOM A UTLOPT'],
        ['UNGDOM A UTLOPT'],
        ['UNGDOM A SVARFRIST_PASSERT'],
        [],
        [],
      ]);
      const printed = worklistLines(await list(stage));
      expect(printed).toContain('Spør ungdommen (UNGDOM.A-UTLOPT): At OT spør NAV: samtykket har gått ut');
      expect(printed).toContain('Tekst UNGDOM.A-SVARFRIST_PASSERT, nynorsk:');
      expect(printed.match(/^ {2}Hvorfor:/gm)).toHaveLength(3);
      const cells = worklistCells(await list(stage)).map((row) => row.at(-1));
      expect(cells.sort()).toEqual(['UNGDOM: A SVARFRIST_PASSERT', 'UNGDOM: A UTLOPT', 'UNGDOM: A UTLOPT']);
    },
  ),

  'N02c a dry run says that an answer would be held back, and the same whatever would stop it': staged(
    COUNTY,
    async (stage) => {
      const P02 = person('P02');
      await followed(stage, [P02], bothSides(P02, OCTOBER));
      const ids = await asked(stage, '2026-11-02T08:00:00.000Z', '2026-11');
      const matchId = ids.get(P02.fodselsnummer);
      const month = delivery('2026-11', [answer('2026-11', P02, { matchId })]);
      await stage.rows('2026-11-03T09:00:00.000Z', 'nav-match', month);
      const at = '2026-11-04T08:00:00.000Z';
      await stage.pass(at);
      const texts: unknown[] = [];
      for (const tilstand of ['UTLOPT', 'TRUKKET', 'IKKE_SAMTYKKET', 'VENTER_PAA_SVAR'] as const) {
        const { body } = await stage.post('feeds/consent/dry-run', consent(P02, 'B', tilstand, at));
        const [row] = body.results as { text: string }[];
        texts.push(row?.text.match(/Svaret holdes tilbake.*?\./)?.[0]);
      }
      expect([...new Set(texts)]).toEqual(['Svaret holdes tilbake: samtykkene det krever, gjelder ikke nå.']);
    },
  ),

  'N07d a minor’s consent is asked for of youth and guardians, and the answers close the task party by party':
    staged(COUNTY, async (stage) => {
      const P01 = person('P01');
      const left = dropout(P01, '2026-10-01', { skolenummer: '46014' });
      await stage.send('2026-10-02T08:00:00.000Z', 'school-dropout', left);
      expect(await askedFor(stage, P01)).toEqual([
        'UNGDOM A MANGLER B MANGLER',
        'FORESATT A MANGLER B MANGLER',
      ]);
      const { texts } = await list(stage);
      expect(texts.map(({ id }) => id)).toEqual([
        'FORESATT.A-MANGLER.B-MANGLER',
        'UNGDOM.A-MANGLER.B-MANGLER',
      ]);
      // How many guardians there are is a task of its own, which the first record that says so closes.
      const reason = async () => (await list(stage)).rows[0]?.reason;
      expect(await reason()).toMatch(/ikke kjent om én eller to har foreldreansvar/);
      // Both guardians are asked, with a deadline.
      const question = { gyldigTil: '2026-10-25T00:00:00.000Z' };
      const ask = (part: 'FORESATT' | 'FORESATT2') =>
        (['A', 'B'] as const).map((side) =>
          consent(P01, side, 'VENTER_PAA_SVAR', '2026-10-06T08:00:00.000Z', { part, ...question }),
        );
      const asks = [...ask('FORESATT'), ...ask('FORESATT2')];
      await stage.send('2026-10-06T09:00:00.000Z', 'consent', ...asks);
      expect(await askedFor(stage, P01, '2026-10-07')).toEqual(['UNGDOM A MANGLER B MANGLER']);
      expect(await reason()).not.toMatch(/ikke kjent/);
      await stage.send(
        '2026-10-08T09:00:00.000Z',
        'consent',
        ...bothSides(P01, '2026-10-08T08:00:00.000Z', { part: 'FORESATT', antallForesatte: 2 }),
      );
      // The other did not answer in time.
      expect(await askedFor(stage, P01)).toEqual([
        'UNGDOM A MANGLER B MANGLER',
        'FORESATT2 A SVARFRIST_PASSERT B SVARFRIST_PASSERT',
      ]);
      const at = '2026-10-28T08:00:00.000Z';
      await stage.send(at, 'consent', ...bothSides(P01, at, { part: 'FORESATT2' }));
      expect(await askedFor(stage, P01)).toEqual([]);
      const { consents } = await view<YouthView>(stage, `youths/${await stage.ref(P01.fodselsnummer)}`);
      expect(consents.map(({ side, holds, parties }) => [side, holds, parties.length])).toEqual([
        ['A', true, 2],
        ['B', true, 2],
      ]);
      // The youth’s own no ends it for both, and no one is asked again.
      const no = '2026-10-30T08:00:00.000Z';
      await stage.send(no, 'consent', consent(P01, 'A', 'IKKE_SAMTYKKET', no));
      expect(await askedFor(stage, P01)).toEqual([]);
    }),
};
