import { expect } from 'vitest';
import { letter, sheet } from '../harness/apiDocuments.ts';
import { applied, contact, declined, notApplied, placed, started, status } from '../harness/feedRecords.ts';
import { type Person, person } from '../harness/persons.ts';
import { alertsOut, staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';
import { rowsOf } from '../harness/storyReports.ts';

const P11 = person('P11');
const P15 = person('P15');
const P16 = person('P16');
const OTHERS = [person('P02'), person('P14'), person('P17')];

/** P16 is followed up this school year. */
async function followedThisYear(stage: Stage): Promise<void> {
  const ot = { kilde: 'ot:42201' };
  await stage.send('2026-10-08T08:00:00.000Z', 'vigo-intake', notApplied(P16, '2026-27', '2026-03-15'));
  await stage.send(
    '2026-10-09T08:00:00.000Z',
    'ot-adviser',
    contact(P16, '2026-10-09', ot),
    status(P16, '2026-10-09', 'OTOV', ot),
  );
}

/** A private school's list as the school sends it. */
const pupils = (dato: string, who: readonly Person[]) => ({
  skole: '46301',
  dato,
  antall: who.length,
  elever: who.map((each) => ({ ...each, startdato: '2026-08-17' })),
});

/** P15 has declined a place, and is in the list of a private school. */
async function declinedPupil(stage: Stage): Promise<void> {
  await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', declined(P15, '2026-09-14'));
  await stage.list('2026-09-18T08:00:00.000Z', 'private-school', pupils('2026-09-18', [P15, ...OTHERS]));
}

/** P11 applies too late, and in between talks with OT if `talks`. Attends school in August. */
async function latePlace(stage: Stage, talks: boolean): Promise<void> {
  const school = { skolenummer: '31014' };
  await stage.send('2027-03-16T08:00:00.000Z', 'vigo-intake', notApplied(P11, '2027-28', '2027-03-15'));
  await stage.send('2027-04-20T08:00:00.000Z', 'vigo-intake', applied(P11, '2027-28', '2027-04-20'));
  const talk = contact(P11, '2027-06-10', { kilde: 'ot:31201' });
  if (talks) await stage.send('2027-06-10T08:00:00.000Z', 'ot-adviser', talk);
  await stage.send('2027-08-19T08:00:00.000Z', 'vigo-intake', placed(P11, '2027-08-19', school));
  await stage.send('2027-08-20T08:00:00.000Z', 'school-dropout', started(P11, '2027-08-19', school));
}

export const INTAKE: Scenarios = {
  'I01 a non-applicant for next year is registered in parallel with this year, and has the letter of week 20':
    staged({ county: '42' }, async (stage) => {
      const number = P16.fodselsnummer;
      await followedThisYear(stage);
      const [thisYear] = await stage.registered(number);
      const before = await stage.out('status', number);
      await stage.send('2027-03-16T08:00:00.000Z', 'vigo-intake', notApplied(P16, '2027-28', '2027-03-15'));
      expect(await stage.registrations(number)).toEqual([
        'IKKE_SOKT OTOV 2026-27 42',
        'IKKE_SOKT OTUK 2027-28 42',
      ]);
      expect((await stage.registered(number))[0]).toEqual(thisYear);
      const since = (await stage.out('status', number)).slice(before.length);
      expect(since).toHaveLength(1);
      expect(since[0]).toMatchObject({ schoolYear: '2027-28', code: 'OTUK', rule: 'R01', setBy: 'REGEL' });

      await stage.pass('2027-05-10T08:00:00.000Z');
      const { triggers, from, weekLabel } = await letter(stage, 'W13', '2027-28');
      expect(triggers.map(({ schoolYear, recipient }) => [schoolYear, recipient])).toEqual([
        ['2027-28', 'UNGDOM'],
      ]);
      expect([from, weekLabel]).toEqual(['2027-05-17', 'uke 20']);
    }),

  'I01 the report of June has the same bytes with the list of next year’s non-applicants as without': async (
    play,
  ) => {
    const contents: string[] = [];
    for (const list of [true, false]) {
      const stage = await play({ county: '42' });
      try {
        await followedThisYear(stage);
        const row = notApplied(P16, '2027-28', '2027-03-15');
        if (list) await stage.send('2027-03-16T08:00:00.000Z', 'vigo-intake', row);
        await stage.pass('2027-06-09T08:00:00.000Z');
        const { report, snapshot } = await stage.report('2027-06-15');
        expect(report).toMatchObject({ schoolYear: '2026-27', total: 1, codes: { OTOV: 1 } });
        contents.push(snapshot.content.toString());
      } finally {
        await stage.stop();
      }
    }
    expect(contents[0]).toBe(contents[1]);
  },

  'I03 a private school’s list proposes OTVF_IM, holds the letter back and counts no youth twice': staged(
    { county: '46' },
    async (stage) => {
      const number = P15.fodselsnummer;
      await stage.send('2026-09-15T08:00:00.000Z', 'vigo-intake', declined(P15, '2026-09-14'));
      expect(await stage.registrations(number)).toEqual(['TAKKET_NEI OTUK 2026-27 46']);
      expect((await letter(stage, 'W24', '2026-27')).triggers).toHaveLength(1);

      const list = pupils('2026-09-18', [P15, ...OTHERS]);
      await stage.list('2026-09-18T08:00:00.000Z', 'private-school', list);
      expect(await stage.registrations(number)).toEqual(['TAKKET_NEI OTUK 2026-27 46']);
      const [proposal] = await alertsOut(stage, number, 'STATUS_FORSLAG');
      expect(proposal).toMatchObject({
        category: 'FORSLAG',
        proposed: ['OTVF_IM'],
        rule: 'R22',
        feed: 'private-school',
        // The list, and the neisvar it is held against.
        evidence: [expect.any(String), expect.any(String)],
      });
      expect(await alertsOut(stage, number, 'NY_TILMELDING')).toHaveLength(1);
      for (const other of OTHERS) expect(await stage.registrations(other.fodselsnummer)).toEqual([]);

      await stage.pass('2026-09-21T06:00:00.000Z');
      const { triggers, holds, weekLabel } = await letter(stage, 'W24', '2026-27');
      expect([triggers, holds, weekLabel]).toEqual([[], [['PRIVAT_SKOLELISTE', 'TIL_KONTROLL']], 'uke 39']);
      const stock = rowsOf(await sheet(stage, 'stock', '2026-11-15'), 'hovedgruppe');
      expect(stock.Totalt?.antall).toBe(1);
    },
  ),

  'I03 absence from one later list withdraws the proposal for a review and is no dropout': staged(
    { county: '46' },
    async (stage) => {
      const number = P15.fodselsnummer;
      await declinedPupil(stage);
      await stage.list('2026-10-09T08:00:00.000Z', 'private-school', pupils('2026-10-09', OTHERS));
      const [raised, withdrawn, ...more] = await alertsOut(stage, number, 'STATUS_FORSLAG');
      expect([raised?.state, withdrawn?.state, more]).toEqual(['REIST', 'TRUKKET', []]);
      expect(withdrawn).toMatchObject({ alertId: raised?.alertId, rule: 'R05' });
      expect(await stage.open(number)).not.toContain('STATUS_FORSLAG');
      expect(await stage.alert(number, 'BORTE_FRA_SKOLELISTE')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R05',
        effective: '2026-10-09',
        proposed: [],
      });
      expect(await stage.registrations(number)).toEqual(['TAKKET_NEI OTUK 2026-27 46']);
    },
  ),

  'I04 a late application holds both letters back and changes nothing else': staged(
    { county: '31' },
    async (stage) => {
      const number = P11.fodselsnummer;
      await stage.send('2027-03-16T08:00:00.000Z', 'vigo-intake', notApplied(P11, '2027-28', '2027-03-15'));
      for (const id of ['W13', 'W14'] as const)
        expect((await letter(stage, id, '2027-28')).triggers, id).toHaveLength(1);
      await stage.pass('2027-04-20T07:00:00.000Z');
      const published = async () => [
        await stage.registered(number),
        await stage.open(number),
        await stage.out('status'),
        await stage.out('alert'),
      ];
      const before = await published();

      await stage.send('2027-04-20T08:00:00.000Z', 'vigo-intake', applied(P11, '2027-28', '2027-04-20'));
      for (const id of ['W13', 'W14'] as const) {
        const { triggers, holds } = await letter(stage, id, '2027-28');
        expect([triggers, holds], id).toEqual([[], [['SEN_SOKNAD']]]);
      }
      expect(await published()).toEqual(before);
      expect(await stage.registrations(number)).toEqual(['IKKE_SOKT OTUK 2027-28 31']);
    },
  ),

  'I04 attendance in August without contact before it proposes OTEV_IM, and OTUK is kept': staged(
    { county: '31' },
    async (stage) => {
      await latePlace(stage, false);
      expect(await stage.alert(P11.fodselsnummer, 'STATUS_FORSLAG')).toMatchObject({
        category: 'FORSLAG',
        proposed: ['OTEV_IM'],
        rule: 'R21',
      });
      expect(await stage.registrations(P11.fodselsnummer)).toEqual(['IKKE_SOKT OTUK 2027-28 31']);
    },
  ),

  'I04 a place after contact in June is a question of viaOT to the adviser, which no rule answers': staged(
    { county: '31' },
    async (stage) => {
      const number = P11.fodselsnummer;
      await latePlace(stage, true);
      expect(await stage.alert(number, 'STATUS_FORSLAG')).toMatchObject({
        category: 'FORSLAG',
        proposed: ['OTEV', 'OTEV_IM'],
      });
      const [registration] = await stage.registered(number);
      expect(registration?.status).toMatchObject({ code: 'OTUK', setBy: 'REGEL', rule: 'R01' });

      const answer = status(P11, '2027-08-23', 'OTEV', { kilde: 'ot:31201', viaOT: 'JA' });
      await stage.send('2027-08-23T08:00:00.000Z', 'ot-adviser', answer);
      expect(await stage.registrations(number)).toEqual(['IKKE_SOKT OTEV 2027-28 31']);
      expect(await stage.open(number)).not.toContain('STATUS_FORSLAG');
    },
  ),
};
