import { expect } from 'vitest';
import { consent, contact, dropout, measure, status } from '../harness/feedRecords.ts';
import { person } from '../harness/persons.ts';
import { reportRows, staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

// §3.4: which code, when several could do.

const P10 = person('P10');
const P11 = person('P11');
const P13 = person('P13');
const P14 = person('P14');
const P16 = person('P16');
const P17 = person('P17');

const MEASURES = { omfang: ['TILTAK'] };
const AUTUMN = { county: '42', from: '2026-09-01T06:00:00.000Z' };

/** Left school, and OT has talked with the youth. */
async function followed(stage: Stage, ...youths: readonly (typeof P16 | typeof P10)[]): Promise<void> {
  for (const youth of youths) {
    await stage.send('2026-09-15T08:00:00.000Z', 'school-dropout', dropout(youth, '2026-09-14'));
    await stage.send('2026-09-20T08:00:00.000Z', 'ot-adviser', contact(youth, '2026-09-20'));
  }
}

async function agreed(stage: Stage, youth: typeof P16): Promise<void> {
  const at = '2026-09-21T10:00:00+02:00';
  await stage.send(
    '2026-09-21T08:00:00.000Z',
    'consent',
    consent(youth, 'A', at, MEASURES),
    consent(youth, 'B', at, MEASURES),
  );
}

const CHECKS = 'reports/2026-11-15/checks';

export const ADVISER_CODES: Scenarios = {
  'O04a viaOT decides: «yes» is in the target group, «no» is the other code outside it, and no answer is refused':
    staged(AUTUMN, async (stage) => {
      await followed(stage, P16, P13, P14);
      await stage.send(
        '2026-09-30T08:00:00.000Z',
        'ot-adviser',
        status(P16, '2026-09-30', 'OTAR', { viaOT: 'JA' }),
        status(P13, '2026-09-30', 'OTAR', { viaOT: 'NEI' }),
        ...['OTAR', 'OTEV', 'OTVF', 'OTLL'].map((code) => status(P14, '2026-09-30', code)),
      );
      const shown = async ({ fodselsnummer }: typeof P16 | typeof P13 | typeof P14) =>
        (await stage.registered(fodselsnummer))[0]?.status;
      expect(await shown(P16)).toMatchObject({ code: 'OTAR', group: 3, targetGroup: true, viaOt: 'JA' });
      expect(await shown(P13)).toMatchObject({
        code: 'OTAR_IM',
        group: 5,
        targetGroup: false,
        viaOt: 'NEI',
        rule: 'R11',
      });
      expect(await shown(P14)).toMatchObject({ code: 'OTUK' });
      expect(await stage.quarantine()).toEqual(Array(4).fill('viaOT MISSING_FIELD'));
    }),

  'O04b the spelling may answer: «OTEV via» is «yes», «OTLL-IM» is «no»': staged(AUTUMN, async (stage) => {
    await followed(stage, P10, P11);
    await stage.send(
      '2026-09-30T08:00:00.000Z',
      'ot-adviser',
      status(P10, '2026-09-30', 'OTEV via'),
      status(P11, '2026-09-30', 'OTLL-IM'),
    );
    expect(await stage.registered(P10.fodselsnummer)).toMatchObject([
      { status: { code: 'OTEV', group: 3, viaOt: 'JA' } },
    ]);
    expect(await stage.registered(P11.fodselsnummer)).toMatchObject([
      { status: { code: 'OTLL_IM', group: 5, viaOt: 'NEI' } },
    ]);
    expect(await stage.quarantine()).toEqual([]);
  }),

  'O04c an old load without the answer stays unknown, and is shown before each report until an adviser answers':
    staged(AUTUMN, async (stage) => {
      await followed(stage, P17);
      const { fodselsnummer } = P17;
      const loaded = status(P17, '2026-09-30', 'OTAR', { innlest: true });
      await stage.send('2026-09-30T08:00:00.000Z', 'ot-adviser', loaded);
      expect(await stage.registered(fodselsnummer)).toMatchObject([
        { status: { code: 'OTAR', group: 3, targetGroup: true, viaOt: 'UKJENT' } },
      ]);
      const unanswered = 'Ingen har svart på om aktiviteten kom via OT';
      for (const [date, after] of [
        ['2026-11-15', '2026-11-09T08:00:00.000Z'],
        ['2027-02-15', '2027-02-09T08:00:00.000Z'],
      ] as const) {
        await stage.pass(after);
        const rows = await reportRows(stage, `reports/${date}/checks`, 'funn');
        expect(rows[unanswered]?.antall).toBe(1);
      }
      const answer = status(P17, '2027-03-01', 'OTAR', { viaOT: 'JA' });
      await stage.send('2027-03-01T08:00:00.000Z', 'ot-adviser', answer);
      await stage.pass('2027-06-09T08:00:00.000Z');
      const rows = await reportRows(stage, 'reports/2027-06-15/checks', 'funn');
      expect(rows[unanswered]?.antall).toBe(0);
    }),

  'O04d OTAP with «no» has no other code: it stays in group 3 and is listed before the report (R16)': staged(
    AUTUMN,
    async (stage) => {
      await followed(stage, P16);
      const { fodselsnummer } = P16;
      const said = status(P16, '2026-09-30', 'OTAP', { viaOT: 'NEI' });
      await stage.send('2026-09-30T08:00:00.000Z', 'ot-adviser', said);
      expect(await stage.registered(fodselsnummer)).toMatchObject([
        { status: { code: 'OTAP', group: 3, targetGroup: true, viaOt: 'NEI' } },
      ]);
      await stage.pass('2026-11-09T08:00:00.000Z');
      const rows = await reportRows(stage, CHECKS, 'funn');
      expect(rows['NAV-tiltak som ikke kom via OT (OTAP med NEI)']?.antall).toBe(1);
      const list = await reportRows(stage, CHECKS, 'liste');
      expect(list[await stage.ref(fodselsnummer)]).toMatchObject({ kode: 'OTAP', regel: 'R16' });
    },
  ),

  'O05a OTOA with a NAV measure, and OTAP with one of the county’s, are accepted with «OTKO?» (R14, R17)':
    staged(AUTUMN, async (stage) => {
      await followed(stage, P16, P13);
      await agreed(stage, P16);
      await stage.send(
        '2026-09-28T08:00:00.000Z',
        'ot-adviser',
        measure(P16, '2026-09-28', 'NAV'),
        measure(P13, '2026-09-28', 'FYLKE'),
      );
      await stage.send(
        '2026-09-30T08:00:00.000Z',
        'ot-adviser',
        status(P16, '2026-09-30', 'OTOA'),
        status(P13, '2026-09-30', 'OTAP', { viaOT: 'JA' }),
      );
      expect(await stage.registrations(P16.fodselsnummer)).toEqual(['AVBRUTT OTOA 2026-27 42']);
      expect(await stage.alert(P16.fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R14',
        proposed: ['OTKO'],
      });
      expect(await stage.registrations(P13.fodselsnummer)).toEqual(['AVBRUTT OTAP 2026-27 42']);
      expect(await stage.alert(P13.fodselsnummer, 'STATUS_ADVARSEL')).toMatchObject({
        category: 'KONTROLL',
        rule: 'R17',
        proposed: ['OTKO'],
      });
    }),

  'O05b without both consents the bridge says the same with a NAV measure as without one': async (play) => {
    const published = async (sides: readonly ('A' | 'B')[], withMeasure: boolean) => {
      const stage = await play(AUTUMN);
      try {
        await followed(stage, P16);
        const at = '2026-09-21T10:00:00+02:00';
        const consents = sides.map((side) => consent(P16, side, at, MEASURES));
        await stage.send('2026-09-21T08:00:00.000Z', 'consent', ...consents);
        if (withMeasure)
          await stage.send('2026-09-28T08:00:00.000Z', 'ot-adviser', measure(P16, '2026-09-28', 'NAV'));
        for (const [day, code] of [
          ['2026-09-30', 'OTOA'],
          ['2026-10-01', 'OTOV'],
          ['2026-10-02', 'OTMI'],
        ] as const)
          await stage.send(`${day}T08:00:00.000Z`, 'ot-adviser', status(P16, day, code));
        expect(await stage.open(P16.fodselsnummer)).toEqual(['NY_TILMELDING']);
        const messages = [...(await stage.out('alert')), ...(await stage.out('status'))];
        return messages.map(({ kind, state, code, rule, reason, proposed }) => [
          kind,
          state,
          code,
          rule,
          reason,
          proposed,
        ]);
      } finally {
        await stage.stop();
      }
    };
    for (const sides of [[], ['A'], ['B']] as const)
      expect(await published(sides, true)).toEqual(await published(sides, false));
  },

  'O05c the warning goes with the consent, and says nothing of the measure or of why it went': staged(
    AUTUMN,
    async (stage) => {
      const { fodselsnummer } = P16;
      await followed(stage, P16);
      await agreed(stage, P16);
      await stage.send('2026-09-28T08:00:00.000Z', 'ot-adviser', measure(P16, '2026-09-27', 'NAV'));
      await stage.send('2026-09-30T08:00:00.000Z', 'ot-adviser', status(P16, '2026-09-30', 'OTOA'));
      const warned = await stage.alert(fodselsnummer, 'STATUS_ADVARSEL');
      const taken = { tilstand: 'TRUKKET' };
      const at = '2026-10-05T10:00:00+02:00';
      await stage.send('2026-10-05T08:00:00.000Z', 'consent', consent(P16, 'B', at, taken));
      expect(await stage.open(fodselsnummer)).toEqual(['NY_TILMELDING']);
      expect(await stage.registrations(fodselsnummer)).toEqual(['AVBRUTT OTOA 2026-27 42']);
      const warnings = (await stage.out('alert', fodselsnummer)).filter(
        ({ kind }) => kind === 'STATUS_ADVARSEL',
      );
      expect(warnings.map(({ state, alertId }) => [state, String(alertId).startsWith(warned.id)])).toEqual([
        ['REIST', true],
        ['TRUKKET', true],
      ]);
      const rest = warnings.map(({ state: _, ...others }) => others);
      expect(JSON.stringify(rest)).not.toMatch(/2026-09-27|samtykke|TRUKKET|ARBEIDSPRAKSIS/i);
    },
  ),
};
