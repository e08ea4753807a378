import avro from 'avsc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout, P01, P14, P16 } from '../harness/schoolDropouts.ts';
import { testedVersions } from '../harness/sharedParts.ts';

const CLOUD_EVENT = ['ce_id', 'ce_source', 'ce_specversion', 'ce_time', 'ce_type', 'content-type'];

describe.each(testedVersions())('school and intake on Kafka and PostgreSQL %s', (version) => {
  let pipeline: RealPipeline;
  beforeAll(async () => {
    pipeline = await startRealPipeline({ version, clock: '2026-09-08T08:00:00.000Z' });
  });
  afterAll(() => pipeline?.stop());

  test('S11: of 42 non-shows 40 count, one is repeated, one is to be mended, and the mended one counts alone', async () => {
    const people = crowd(11, 41);
    const rows = people.map((person) => ({
      type: 'ikkemott',
      ...person,
      skolear: '2026-27',
      dato: '2026-08-17',
      skolenummer: '40014',
    }));
    const posted = rows.toSpliced(29, 0, rows[2]!);
    const broken = { ...posted[16]!, fodselsnummer: posted[16]!.fodselsnummer.slice(0, 10) };
    const receipt = await pipeline.submit('vigo-intake', posted.with(16, broken));
    expect(receipt.rows).toBe(42);
    expect(receipt.counts).toMatchObject({ applied: 40, duplicate: 1, quarantined: 1, waiting: 0 });
    expect(receipt.problems).toMatchObject([
      {
        row: 17,
        problems: [{ field: 'fodselsnummer', text: expect.stringMatching(/^Nummeret har ti sifre/) }],
      },
    ]);
    expect(receipt.text).toBe(
      '42 rader: 40 godtatt, 1 duplikat, 1 må rettes. Rett radene som står under, og send bare dem på nytt med en ny Idempotency-Key. De kan også rettes her på kvitteringen.',
    );
    const alerts = (await pipeline.out('alert')).filter(({ decoded }) => decoded.kind === 'NY_TILMELDING');
    expect(alerts).toHaveLength(40);
    for (const { decoded } of alerts) {
      expect(decoded.deadlines).toMatchObject([
        { what: 'KONTAKT', date: '2026-09-15' },
        { what: 'VEILEDNINGSTIME', date: '2026-09-29' },
      ]);
    }

    const again = await pipeline.submit('vigo-intake', [posted[16]]);
    expect(again.counts).toMatchObject({ applied: 1, quarantined: 0 });
    const status = await pipeline.out('status');
    expect(status).toHaveLength(41);
    expect(new Set(status.map(({ key }) => key)).size).toBe(41);
    expect(await pipeline.registrations(posted[16]!.fodselsnummer)).toEqual(['ANDRE_GRUNNER OTUK 2026-27']);
  });

  test('S01: a dropout posted by the school is one status, one alert, one group and one projection', async () => {
    await pipeline.moveClock('2026-10-07T07:12:00.000Z');
    const receipt = await pipeline.submit('school-dropout', dropout(P01, 'elevforhold-8812'));
    expect(receipt).toMatchObject({ rows: 1, counts: { applied: 1 }, text: '1 rad: 1 godtatt.' });
    const ref = await pipeline.refOf(P01.fodselsnummer);
    const status = await pipeline.out('status', P01.fodselsnummer);
    const alert = await pipeline.out('alert', P01.fodselsnummer);
    const group = await pipeline.out('status-group', P01.fodselsnummer);
    const projection = await pipeline.out('ot-ungdom', P01.fodselsnummer);
    const written = [status, alert, group, projection].flat();
    expect(written).toHaveLength(4);
    expect(status[0]?.decoded).toMatchObject({
      code: 'OTUK',
      tilmeldingskode: 'AVBRUTT',
      county: '40',
      schoolYear: '2026-27',
      effective: '2026-10-06',
      rule: 'R01',
    });
    expect(alert[0]?.decoded).toMatchObject({
      kind: 'NY_TILMELDING',
      state: 'REIST',
      minor: 'JA',
      timeBand: 'A',
    });
    expect(group[0]?.decoded).toMatchObject({ open: true, group: 1, targetGroup: true });
    expect(projection[0]?.decoded).toMatchObject({ registrations: [{ code: 'OTUK' }] });
    expect(new Set(written.map(({ headers }) => headers.ce_id)).size).toBe(4);
    for (const { key, headers, decoded, timestamp } of written) {
      expect(key).toBe(ref);
      expect(Object.keys(headers)).toEqual(expect.arrayContaining(CLOUD_EVENT));
      expect(headers).toMatchObject({
        ce_specversion: '1.0',
        ce_source: `/ot-bridge/${pipeline.org}`,
        ce_id: decoded.eventId,
        ce_time: '2026-10-07T07:12:00.000Z',
        'origin.application.id': 'ot-bridge',
      });
      expect(timestamp).toBe(Date.parse('2026-10-07T07:12:00.000Z'));
    }
  });

  test('a consumer with nothing but the schema endpoint decodes what is published', async () => {
    for (const topic of ['status', 'alert', 'status-group', 'ot-ungdom'] as const) {
      const [record] = await pipeline.out(topic, P01.fodselsnummer);
      const value = record!.value!;
      const { schema } = await pipeline.json(`/schema-registry/schemas/ids/${value.readInt32BE(1)}`);
      expect(avro.Type.forSchema(JSON.parse(schema)).fromBuffer(value.subarray(5))).toEqual(record!.decoded);
    }
  });

  test('S12: the same report pressed twice is one receipt, and its key with another body is 409', async () => {
    const [person] = crowd(12, 1);
    const body = JSON.stringify(dropout(person!, 'to-ganger'));
    const key = { 'Idempotency-Key': 'skole-40014-uke-41' };
    const [first, second] = await Promise.all([
      pipeline.submit('school-dropout', body, key),
      pipeline.submit('school-dropout', body, key),
    ]);
    expect(second.id).toBe(first.id);
    expect(second.counts).toMatchObject({ applied: 1, duplicate: 0 });
    const other = await pipeline.post('feeds/school-dropout', dropout(P01, 'annet'), key);
    expect(other.status).toBe(409);
    expect(JSON.parse(await other.text()).type).toBe('urn:ot-bridge:IDEMPOTENCY_CONFLICT');
    expect(await pipeline.out('status', person!.fodselsnummer)).toHaveLength(1);
  });

  test('S05: a correction moves the date of the one tilmelding, and the old version afterwards changes nothing', async () => {
    await pipeline.moveClock('2026-10-07T09:00:00.000Z');
    await pipeline.submit(
      'school-dropout',
      dropout(P01, 'elevforhold-8812', { version: 2, avbruddsdato: '2026-09-14' }),
    );
    const { registrations } = await pipeline.youth(P01.fodselsnummer);
    expect(registrations).toMatchObject([{ tilmeldingskode: 'AVBRUTT', effective: '2026-09-14' }]);
    const before = (await pipeline.out('status', P01.fodselsnummer)).length;
    const old = await pipeline.submit('school-dropout', dropout(P01, 'elevforhold-8812'));
    expect(old.counts).toMatchObject({ duplicate: 1 });
    expect(await pipeline.youth(P01.fodselsnummer)).toMatchObject({ registrations });
    expect(await pipeline.out('status', P01.fodselsnummer)).toHaveLength(before);
    const alerts = await pipeline.out('alert', P01.fodselsnummer);
    expect(alerts.filter(({ decoded }) => decoded.state === 'REIST')).toHaveLength(1);
    const deadlines = alerts.map(({ decoded }) => JSON.stringify(decoded.deadlines));
    expect(new Set(deadlines).size).toBe(1);
  });

  test('S04: an annulment withdraws the alert under its own id, and the history shows both', async () => {
    await pipeline.submit('school-dropout', {
      id: 'annullering-17',
      type: 'annullering',
      fodselsnummer: P01.fodselsnummer,
      skolenummer: '40014',
      annullerer: 'elevforhold-8812',
    });
    const ref = await pipeline.refOf(P01.fodselsnummer);
    expect(await pipeline.youth(P01.fodselsnummer)).toMatchObject({ registrations: [], alerts: [] });
    const alerts = (await pipeline.out('alert', P01.fodselsnummer)).map(({ decoded }) => decoded);
    expect(alerts.at(0)?.state).toBe('REIST');
    expect(alerts.at(-1)?.state).toBe('TRUKKET');
    expect(new Set(alerts.map(({ alertId }) => alertId)).size).toBe(1);
    expect((await pipeline.out('ot-ungdom', P01.fodselsnummer)).at(-1)?.decoded).toMatchObject({
      registrations: [],
    });
    const { entries } = await pipeline.json(`youths/${ref}/history`);
    expect(entries.map(({ what }: { what: string }) => what)).toEqual(
      expect.arrayContaining(['TilmeldingOpened', 'AlertRaised', 'TilmeldingAnnulled', 'AlertWithdrawn']),
    );
  });

  test('S08: two schools that both end give one tilmelding from the later date, one alert and one review', async () => {
    const at = (skolenummer: string) => ({ ...P14, skolenummer, type: 'oppstart', startdato: '2026-08-17' });
    await pipeline.submit('school-dropout', [at('40012'), at('40045')]);
    await pipeline.submit(
      'school-dropout',
      dropout(P14, 'b-1', { skolenummer: '40045', avbruddsdato: '2026-10-02' }),
    );
    expect(await pipeline.registrations(P14.fodselsnummer)).toEqual([]);
    await pipeline.submit(
      'school-dropout',
      dropout(P14, 'b-2', { skolenummer: '40012', avbruddsdato: '2026-09-30' }),
    );
    expect((await pipeline.youth(P14.fodselsnummer)).registrations).toMatchObject([
      { effective: '2026-10-02' },
    ]);
    expect(await pipeline.openAlerts(P14.fodselsnummer)).toEqual(['FLERE_SLUTTDATOER', 'NY_TILMELDING']);
  });

  test('I01: a youth who does not apply for next year has two registrations, and this year’s is not touched', async () => {
    const person = P16.fodselsnummer;
    await pipeline.submit('vigo-intake', {
      type: 'ikkesoker',
      ...P16,
      skolear: '2026-27',
      dato: '2026-03-15',
    });
    const from = { fodselsnummer: person, kilde: 'ot:40201', dato: '2026-10-07' };
    await pipeline.submit('ot-adviser', { id: 'k-1', type: 'kontakt', ...from, via: 'UNGDOM' });
    await pipeline.submit('ot-adviser', { id: 's-1', type: 'status', ...from, kode: 'OTOV' });
    const [thisYear] = (await pipeline.youth(person)).registrations;
    await pipeline.moveClock('2027-03-15T10:00:00.000Z');
    await pipeline.submit('vigo-intake', {
      type: 'ikkesoker',
      ...P16,
      skolear: '2027-28',
      dato: '2027-03-15',
    });
    expect(await pipeline.registrations(person)).toEqual([
      'IKKE_SOKT OTOV 2026-27',
      'IKKE_SOKT OTUK 2027-28',
    ]);
    expect((await pipeline.youth(person)).registrations[0]).toEqual(thisYear);
    expect((await pipeline.out('ot-ungdom', person)).at(-1)?.decoded).toMatchObject({
      registrations: [{ schoolYear: '2026-27' }, { schoolYear: '2027-28' }],
    });
  });
});
