import { expect } from 'vitest';
import { historyOf, letterList } from '../harness/apiAnswers.ts';
import { attempt, consent, contact, declined, dropout, moved, status } from '../harness/feedRecords.ts';
import { answer, asked, bothSides, delivery } from '../harness/navMonth.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

const P01 = person('P01');
const P08 = person('P08');
const P09 = person('P09');
const P16 = person('P16');
const NORDLAND = { county: '18', from: '2026-09-01T06:00:00.000Z' };
const SCHOOL = { skolenummer: '18014' };
const TOPICS = ['status', 'alert', 'alert-protected', 'ot-ungdom', 'status-group'] as const;

const grade = ({ fodselsnummer }: Person, gradering: string, dato: string) => ({
  id: `fr-grad-${fodselsnummer.slice(-4)}-${dato}`,
  type: 'adressebeskyttelse',
  fodselsnummer,
  dato,
  gradering,
});

/** All that was published about one person, without what is the same for every person in the county. */
async function shared(stage: Stage, { fodselsnummer }: Person): Promise<string> {
  const all = await Promise.all(TOPICS.map((topic) => stage.out(topic, fodselsnummer)));
  return JSON.stringify(all.flat().map(({ eventId: _, org: __, ...value }) => value));
}

async function last(stage: Stage, topic: (typeof TOPICS)[number], { fodselsnummer }: Person) {
  return (await stage.out(topic, fodselsnummer)).at(-1);
}

export const PRIVACY: Scenarios = {
  'D01a of a youth with a strictly confidential address no message has county, municipality, unit, office or school':
    staged(NORDLAND, async (stage) => {
      await stage.send(
        '2026-09-02T06:00:00.000Z',
        'folkeregister',
        grade(P08, 'STRENGT_FORTROLIG', '2026-09-01'),
      );
      await stage.send('2026-09-03T06:00:00.000Z', 'folkeregister', moved(P08, '2026-09-01', '1804'));
      await stage.send('2026-10-07T07:00:00.000Z', 'school-dropout', dropout(P08, '2026-10-06', SCHOOL));
      const kilde = 'ot:18201';
      await stage.send(
        '2026-10-08T07:00:00.000Z',
        'ot-adviser',
        contact(P08, '2026-10-08', { kilde }),
        status(P08, '2026-10-08', 'OTOV', { kilde }),
      );
      await stage.send('2026-10-09T07:00:00.000Z', 'consent', ...bothSides(P08, '2026-10-09T06:00:00.000Z'));
      expect([...(await asked(stage, '2026-11-02T07:00:00.000Z', '2026-11')).keys()]).toEqual([]);
      await stage.send('2026-11-06T07:00:00.000Z', 'folkeregister', moved(P08, '2026-11-05', '5501'));
      expect(await stage.open(P08.fodselsnummer)).toEqual(
        expect.arrayContaining(['NY_TILMELDING', 'OVERLEVERING']),
      );
      expect(await stage.out('alert', P08.fodselsnummer)).toEqual([]);
      for (const topic of ['status', 'alert-protected', 'ot-ungdom'] as const) {
        const published = await stage.out(topic, P08.fodselsnummer);
        expect(published.length, topic).toBeGreaterThan(0);
        for (const { protection } of published) expect(protection).toBe('STRENGT_FORTROLIG');
      }
      expect(await stage.out('status-group', P08.fodselsnummer)).toEqual([]);
      expect(await shared(stage, P08)).not.toMatch(/"18"|"55"|1804|5501|18014|18200|18201|1899/);
      // A list that all of OT may see leaves the youth to those who are named.
      const { body } = await stage.get('worklists/open-questions');
      expect(body).toMatchObject({ rows: [], leftOut: 1 });
    }),

  'D01b of a youth with a confidential address the county and unit are published, marked, and never the school':
    staged(NORDLAND, async (stage) => {
      await stage.send('2026-09-02T06:00:00.000Z', 'folkeregister', grade(P09, '7', '2026-09-01'));
      await stage.send('2026-10-07T07:00:00.000Z', 'school-dropout', dropout(P09, '2026-10-06', SCHOOL));
      for (const topic of ['status', 'alert'] as const)
        expect(await last(stage, topic, P09)).toMatchObject({
          protection: 'FORTROLIG',
          county: '18',
          owner: '18200',
        });
      expect(await last(stage, 'status-group', P09)).toMatchObject({ open: true, county: '18' });
      expect(await shared(stage, P09)).not.toMatch(/18014|FV/);
    }),

  'D01c a grade that changes takes effect on what has been published already, both ways': staged(
    NORDLAND,
    async (stage) => {
      await stage.send('2026-10-07T07:00:00.000Z', 'school-dropout', dropout(P08, '2026-10-06', SCHOOL));
      expect(await last(stage, 'ot-ungdom', P08)).toMatchObject({ registrations: [{ owner: '18200' }] });
      const { id } = await stage.alert(P08.fodselsnummer, 'NY_TILMELDING');
      await stage.send('2026-10-20T07:00:00.000Z', 'folkeregister', grade(P08, '6', '2026-10-20'));
      expect(await last(stage, 'ot-ungdom', P08)).toMatchObject({
        protection: 'STRENGT_FORTROLIG',
        registrations: [{ county: null, owner: null, code: 'OTUK' }],
      });
      expect(await last(stage, 'status-group', P08)).toMatchObject({
        open: false,
        county: null,
        group: null,
      });
      const alerts = (await stage.out('alert', P08.fodselsnummer)).filter(({ alertId }) =>
        String(alertId).includes(id),
      );
      expect(alerts.map(({ state, owner }) => [state, owner])).toEqual([
        ['REIST', '18200'],
        ['TRUKKET', null],
      ]);
      const named = await stage.out('alert-protected', P08.fodselsnummer);
      expect(named.map(({ state, owner }) => [state, owner])).toContainEqual(['ENDRET', null]);
      await stage.send('2026-11-20T07:00:00.000Z', 'folkeregister', grade(P08, 'UGRADERT', '2026-12-01'));
      expect(await last(stage, 'ot-ungdom', P08)).toMatchObject({ protection: 'STRENGT_FORTROLIG' });
      await stage.pass('2026-12-02T07:00:00.000Z');
      expect(await last(stage, 'ot-ungdom', P08)).toMatchObject({
        protection: 'UGRADERT',
        registrations: [{ county: '18', owner: '18200' }],
      });
      expect(await last(stage, 'status-group', P08)).toMatchObject({ open: true, county: '18', group: 1 });
    },
  ),

  'D01d each of a minor’s two guardians is informed in a letter of their own, and neither letter mentions the other':
    staged({ county: '40', from: '2026-09-01T06:00:00.000Z' }, async (stage) => {
      await stage.send(
        '2026-09-15T06:00:00.000Z',
        'vigo-intake',
        declined(P01, '2026-09-14'),
        declined(P08, '2026-09-14'),
      );
      const answers = (['FORESATT', 'FORESATT2'] as const).map((part) =>
        consent(P01, 'A', '2026-09-16T06:00:00.000Z', { part }),
      );
      await stage.send('2026-09-16T06:00:00.000Z', 'consent', ...answers);
      await stage.send('2026-09-16T07:00:00.000Z', 'folkeregister', grade(P08, '6', '2026-09-16'));
      const { triggers, suppressed } = await letterList(stage, 'W24', '2026-27');
      const ref = await stage.ref(P01.fodselsnummer);
      expect(triggers.map((each) => [each.ref, each.recipient]).sort()).toEqual([
        [ref, 'FORESATT'],
        [ref, 'FORESATT2'],
        [ref, 'UNGDOM'],
      ]);
      for (const trigger of triggers) {
        const others = ['FORESATT"', 'FORESATT2"', 'UNGDOM"'].filter(
          (each) => each !== `${trigger.recipient}"`,
        );
        for (const other of others) expect(JSON.stringify(trigger)).not.toContain(`"${other}`);
      }
      // A letter to a youth in hiding would disclose the address to the post.
      expect(suppressed).toMatchObject([
        { ref: await stage.ref(P08.fodselsnummer), holds: [{ code: 'STRENGT_FORTROLIG' }] },
      ]);
    }),

  'D02 what is stored of a youth can be shown: each record with its source and basis, each decision with its rule':
    staged({ county: '42', from: '2026-09-01T06:00:00.000Z' }, async (stage) => {
      const kilde = 'ot:42201';
      await stage.send(
        '2026-10-02T08:00:00.000Z',
        'school-dropout',
        dropout(P16, '2026-10-01', { skolenummer: '42014' }),
      );
      await stage.send(
        '2026-10-03T08:00:00.000Z',
        'ot-adviser',
        attempt(P16, '2026-10-03', 'BREV', { kilde }),
      );
      await stage.send('2026-10-04T08:00:00.000Z', 'consent', consent(P16, 'A', '2026-10-04T07:00:00.000Z'));
      await stage.extract('2026-11-02T09:00:00.000Z', '2026-11');
      await stage.rows(
        '2026-11-03T09:00:00.000Z',
        'nav-match',
        delivery('2026-11', [answer('2026-11', P16)]),
      );
      const entries = await historyOf(stage, P16.fodselsnummer);
      const facts = entries.filter(({ what }) => what === 'FactRecorded');
      expect(facts.map(({ source, codes }) => [source, codes.hendelse])).toEqual([
        ['skole:42014', 'Left'],
        ['ot:42201', 'ContactAttempt'],
        ['ot:40201', 'Consent'],
        ['bridge', 'NavAsked'],
        ['bridge', 'NavMatch'],
      ]);
      expect(facts[2]?.codes).toMatchObject({ side: 'A', samtykke: 'SAMTYKKET', rettsgrunnlag: 'SAMTYKKE' });
      expect(entries.find(({ what }) => what === 'WithheldForConsent')).toMatchObject({
        rule: 'R48',
        codes: { side: 'B', samtykke: 'MANGLER' },
      });
      for (const { what, rule } of entries)
        if (/^(Alert|Status|Tilmelding|Withheld)/.test(what)) expect(rule, what).not.toBeNull();
    }),
};
