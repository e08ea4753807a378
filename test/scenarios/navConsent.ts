import { expect } from 'vitest';
import type { ConsentState } from '../../src/core/youth/statusEvent.ts';
import { dropout } from '../harness/feedRecords.ts';
import {
  answer,
  asked,
  bothSides,
  COUNTY,
  consent,
  delivery,
  followed,
  history,
  matchAlerts,
} from '../harness/navMonth.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// Both consents, or nothing; and a match that is late, or is only a match.

const P01 = person('P01');
const P02 = person('P02');
const OCTOBER = '2026-10-05T08:00:00.000Z';
const EXTRACT = '2026-11-02T08:00:00.000Z';
const ANSWERED = '2026-11-03T09:00:00.000Z';

export const NAV_CONSENT: Scenarios = {
  'N07a of four youths the two who let OT ask may be asked about, and one alert leaves: where NAV may answer too':
    staged(COUNTY, async (stage) => {
      const [yesYes, yesNo, noYes, waits] = crowd(51, 4) as [Person, Person, Person, Person];
      const said: [Person, ConsentState, ConsentState][] = [
        [yesYes, 'SAMTYKKET', 'SAMTYKKET'],
        [yesNo, 'SAMTYKKET', 'IKKE_SAMTYKKET'],
        [noYes, 'IKKE_SAMTYKKET', 'SAMTYKKET'],
        [waits, 'VENTER_PAA_SVAR', 'SAMTYKKET'],
      ];
      await followed(
        stage,
        said.map(([who]) => who),
        said.flatMap(([who, a, b]) => [consent(who, 'A', a, OCTOBER), consent(who, 'B', b, OCTOBER)]),
      );
      const ids = await asked(stage, EXTRACT, '2026-11');
      expect([...ids.keys()].sort()).toEqual([yesYes.fodselsnummer, yesNo.fodselsnummer].sort());
      await stage.rows(
        ANSWERED,
        'nav-match',
        delivery(
          '2026-11',
          [yesYes, yesNo].map((who, at) =>
            answer('2026-11', who, { kontor: `460${at + 1}`, matchId: ids.get(who.fodselsnummer) }),
          ),
        ),
      );
      expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
      expect(await matchAlerts(stage, yesYes)).toEqual(['REIST 4601']);
      expect(await history(stage, yesNo, 'WithheldForConsent')).toEqual([
        { side: 'B', samtykke: 'IKKE_SAMTYKKET', rule: 'R48' },
      ]);
      for (const who of [noYes, waits])
        expect((await stage.youth(who.fodselsnummer))?.facts.map(({ kind }) => kind)).not.toContain(
          'NavMatch',
        );
      const everything = [await stage.out('alert'), await stage.out('status'), await stage.out('ot-ungdom')];
      expect(JSON.stringify(everything)).not.toMatch(/"460[2-4]"/);
    }),

  'N07b a no cannot be withdrawn: the change is ignored and reviewed, and the no is kept': staged(
    COUNTY,
    async (stage) => {
      await followed(stage, [P02], [consent(P02, 'A', 'IKKE_SAMTYKKET', OCTOBER)]);
      const at = '2026-10-06T08:00:00.000Z';
      await stage.send(at, 'consent', consent(P02, 'A', 'TRUKKET', at), consent(P02, 'B', 'SAMTYKKET', at));
      expect(await stage.alert(P02.fodselsnummer, 'UGYLDIG_SAMTYKKEENDRING')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R48',
        effective: '2026-10-06',
      });
      expect([...(await asked(stage, EXTRACT, '2026-11')).keys()]).toEqual([]);
    },
  ),

  'N07c a guardian’s yes does not outweigh a minor’s no, whichever arrives first': staged(
    COUNTY,
    async (stage) => {
      const [other] = crowd(52, 1) as [Person];
      const young = { ...other, fodselsdato: '2009-05-05' };
      const no = (who: Person) => consent(who, 'B', 'IKKE_SAMTYKKET', '2026-10-04T08:00:00.000Z');
      await followed(
        stage,
        [P01, young],
        [...bothSides(P01, OCTOBER, { part: 'FORESATT' }), no(P01), no(young)],
      );
      const at = '2026-10-06T08:00:00.000Z';
      await stage.send(at, 'consent', ...bothSides(young, OCTOBER, { part: 'FORESATT' }));
      await stage.extract(EXTRACT, '2026-11');
      const answers = [P01, young].map((who) => answer('2026-11', who));
      await stage.rows(ANSWERED, 'nav-match', delivery('2026-11', answers));
      expect(await matchAlerts(stage)).toEqual([]);
      for (const who of [P01, young])
        expect(await history(stage, who, 'WithheldForConsent')).toEqual([
          { side: 'B', samtykke: 'IKKE_SAMTYKKET', rule: 'R48' },
        ]);
    },
  ),

  'N08 a consent that has run out, or was never answered in time, is distinguished from a no, and stops nothing else':
    staged(COUNTY, async (stage) => {
      const [ends, expired, unanswered, refused] = crowd(53, 4) as [Person, Person, Person, Person];
      const all = [ends, expired, unanswered, refused];
      const gyldigTil = '2026-11-01T00:00:00.000Z';
      await followed(stage, all, [
        consent(ends, 'A', 'SAMTYKKET', OCTOBER, { gyldigTil }),
        consent(expired, 'A', 'SAMTYKKET', OCTOBER),
        consent(unanswered, 'A', 'VENTER_PAA_SVAR', OCTOBER),
        consent(refused, 'A', 'IKKE_SAMTYKKET', OCTOBER),
        ...all.map((who) => consent(who, 'B', 'SAMTYKKET', OCTOBER)),
      ]);
      const later = '2026-10-20T08:00:00.000Z';
      await stage.send(
        later,
        'consent',
        consent(expired, 'A', 'UTLOPT', later),
        consent(unanswered, 'A', 'SVARFRIST_PASSERT', later),
      );
      // While all had said yes, or not no, NAV could be asked about the one who still had a consent.
      expect([...(await asked(stage, '2026-10-31T22:59:59.999Z', '2026-10')).keys()]).toEqual([
        ends.fodselsnummer,
      ]);
      expect([...(await asked(stage, EXTRACT, '2026-11')).keys()]).toEqual([]);
      // An answer to October's list is not read.
      const late = delivery('2026-10', [answer('2026-10', ends)]);
      await stage.rows(ANSWERED, 'nav-match', late);
      expect(await matchAlerts(stage)).toEqual([]);
      expect(await history(stage, ends, 'WithheldForConsent')).toEqual([
        { side: 'A', samtykke: 'UTLOPT', rule: 'R48' },
      ]);
      // Tilmeldinger have a basis of their own.
      await stage.send('2026-11-04T09:00:00.000Z', 'school-dropout', dropout(P02, '2026-11-03'));
      expect(await stage.registrations(P02.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 46']);
      expect(await stage.open(P02.fodselsnummer)).toEqual(['NY_TILMELDING']);
    }),

  'N08b a consent that runs out after the alert takes it back when its time comes': staged(
    COUNTY,
    async (stage) => {
      const gyldigTil = '2026-12-01T00:00:00.000Z';
      await followed(stage, [P02], bothSides(P02, OCTOBER, { gyldigTil }));
      await stage.extract(EXTRACT, '2026-11');
      await stage.rows(ANSWERED, 'nav-match', delivery('2026-11', [answer('2026-11', P02)]));
      await stage.pass('2026-11-30T23:59:59.999Z');
      expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
      await stage.pass('2026-12-02T00:00:00.000Z');
      expect(await matchAlerts(stage)).toEqual(['REIST 4601', 'TRUKKET null']);
    },
  ),

  'N09a last month’s answer after this month’s is kept, overwrites nothing and raises no alert': staged(
    COUNTY,
    async (stage) => {
      const [silent] = crowd(54, 1) as [Person];
      await followed(
        stage,
        [P02, silent],
        [P02, silent].flatMap((who) => bothSides(who, OCTOBER)),
      );
      await stage.extract('2026-10-10T08:00:00.000Z', '2026-10');
      await stage.extract(EXTRACT, '2026-11');
      const november = [answer('2026-11', P02), answer('2026-11', silent, { registrert: 'NEI' })];
      await stage.rows(ANSWERED, 'nav-match', delivery('2026-11', november));
      // Of two youths: what one partition has comes before or after what another has.
      const published = async () => (await stage.out('alert')).map((each) => JSON.stringify(each)).sort();
      const before = await published();
      const october = [
        answer('2026-10', P02, { kontor: '4602' }),
        answer('2026-10', silent, { kontor: '4603' }),
      ];
      await stage.rows('2026-11-20T09:00:00.000Z', 'nav-match', delivery('2026-10', october));
      expect(await published()).toEqual(before);
      expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
      const { body } = await stage.get('lists/nav/B-2026-10');
      expect(body).toMatchObject({ state: 'concluded', reason: 'NAV_LATE', affected: 2 });
      expect(body.text).toContain('svar om de samme er lagret, og gir ingen nye varsler');
      expect((await stage.get('lists/nav/B-2026-11')).body.reason).toBeNull();
      const kept = (await stage.youth(silent.fodselsnummer))?.facts.flatMap((fact) =>
        fact.kind === 'NavMatch' ? [`${fact.month} ${fact.answer}`] : [],
      );
      expect(kept?.sort()).toEqual(['2026-10 JA', '2026-11 NEI']);
      expect(await stage.alarms()).toEqual([]);
    },
  ),

  'N09b a match is not a status: OTUK stays, nothing is proposed, and no answer is not a no': staged(
    COUNTY,
    async (stage) => {
      await followed(stage, [P02], bothSides(P02, OCTOBER));
      await stage.extract(EXTRACT, '2026-11');
      await stage.rows(ANSWERED, 'nav-match', delivery('2026-11', [answer('2026-11', P02)]));
      expect(await stage.alert(P02.fodselsnummer, 'KJENT_HOS_NAV')).toMatchObject({ proposed: [] });
      const [registration] = await stage.registered(P02.fodselsnummer);
      expect(registration?.status).toMatchObject({ code: 'OTUK', rule: 'R01', setBy: 'REGEL' });
      await stage.extract('2026-12-01T09:00:00.000Z', '2026-12');
      const december = [answer('2026-12', P02, { registrert: 'IKKE_SVART' })];
      await stage.rows('2026-12-03T09:00:00.000Z', 'nav-match', delivery('2026-12', december));
      expect(await stage.open(P02.fodselsnummer)).toContain('KJENT_HOS_NAV');
      await stage.extract('2027-01-04T09:00:00.000Z', '2027-01');
      const january = [answer('2027-01', P02, { registrert: 'NEI' })];
      await stage.rows('2027-01-05T09:00:00.000Z', 'nav-match', delivery('2027-01', january));
      expect(await matchAlerts(stage)).toEqual(['REIST 4601', 'TRUKKET null']);
      expect(await stage.registrations(P02.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 46']);
      expect((await stage.out('status', P02.fodselsnummer)).map(({ code }) => code)).toEqual(['OTUK']);
    },
  ),

  'N08c without an agreement of the day no list is made and answers wait; a new one lets them through, and nothing else has stopped':
    staged({ ...COUNTY, agreedTo: '2027-01-31' }, async (stage) => {
      await followed(stage, [P02], bothSides(P02, OCTOBER));
      const ids = await asked(stage, '2027-01-30T08:00:00.000Z', '2027-01');
      await stage.pass('2027-02-01T08:00:00.000Z');
      const refused = await stage.post('nav/extracts', { month: '2027-02' });
      expect(refused).toMatchObject({ status: 409, body: { type: 'urn:ot-bridge:NAV_NO_AGREEMENT' } });
      expect((await stage.get('nav/batches/B-2027-01/rows')).status).toBe(409);
      const january = [answer('2027-01', P02, { matchId: ids.get(P02.fodselsnummer) })];
      await stage
        .rows('2027-02-01T09:00:00.000Z', 'nav-match', delivery('2027-01', january))
        .catch(() => undefined);
      await stage.send('2027-02-02T09:00:00.000Z', 'school-dropout', dropout(P01, '2027-02-01'));
      expect(await stage.registrations(P01.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 46']);
      expect(await matchAlerts(stage)).toEqual([]);
      expect((await stage.alarms()).filter((code) => code === 'NAV_NO_AGREEMENT')).toEqual([
        'NAV_NO_AGREEMENT',
      ]);
      const renewed = await stage.post('nav/agreements', {
        ...{ party: '889640782', purpose: 'NAV_UTVEKSLING', legalBasis: 'SAMTYKKE', reference: '27/00001' },
        ...{ from: '2027-02-02', to: '2030-01-31', reason: 'Avtalen er fornyet.' },
      });
      expect(renewed.status).toBe(200);
      await stage.conclude();
      expect(await matchAlerts(stage)).toEqual(['REIST 4601']);
    }),
};
