import { hash } from 'node:crypto';
import { expect } from 'vitest';
import {
  answer,
  asked,
  bothSides,
  COUNTY,
  consent,
  delivery,
  fetched,
  followed,
  history,
  manifest,
  matchAlerts,
  withdrawn,
} from '../harness/navMonth.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';
import type { Stage } from '../harness/stage.ts';

const P01 = person('P01');
const P02 = person('P02');
const OCTOBER = '2026-10-05T08:00:00.000Z';
const EXTRACT = '2026-11-02T08:00:00.000Z';
const ANSWERED = '2026-11-03T09:00:00.000Z';
const OFFICE = '4601';

/** SHA-256 of the lines that NAV fetches. */
async function sumOf(stage: Stage, list: string): Promise<string> {
  const { body } = await stage.get(`nav/batches/${list}/rows`);
  const lines = (body.rows as object[]).map((row) => `${JSON.stringify(row)}\n`);
  return hash('sha256', lines.join(''));
}

/** As the youth's card has it. */
async function office(stage: Stage, { fodselsnummer }: Person): Promise<unknown> {
  return (await stage.get(`youths/${await stage.ref(fodselsnummer)}`)).body.navOffice;
}

export const NAV: Scenarios = {
  'N01 a month alerts once of each youth with both consents whom NAV knows, and of the others nothing leaves':
    staged(COUNTY, async (stage) => {
      const others = crowd(46, 119);
      const inList = [P02, ...others.slice(0, 86)];
      const permitted = inList.slice(0, 60);
      await followed(
        stage,
        [P02, ...others],
        [
          ...inList.map((who) => consent(who, 'A', 'SAMTYKKET', OCTOBER)),
          ...permitted.map((who) => consent(who, 'B', 'SAMTYKKET', OCTOBER)),
        ],
      );
      const list = await stage.extract(EXTRACT, '2026-11');
      const ids = await fetched(stage, list);
      expect([...ids.keys()].sort()).toEqual(inList.map(({ fodselsnummer }) => fodselsnummer).sort());
      // Again, byte by byte the same; and its sum is of what NAV has fetched.
      expect(await fetched(stage, await stage.extract(EXTRACT, '2026-11'))).toEqual(ids);
      const { body: letter } = await stage.get(`nav/batches/${list}`);
      expect(letter).toMatchObject({
        rows: 87,
        fetched: 87,
        withdrawn: 0,
        answered: 0,
        unanswered: 'VENTER',
      });
      expect(await sumOf(stage, list)).toBe(letter.sha256);
      const registered = (who: Person) =>
        ({ registrert: inList.indexOf(who) % 3 === 0 ? 'JA' : 'NEI' }) as const;
      await stage.rows(
        ANSWERED,
        'nav-match',
        delivery(
          '2026-11',
          inList.map((who) =>
            answer('2026-11', who, { ...registered(who), matchId: ids.get(who.fodselsnummer) }),
          ),
        ),
      );
      const known = permitted.filter((who) => registered(who).registrert === 'JA');
      const alerts = (await stage.out('alert')).filter(({ kind }) => kind === 'KJENT_HOS_NAV');
      const refs = await Promise.all(known.map(({ fodselsnummer }) => stage.ref(fodselsnummer)));
      expect(alerts.map(({ ref }) => ref).sort()).toEqual(refs.sort());
      for (const alert of alerts)
        expect(alert).toMatchObject({ state: 'REIST', category: 'VARSEL', rule: 'R48', office: OFFICE });
      expect(await stage.alert(P02.fodselsnummer, 'KJENT_HOS_NAV')).toMatchObject({ proposed: [] });
      expect(await office(stage, P02)).toBe(OFFICE);
      expect(await stage.registrations(P02.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 46']);
      const [noB] = inList.slice(60);
      expect(await office(stage, noB!)).toBeNull();
      expect(await history(stage, noB!, 'WithheldForConsent')).toEqual([
        { side: 'B', samtykke: 'MANGLER', rule: 'R48' },
      ]);
      for (const { fodselsnummer } of others.slice(86)) {
        expect(await stage.open(fodselsnummer)).not.toContain('KJENT_HOS_NAV');
        expect((await stage.youth(fodselsnummer))?.facts.map(({ kind }) => kind)).toEqual(['Left']);
      }
      expect(await stage.alarms()).toEqual([]);
      expect((await stage.get(`nav/batches/${list}`)).body).toMatchObject({ answered: 87, open: 0 });
    }),

  'N02a a consent withdrawn after the extract stops the answer, and the history says why and nothing of it':
    staged(COUNTY, async (stage) => {
      await followed(stage, [P02], bothSides(P02, OCTOBER));
      const list = await stage.extract(EXTRACT, '2026-11');
      const matchId = (await fetched(stage, list)).get(P02.fodselsnummer);
      expect(await withdrawn(stage, list)).toEqual([]);
      const november = delivery('2026-11', [answer('2026-11', P02, { matchId })]);
      await stage.send(
        '2026-11-02T14:00:00.000Z',
        'consent',
        consent(P02, 'A', 'TRUKKET', '2026-11-02T14:00:00.000Z'),
      );
      expect(await withdrawn(stage, list)).toEqual([matchId]);
      expect([...(await fetched(stage, list)).keys()]).toEqual([]);
      await stage.rows(ANSWERED, 'nav-match', november);
      expect(await stage.open(P02.fodselsnummer)).not.toContain('KJENT_HOS_NAV');
      expect(await matchAlerts(stage)).toEqual([]);
      expect(await history(stage, P02, 'WithheldForConsent')).toEqual([
        { side: 'A', samtykke: 'TRUKKET', rule: 'R48' },
      ]);
      const matches = (await stage.youth(P02.fodselsnummer))?.facts.filter(({ kind }) => kind === 'NavMatch');
      expect(matches).toMatchObject([{ batch: 'B-2026-11', answer: null, office: null }]);
      expect([...(await asked(stage, '2026-12-01T08:00:00.000Z', '2026-12')).keys()]).toEqual([]);
      // Given again later: what was stopped stays stopped, also when November comes once more.
      await stage.send(
        '2026-12-02T08:00:00.000Z',
        'consent',
        consent(P02, 'A', 'SAMTYKKET', '2026-12-02T08:00:00.000Z'),
      );
      await stage.rows('2026-12-03T08:00:00.000Z', 'nav-match', november);
      expect(await matchAlerts(stage)).toEqual([]);
      expect(await withdrawn(stage, list)).toEqual([matchId]);
    }),

  'N02b a consent withdrawn after the alert takes it back under its own id, without the office': staged(
    COUNTY,
    async (stage) => {
      await followed(stage, [P02], bothSides(P02, OCTOBER));
      await stage.extract(EXTRACT, '2026-11');
      await stage.rows(ANSWERED, 'nav-match', delivery('2026-11', [answer('2026-11', P02)]));
      const { id } = await stage.alert(P02.fodselsnummer, 'KJENT_HOS_NAV');
      expect(await office(stage, P02)).toBe(OFFICE);
      const at = '2026-11-10T08:00:00.000Z';
      await stage.send(at, 'consent', consent(P02, 'B', 'TRUKKET', at));
      expect(await office(stage, P02)).toBeNull();
      expect(await matchAlerts(stage)).toEqual(['REIST 4601', 'TRUKKET null']);
      const ids = (await stage.out('alert', P02.fodselsnummer)).flatMap(({ kind, alertId }) =>
        kind === 'KJENT_HOS_NAV' ? [String(alertId)] : [],
      );
      expect(new Set(ids).size).toBe(1);
      expect(ids[0]).toContain(id);
    },
  ),

  'N03 a delivery that comes twice, under its own id or the next letter, raises no alert again': staged(
    COUNTY,
    async (stage) => {
      const others = crowd(47, 4);
      const all = [P02, ...others];
      await followed(
        stage,
        all,
        all.flatMap((who) => bothSides(who, OCTOBER)),
      );
      const ids = await asked(stage, EXTRACT, '2026-11');
      const matchOf = ({ fodselsnummer }: Person) => ({ matchId: ids.get(fodselsnummer) });
      const again = (letter: string) =>
        delivery(
          '2026-11',
          all.map((who) => answer('2026-11', who, { letter, ...matchOf(who) })),
          letter,
        );
      await stage.rows(ANSWERED, 'nav-match', again(''));
      const before = await stage.out('alert');
      expect(await matchAlerts(stage)).toHaveLength(5);
      await stage.rows('2026-11-04T09:00:00.000Z', 'nav-match', again(''));
      await stage.rows('2026-11-05T09:00:00.000Z', 'nav-match', again('b'));
      expect(await stage.out('alert')).toHaveLength(before.length);
      // One answer is another in the next one: one update.
      const changed = all.map((who) =>
        answer('2026-11', who, { ...matchOf(who), letter: 'c', registrert: who === P02 ? 'NEI' : 'JA' }),
      );
      await stage.rows('2026-11-06T09:00:00.000Z', 'nav-match', delivery('2026-11', changed, 'c'));
      expect(await matchAlerts(stage)).toHaveLength(6);
      expect(await matchAlerts(stage, P02)).toEqual(['REIST 4601', 'TRUKKET null']);
      const [first] = others;
      const elsewhere = all.map((who) =>
        answer('2026-11', who, {
          ...matchOf(who),
          letter: 'd',
          registrert: who === P02 ? 'NEI' : 'JA',
          ...(who === first && { kontor: '4602' }),
        }),
      );
      await stage.rows('2026-11-07T09:00:00.000Z', 'nav-match', delivery('2026-11', elsewhere, 'd'));
      expect(await matchAlerts(stage)).toHaveLength(7);
      expect(await matchAlerts(stage, first)).toEqual(['REIST 4601', 'ENDRET 4602']);
      // And an old delivery that comes after it changes nothing back.
      await stage.rows('2026-11-08T09:00:00.000Z', 'nav-match', again('b'));
      expect(await matchAlerts(stage)).toHaveLength(7);
      expect(await stage.alarms()).toEqual([]);
    },
  ),

  'N04 of a delivery that lacks rows nothing is used; the operator hears of it in time, and the last row completes it':
    staged(COUNTY, async (stage) => {
      const youths = crowd(48, 87);
      await followed(
        stage,
        youths,
        youths.flatMap((who) => bothSides(who, OCTOBER)),
      );
      const ids = await asked(stage, EXTRACT, '2026-11');
      const answers = youths.map((who, at) =>
        answer('2026-11', who, {
          ...{ registrert: at % 2 === 0 ? 'JA' : 'NEI', matchId: ids.get(who.fodselsnummer) },
        }),
      );
      await stage.rows(ANSWERED, 'nav-match', [manifest('2026-11', 87), ...answers.slice(0, 61)]);
      await stage.pass('2026-11-04T08:59:59.000Z');
      expect(await stage.alarms()).toEqual([]);
      await stage.pass('2026-11-04T09:00:00.000Z');
      expect(await stage.alarms()).toEqual(['LIST_INCOMPLETE']);
      await stage.pass('2026-11-09T09:00:00.000Z');
      expect(await stage.alarms()).toEqual(['LIST_INCOMPLETE']);
      expect(await matchAlerts(stage)).toEqual([]);
      for (const { fodselsnummer } of youths) {
        const kinds = (await stage.youth(fodselsnummer))?.facts.map(({ kind }) => kind);
        expect(kinds).not.toContain('NavMatch');
      }
      await stage.rows('2026-11-10T09:00:00.000Z', 'nav-match', answers.slice(61));
      expect(await matchAlerts(stage)).toEqual(Array(44).fill('REIST 4601'));
      expect(await stage.alarms()).toEqual(['LIST_INCOMPLETE']);
    }),

  'N04b a delivery without all that NAV was asked about is held; the whole one is used, and after the month the rest has not answered':
    staged(COUNTY, async (stage) => {
      const [one, other] = crowd(50, 2) as [Person, Person];
      await followed(stage, [one, other], [...bothSides(one, OCTOBER), ...bothSides(other, OCTOBER)]);
      const list = await stage.extract(EXTRACT, '2026-11');
      const ids = await fetched(stage, list);
      const from = (who: Person, letter: string) =>
        answer('2026-11', who, { letter, matchId: ids.get(who.fodselsnummer) });
      await stage.rows(ANSWERED, 'nav-match', delivery('2026-11', [from(one, '')]));
      expect(await stage.alarms()).toEqual(['NAV_PARTIAL']);
      expect(await matchAlerts(stage)).toEqual([]);
      const { body } = await stage.get('lists/nav/B-2026-11');
      expect(body).toMatchObject({ state: 'held', reason: 'NAV_PARTIAL', affected: 1 });
      await stage.pass('2026-12-01T09:00:00.000Z');
      expect((await stage.get(`nav/batches/${list}`)).body).toMatchObject({
        open: 2,
        unanswered: 'IKKE_SVART',
      });
      const whole = delivery('2026-11', [from(one, 'b'), from(other, 'b')], 'b');
      await stage.rows('2026-12-02T09:00:00.000Z', 'nav-match', whole);
      expect(await matchAlerts(stage)).toEqual(['REIST 4601', 'REIST 4601']);
      expect((await stage.get(`nav/batches/${list}`)).body).toMatchObject({ open: 0, answered: 2 });
    }),

  'N05 an answer about a person NAV was not asked about holds the whole delivery, and makes no person known':
    staged(COUNTY, async (stage) => {
      const [stranger, noA] = crowd(49, 2) as [Person, Person];
      await followed(
        stage,
        [P02, noA],
        [...bothSides(P02, OCTOBER), consent(noA, 'B', 'SAMTYKKET', OCTOBER)],
      );
      const ids = await asked(stage, EXTRACT, '2026-11');
      expect([...ids.keys()]).toEqual([P02.fodselsnummer]);
      const mine = (letter: string) =>
        answer('2026-11', P02, { letter, matchId: ids.get(P02.fodselsnummer) });
      // Whom the county does not know; whom it knows, and did not ask about; a match id of no list.
      const strange = [
        answer('2026-11', stranger, { kontor: '4699' }),
        answer('2026-11', noA, { kontor: '4699', letter: 'b' }),
        answer('2026-11', stranger, { kontor: '4699', letter: 'c', matchId: `pw_${'a'.repeat(26)}` }),
      ];
      for (const [at, letter] of ['', 'b', 'c'].entries()) {
        const rows = delivery('2026-11', [mine(letter), strange[at]!], letter);
        await stage.rows(`2026-11-03T1${at}:00:00.000Z`, 'nav-match', rows);
      }
      expect(await stage.alarms()).toEqual(['NAV_STRANGER', 'NAV_STRANGER', 'NAV_STRANGER']);
      expect(await matchAlerts(stage)).toEqual([]);
      expect(await stage.open(P02.fodselsnummer)).not.toContain('KJENT_HOS_NAV');
      expect((await stage.youth(stranger.fodselsnummer))?.facts ?? []).toEqual([]);
      const everything = [await stage.out('alert'), await stage.out('status'), await stage.out('ot-ungdom')];
      expect(JSON.stringify(everything)).not.toContain('4699');
      // The delivery stays held, also when the same rows come again; the corrected one is used.
      await stage.rows('2026-11-04T09:00:00.000Z', 'nav-match', [mine('')]);
      expect(await matchAlerts(stage)).toEqual([]);
      await stage.rows('2026-11-05T09:00:00.000Z', 'nav-match', delivery('2026-11', [mine('d')], 'd'));
      expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
    }),

  'N06 the guardian’s consent ends with the 18th birthday, and the youth is asked for its own': staged(
    COUNTY,
    async (stage) => {
      await followed(stage, [P01], bothSides(P01, OCTOBER, { part: 'FORESATT' }));
      const list = await stage.extract('2027-03-10T08:00:00.000Z', '2027-03');
      const matchId = (await fetched(stage, list)).get(P01.fodselsnummer);
      expect(matchId).toBeDefined();
      await stage.pass('2027-03-15T08:00:00.000Z');
      expect(await withdrawn(stage, list)).toEqual([matchId]);
      await stage.rows(
        '2027-03-15T09:00:00.000Z',
        'nav-match',
        delivery('2027-03', [answer('2027-03', P01, { matchId })]),
      );
      expect(await matchAlerts(stage)).toEqual([]);
      expect(await history(stage, P01, 'WithheldForConsent')).toEqual([
        { side: 'A', samtykke: 'MANGLER', rule: 'R48' },
      ]);
      const request = await stage.alert(P01.fodselsnummer, 'NYTT_SAMTYKKE');
      expect(request).toMatchObject({
        effective: '2027-03-14',
        minor: 'NEI',
        rule: 'Q7',
        category: 'VARSEL',
      });
      // What is published about the case from now on is for the youth alone.
      const since = (await stage.out('alert')).filter(({ recorded }) => String(recorded) >= '2027-03-13T23');
      expect(since.length).toBeGreaterThan(0);
      for (const { minor } of since) expect(minor).toBe('NEI');
      // The guardian says yes once more: it is not the guardian’s to say.
      const at = '2027-03-16T09:00:00.000Z';
      await stage.send(at, 'consent', ...bothSides(P01, at, { part: 'FORESATT' }));
      expect([...(await asked(stage, '2027-04-01T08:00:00.000Z', '2027-04')).keys()]).toEqual([]);
    },
  ),
};
