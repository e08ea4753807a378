import { expect } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import { showSheet } from '../../src/core/report/sheet.ts';
import { buildSheet } from '../../src/reports/buildSheet.ts';
import {
  contact,
  dropout,
  emigrated,
  handover,
  immigrated,
  moved,
  recode,
  started,
  status,
} from '../harness/feedRecords.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { person } from '../harness/persons.ts';
import { alertsOut, staged, statesOf } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

// §3.4: a youth who moves, to another county or out of the country.

const P12 = person('P12');
const P13 = person('P13');
const NUMBER = P12.fodselsnummer;

const VESTFOLD = { county: '39', from: '2026-09-01T06:00:00.000Z' };
const AKERSHUS = { county: '32', from: '2026-08-01T06:00:00.000Z' };
const unit = { kilde: 'ot:39201', enhet: '39201' };
const left = dropout(P12, '2026-09-09', { skolenummer: '39014' });

/** P12 in Vestfold with OTOV, owned by unit 39201. */
async function inVestfold(stage: Stage): Promise<void> {
  await stage.send('2026-09-10T08:00:00.000Z', 'school-dropout', left);
  await stage.send('2026-09-14T08:00:00.000Z', 'ot-adviser', contact(P12, '2026-09-14'));
  await stage.send('2026-09-15T08:00:00.000Z', 'ot-adviser', status(P12, '2026-09-15', 'OTOV', unit));
}

async function outOfAkershus(stage: Stage): Promise<void> {
  const from = { skolenummer: '32014' };
  await stage.send('2026-09-10T08:00:00.000Z', 'school-dropout', dropout(P13, '2026-09-09', from));
  await stage.send('2026-10-02T05:10:00.000Z', 'folkeregister', emigrated(P13, '2026-10-01'));
}

const toTelemark = moved(P12, '2026-11-05', '4001', { id: 'fr-2026-88101' });

export const ADVISER_MOVES: Scenarios = {
  'O06a a move to another county is a proposal and an offer with no more than who and that; the old county stays responsible':
    staged(VESTFOLD, async (stage) => {
      await inVestfold(stage);
      await stage.send('2026-11-06T05:10:00.000Z', 'folkeregister', toTelemark);
      expect(await stage.alert(NUMBER, 'STATUS_FORSLAG')).toMatchObject({
        category: 'FORSLAG',
        rule: 'R35',
        proposed: ['OTFA_IM'],
        owner: '39201',
        effective: '2026-11-05',
      });
      const [offer, ...others] = await alertsOut(stage, NUMBER, 'OVERLEVERING');
      expect(others).toEqual([]);
      expect(offer).toMatchObject({ state: 'REIST', category: 'VARSEL', toCounty: '40', county: '39' });
      expect(offer?.reason).toMatch(/inntakskontoret i eget fylke.*ikke mer/);
      expect(offer).toMatchObject({ proposed: [], deadlines: [], office: null, timeBand: null });
      expect(offer?.ref).toBe(await stage.ref(NUMBER));
      expect(JSON.stringify(offer)).not.toMatch(/OTOV|"FV"|"39014"|"4001"|30900674437/);
      expect(await stage.registered(NUMBER)).toMatchObject([
        { county: '39', owner: '39201', status: { code: 'OTOV' } },
      ]);
    }),

  'O06b a move that is corrected the day after is as if it had never been: both are withdrawn under their ids':
    staged(VESTFOLD, async (stage) => {
      await inVestfold(stage);
      await stage.send('2026-11-06T05:10:00.000Z', 'folkeregister', toTelemark);
      const back = { ...toTelemark, version: 2, kommunenummer: '3907' };
      await stage.send('2026-11-07T05:10:00.000Z', 'folkeregister', back);
      for (const kind of ['STATUS_FORSLAG', 'OVERLEVERING']) {
        expect(await statesOf(stage, NUMBER, kind)).toEqual(['REIST', 'TRUKKET']);
        const ids = (await alertsOut(stage, NUMBER, kind)).map(({ alertId }) => alertId);
        expect(new Set(ids).size).toBe(1);
      }
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTOV 2026-27 39']);
    }),

  'O06c the old county answers for the youth until the new one has said yes, and a no changes nothing (R50)':
    staged(VESTFOLD, async (stage) => {
      await inVestfold(stage);
      await stage.send('2026-11-06T05:10:00.000Z', 'folkeregister', toTelemark);
      const no = handover(P12, '2026-12-01', '40', 'AVVIST', { kilde: 'ot:39201' });
      await stage.send('2026-12-01T08:00:00.000Z', 'ot-adviser', no);
      expect(await stage.alert(NUMBER, 'OVERLEVERING')).toMatchObject({
        category: 'KONTROLL',
        owner: '39201',
      });
      expect(await stage.registered(NUMBER)).toMatchObject([{ county: '39', owner: '39201' }]);
      const yes = handover(P12, '2027-02-15', '40', 'GODTATT', { kilde: 'ot:39201', enhet: '40201' });
      await stage.send('2027-02-15T08:00:00.000Z', 'ot-adviser', yes);
      expect(await stage.open(NUMBER)).not.toContain('OVERLEVERING');
      expect(await stage.registrations(NUMBER)).toEqual([
        'AVBRUTT OTOV 2026-27 39',
        'ANDRE_GRUNNER OTUK 2026-27 40',
      ]);
      expect((await stage.registered(NUMBER)).map(({ owner }) => owner)).toEqual(['39201', '40201']);
      const states = await statesOf(stage, NUMBER, 'NY_TILMELDING');
      expect(states.filter((state) => state === 'REIST')).toHaveLength(1);
    }),

  'O06d a youth with a row in two counties is one in the national count, in the county that answers on the day':
    async () => {
      const old = await createTestPipeline({ org: orgId('vestfoldfylke-no'), county: '39' });
      const { store } = old;
      const next = await createTestPipeline({ org: orgId('telemarkfylke-no'), county: '40', store });
      const send = async (
        pipeline: typeof old,
        at: string,
        feed: 'ot-adviser' | 'school-dropout',
        record: object,
      ) => {
        await pipeline.send(feed, [record], { at });
        await pipeline.settle();
      };
      await send(old, '2026-09-10T08:00:00.000Z', 'school-dropout', left);
      await send(old, '2026-09-14T08:00:00.000Z', 'ot-adviser', contact(P12, '2026-09-14'));
      await send(old, '2026-09-15T08:00:00.000Z', 'ot-adviser', status(P12, '2026-09-15', 'OTOV', unit));
      const yes = handover(P12, '2027-02-15', '40', 'GODTATT', { kilde: 'ot:39201', enhet: '40201' });
      await send(old, '2027-02-15T08:00:00.000Z', 'ot-adviser', yes);
      const takenOver = recode(P12, '2027-02-15', 'ANDRE_GRUNNER');
      await send(next, '2027-02-15T09:00:00.000Z', 'ot-adviser', takenOver);

      const counties = [old, next].map(({ org, policy }) => ({ id: org, county: policy.county, policy }));
      const national = async (on: string) => {
        const [asking] = counties;
        const request = { name: 'national', on, county: null, step: 'maaned', today: on } as const;
        const built = asking && (await buildSheet(store, asking, counties, request));
        if (!built?.ok) throw new Error('no sheet');
        return showSheet(built.sheet, 'ot', 5).tables[0]?.rows.map(({ cells }) => cells);
      };
      // County, registered, counted elsewhere, over the age limit, counted here, in the target group.
      expect(await national('2027-02-14')).toEqual([
        ['39', 1, 0, 0, 1, 1],
        ['40', 0, 0, 0, 0, 0],
        ['Alle', 1, 0, 0, 1, 1],
      ]);
      expect(await national('2027-02-28')).toEqual([
        ['39', 1, 1, 0, 0, 0],
        ['40', 1, 0, 0, 1, 1],
        ['Alle', 2, 1, 0, 1, 1],
      ]);
    },

  'O08a emigration is a proposal, and a youth whom OT follows from afar has OTOV (R36, R38)': staged(
    AKERSHUS,
    async (stage) => {
      const { fodselsnummer } = P13;
      await outOfAkershus(stage);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 32']);
      expect(await stage.alert(fodselsnummer, 'STATUS_FORSLAG')).toMatchObject({
        category: 'FORSLAG',
        rule: 'R36',
        proposed: ['OTFU_IM'],
      });
      const video = { grunnlag: ['FOLGES_OPP_AKTIVT', 'UTLAND_LENGE'] };
      await stage.send('2026-10-09T08:00:00.000Z', 'ot-adviser', contact(P13, '2026-10-09'));
      await stage.send('2026-10-09T09:00:00.000Z', 'ot-adviser', status(P13, '2026-10-09', 'OTOV', video));
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 32']);
      expect(await statesOf(stage, fodselsnummer, 'STATUS_FORSLAG')).toEqual(['REIST', 'TRUKKET']);
      expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      // And the other way round is refused: who is followed is not OTFU_IM.
      await stage.send('2026-10-12T08:00:00.000Z', 'ot-adviser', status(P13, '2026-10-12', 'OTFU_IM', video));
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTOV 2026-27 32']);
      expect(await stage.alert(fodselsnummer, 'STATUS_AVVIST')).toMatchObject({
        rule: 'R38',
        proposed: ['OTOV'],
      });
    },
  ),

  'O08b a pupil at a school abroad is a pupil, on either side of viaOT, and not OTFU_IM (R21)': staged(
    AKERSHUS,
    async (stage) => {
      const { fodselsnummer } = P13;
      await outOfAkershus(stage);
      await stage.send('2026-10-09T08:00:00.000Z', 'ot-adviser', contact(P13, '2026-10-09'));
      const abroad = { grunnlag: 'ELEV_UTLAND' };
      await stage.send(
        '2026-10-09T09:00:00.000Z',
        'ot-adviser',
        status(P13, '2026-10-09', 'OTFU_IM', abroad),
      );
      expect(await stage.alert(fodselsnummer, 'STATUS_AVVIST')).toMatchObject({
        rule: 'R21',
        proposed: ['OTEV', 'OTEV_IM'],
      });
      for (const [day, viaOT, code] of [
        ['2026-10-12', 'NEI', 'OTEV_IM'],
        ['2026-10-13', 'JA', 'OTEV'],
      ] as const) {
        const pupil = status(P13, day, 'OTEV', { ...abroad, viaOT });
        await stage.send(`${day}T08:00:00.000Z`, 'ot-adviser', pupil);
        expect(await stage.registrations(fodselsnummer)).toEqual([`AVBRUTT ${code} 2026-27 32`]);
        expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      }
    },
  ),

  'O08c an exchange pupil is registered as nothing and proposed nothing': staged(AKERSHUS, async (stage) => {
    const { fodselsnummer } = P13;
    const school = { skolenummer: '32014' };
    await stage.send('2026-08-18T08:00:00.000Z', 'school-dropout', started(P13, '2026-08-17', school));
    const exchange = dropout(P13, '2026-08-20', { ...school, avbruddsarsak: 'UV' });
    await stage.send('2026-08-21T08:00:00.000Z', 'school-dropout', exchange);
    await stage.send('2026-08-23T05:10:00.000Z', 'folkeregister', emigrated(P13, '2026-08-22'));
    expect(await stage.registrations(fodselsnummer)).toEqual([]);
    expect(await stage.open(fodselsnummer)).toEqual(['PERMISJON_ELLER_UTVEKSLING']);
    expect(await stage.out('status')).toEqual([]);
  }),

  'O08d who comes back is looked at by an adviser, and is not OTUK by it': staged(AKERSHUS, async (stage) => {
    const { fodselsnummer } = P13;
    await outOfAkershus(stage);
    await stage.send('2026-10-06T08:00:00.000Z', 'ot-adviser', status(P13, '2026-10-06', 'OTFU_IM'));
    expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTFU_IM 2026-27 32']);
    const back = immigrated(P13, '2027-01-15', '3201');
    await stage.send('2027-01-16T05:10:00.000Z', 'folkeregister', back);
    expect(await stage.alert(fodselsnummer, 'INNVANDRET')).toMatchObject({
      category: 'KONTROLL',
      rule: 'R36',
      effective: '2027-01-15',
    });
    expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTFU_IM 2026-27 32']);
    await stage.send('2027-01-20T08:00:00.000Z', 'ot-adviser', contact(P13, '2027-01-20'));
    await stage.send('2027-01-20T09:00:00.000Z', 'ot-adviser', status(P13, '2027-01-20', 'OTOV'));
    expect(await statesOf(stage, fodselsnummer, 'INNVANDRET')).toEqual(['REIST', 'TRUKKET']);
  }),
};
