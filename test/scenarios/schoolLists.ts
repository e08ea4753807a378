import { expect } from 'vitest';
import { joints } from '../architecture/imTwice.ts';
import { sources } from '../architecture/sources.ts';
import { letterList, submitted } from '../harness/apiAnswers.ts';
import { contact, dropout, nonShow, status } from '../harness/feedRecords.ts';
import { LEFT, P01, REPORTED, TELEMARK } from '../harness/leaver.ts';
import { reportRows, staged } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// What comes late, what comes twice, and what comes with faults.

const NUMBER = P01.fodselsnummer;

/** 42 rows as a school has them in a spreadsheet: row 17 has lost a digit, row 30 repeats row 3. */
function nonShows() {
  const rows = crowd(11, 41).map((pupil) => {
    const { id: _, version: __, ...row } = nonShow(pupil, '2026-08-17', { skolenummer: '40014' });
    return row as typeof row & typeof pupil;
  });
  const [third, whole] = [rows[2], rows[15 + 1]];
  if (third === undefined || whole === undefined) throw new Error('too few rows');
  const posted: object[] = rows.toSpliced(29, 0, third);
  return {
    whole,
    rows: posted.with(16, { ...whole, fodselsnummer: whole.fodselsnummer.slice(0, 10) }),
  };
}

export const SCHOOL_LISTS: Scenarios = {
  'S09 what is registered late is in the next report and in the list of late arrivals, and the report that was run is kept':
    staged(TELEMARK, async (stage) => {
      const [early] = crowd(9, 1);
      if (early === undefined) throw new Error('no such youth');
      await stage.send(REPORTED, 'school-dropout', dropout(early, '2026-10-06'));
      await stage.pass('2026-11-08T23:00:00.000Z');
      const november = await stage.report('2026-11-15');
      expect(november).toMatchObject({ outcome: 'saved', report: { total: 1, schoolYear: '2026-27' } });
      expect(november.report.cutoff).toBe('2026-11-08T22:59:59.999Z');

      await stage.send('2026-11-20T09:00:00.000Z', 'school-dropout', dropout(P01, '2026-11-02'));
      const again = await stage.report('2026-11-15');
      expect(again.outcome).toBe('same');
      expect(again.snapshot.content.equals(november.snapshot.content)).toBe(true);
      expect((await stage.get('reports/2026-11-15')).body).toMatchObject({ total: 1 });

      const late = await stage.get('reports/2026-11-15/late-arrivals');
      const tables = late.body.tables as { name: string; rows: { values: object }[] }[];
      expect(tables.find(({ name }) => name === 'liste')?.rows.map(({ values }) => values)).toEqual([
        {
          ungdom: await stage.ref(NUMBER),
          hva: 'Ny tilmelding',
          gjelderFra: '2026-11-02',
          mottatt: '2026-11-20',
          dager: 18,
        },
      ]);
      const lags = await reportRows(stage, 'reports/2026-11-15/late-arrivals', 'etterslep');
      expect(lags.Alle).toMatchObject({ antall: 1, p50: 18, p95: 18 });

      await stage.pass('2027-02-08T23:00:00.000Z');
      const february = await stage.report('2027-02-15');
      expect(february).toMatchObject({ outcome: 'saved', report: { total: 2, tilmelding: { AVBRUTT: 2 } } });
    }),

  'S10 IM as a reason is a non-show and in OTAR-IM it is outside the target group, also in the same hour':
    staged(TELEMARK, async (stage) => {
      const [other] = crowd(10, 1);
      if (other === undefined) throw new Error('no such youth');
      const IM = { avbruddsarsak: 'IM' };
      const unmet = [dropout(P01, '2026-09-07', IM), dropout(other, '2026-09-07', IM)];
      await stage.send('2026-09-08T08:00:00.000Z', 'school-dropout', ...unmet);
      const said = [contact(P01, '2026-09-08'), status(P01, '2026-09-08', 'OTAR-IM')];
      await stage.send('2026-09-08T08:40:00.000Z', 'ot-adviser', ...said);
      expect(await stage.registrations(other.fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 40']);
      expect(await stage.registrations(NUMBER)).toEqual(['ANDRE_GRUNNER OTAR_IM 2026-27 40']);
      expect(await stage.registered(NUMBER)).toMatchObject([
        { status: { code: 'OTAR_IM', group: 5, targetGroup: false, viaOt: 'NEI' } },
      ]);
      expect(await stage.alert(other.fodselsnummer, 'NY_TILMELDING')).toMatchObject({
        deadlines: [{ rule: 'R42' }, { rule: 'R42' }],
      });
    }),

  'S10 neither vocabulary takes a code of the other': staged(TELEMARK, async (stage) => {
    const reasons = ['OTAR_IM', '_IM', 'OTAP'].map((avbruddsarsak) =>
      dropout(P01, '2026-09-07', { avbruddsarsak }),
    );
    await stage.send('2026-09-08T08:00:00.000Z', 'school-dropout', ...reasons);
    const codes = ['IM', 'AP', 'AR'].map((code) => status(P01, '2026-09-08', code));
    await stage.send('2026-09-08T08:40:00.000Z', 'ot-adviser', ...codes);
    const refused = await stage.quarantine();
    expect(refused).toEqual([
      ...Array(3).fill('avbruddsarsak UNKNOWN_CODE'),
      ...Array(3).fill('kode UNKNOWN_CODE'),
    ]);
    expect(await stage.out('status')).toEqual([]);
  }),

  'S10 no line of code joins IM to a code or cuts it from one': async () => {
    expect(joints(sources(['src', 'adapters']))).toEqual([]);
    const joined = [{ path: 'src/core/derive/cause.ts', text: "const other = code + '_IM';" }];
    expect(joints(joined)).toHaveLength(1);
  },

  'S11 of 42 non-shows 40 count, one is to be mended and one is a repetition, and the mended one counts alone':
    staged(TELEMARK, async (stage) => {
      const { rows, whole } = nonShows();
      await stage.pass('2026-09-08T08:00:00.000Z');
      const tried = await stage.post('feeds/vigo-intake/dry-run', rows);
      expect(tried.body.counts).toMatchObject({ applied: 40, duplicate: 1, quarantined: 1 });
      expect(await stage.out('status')).toEqual([]);

      const receipt = await submitted(stage, 'vigo-intake', rows);
      expect(receipt).toMatchObject({
        rows: 42,
        final: true,
        counts: { applied: 40, duplicate: 1, quarantined: 1, rejected: 0, parked: 0, waiting: 0 },
        problems: [
          {
            row: 17,
            problems: [
              {
                code: 'INVALID_IDENTITY_NUMBER',
                field: 'fodselsnummer',
                text: expect.stringMatching(/^Nummeret har ti sifre/),
                cure: expect.stringMatching(/\.$/),
              },
            ],
          },
        ],
      });
      expect(JSON.stringify(receipt)).not.toContain(whole.fodselsnummer.slice(0, 10));
      expect(await stage.quarantine()).toEqual(['fodselsnummer INVALID_IDENTITY_NUMBER']);
      const opened = await stage.out('status');
      expect(opened).toHaveLength(40);
      for (const each of opened)
        expect(each).toMatchObject({ tilmeldingskode: 'ANDRE_GRUNNER', code: 'OTUK', schoolYear: '2026-27' });
      const alerts = await stage.out('alert');
      expect(alerts).toHaveLength(40);
      for (const alert of alerts) {
        expect(alert).toMatchObject({
          kind: 'NY_TILMELDING',
          deadlines: [
            { what: 'KONTAKT', date: '2026-09-15', rule: 'R42' },
            { what: 'VEILEDNINGSTIME', date: '2026-09-29', rule: 'R42' },
          ],
        });
      }

      const mended = await submitted(stage, 'vigo-intake', [whole]);
      expect(mended.counts).toMatchObject({ applied: 1, quarantined: 0, duplicate: 0 });
      expect(await stage.out('status')).toHaveLength(41);
      expect(await stage.registrations(whole.fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2026-27 40']);
      const whole42 = await submitted(stage, 'vigo-intake', rows);
      expect(whole42.counts).toMatchObject({ applied: 0, duplicate: 41, quarantined: 1 });
      expect(await stage.out('status')).toHaveLength(41);
      const letters = await letterList(stage, 'W24', '2026-27');
      expect(new Set(letters.triggers.map(({ ref }) => ref)).size).toBe(41);
    }),

  'S12 the same report sent twice with one key is one receipt, and another report with the key is refused':
    staged(TELEMARK, async (stage) => {
      await stage.pass(REPORTED);
      const key = { 'Idempotency-Key': 'skole-40014-uke-41' };
      const first = await stage.post('feeds/school-dropout', LEFT, key);
      const second = await stage.post('feeds/school-dropout', LEFT, key);
      expect(first.status).toBe(202);
      expect(second).toEqual(first);
      const receipt = await stage.get(`receipts/${String(first.body.receiptId)}`);
      expect(receipt.body).toMatchObject({ rows: 1, final: true, counts: { applied: 1, duplicate: 0 } });
      expect(await stage.registrations(NUMBER)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.out('status')).toHaveLength(1);

      const other = await stage.post('feeds/school-dropout', { ...LEFT, avbruddsdato: '2026-10-01' }, key);
      expect(other).toMatchObject({ status: 409, body: { type: 'urn:ot-bridge:IDEMPOTENCY_CONFLICT' } });
      expect(await stage.registered(NUMBER)).toMatchObject([{ effective: '2026-10-06' }]);
      for (const topic of ['status', 'alert', 'ot-ungdom'] as const)
        expect(await stage.out(topic)).toHaveLength(1);
    }),
};
