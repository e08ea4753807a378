import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OUT_TOPICS } from '../../src/core/messages/messages.ts';
import { feedTopic, outTopic } from '../../src/core/messages/topic.ts';
import { canariesIn, formsOf } from '../harness/canary.ts';
import type { Person } from '../harness/persons.ts';
import type { RealPipeline } from '../harness/realPipeline.ts';
import { dropout, P01, P02, P07, P10, P14, P16 } from '../harness/schoolDropouts.ts';
import { startTracedPipeline } from '../harness/tracedPipeline.ts';
import { until } from '../harness/until.ts';

/** Of age in the year whose reasons for leaving disclose most; the numbers say nothing of birth. */
const CAST = [
  [P01, 'AKTSOM FJELLREV'],
  [P02, 'BLID TROLLHEGG'],
  [P07, 'NUMMERLØS NEPE'],
  [P10, 'FLINK FILTHATT'],
  [P14, 'DOBBEL DUGG'],
  [P16, 'AVVISENDE ASK'],
].map(([person, navn]) => [{ ...(person as Person), fodselsdato: '1999-03-14' }, navn as string] as const);
const STREET = 'Fjellrevveien 47';
const REMARK = 'fengslet og gravid';
const SECRETS = [
  ...CAST.flatMap(([{ fodselsnummer }, name]) => [fodselsnummer, name, ...name.split(' ')]),
  STREET,
  REMARK,
];
/** Codes that only OT may see. As JSON values and labels: two letters alone occur everywhere. */
const SENSITIVE = ['OTSY', 'OTBA', '"PS"', '"SV"', '\\"PS\\"', '\\"SV\\"'];

describe.each([
  ['plain', (text: string) => text],
  ['Base64', (text: string) => Buffer.from(`fnr=${text}!`).toString('base64')],
  ['Base64, one byte later', (text: string) => Buffer.from(`_fnr=${text}!`).toString('base64')],
  ['percent', (text: string) => encodeURIComponent(text)],
  ['hex', (text: string) => Buffer.from(text).toString('hex').toUpperCase()],
  ['UTF-16', (text: string) => Buffer.from(text, 'utf16le').toString('latin1')],
  ['UTF-16 in Base64', (text: string) => Buffer.from(`x${text}`, 'utf16le').toString('base64')],
  ['JSON escapes', (text: string) => JSON.stringify(text)],
])('the search', (form, written) => {
  test(`finds what is planted in ${form}`, () => {
    for (const secret of SECRETS) {
      expect(canariesIn(`before ${written(secret)} after`, [secret])).toEqual([secret]);
      expect(formsOf(secret).every((each) => each.length >= 3)).toBe(true);
    }
  });
});

describe('D03: after a run with all persons in it', () => {
  let traced: Awaited<ReturnType<typeof startTracedPipeline>>;
  let pipeline: RealPipeline;
  const keep = (answer: Response) => traced.keep(answer);

  beforeAll(async () => {
    traced = await startTracedPipeline('2016-10-07T07:12:00.000Z');
    pipeline = traced.pipeline;
    await play();
    await until('the spans are sent', async () => Buffer.concat(traced.spans).includes('batch'));
  });
  afterAll(() => traced?.stop());

  /** Good records, broken ones with the person all over them, and every question there is. */
  async function play(): Promise<void> {
    const rows = CAST.flatMap(([person, navn], at) => [
      dropout(person, `god-${at}`, { navn, avbruddsdato: '2016-10-05', avbruddsarsak: at % 2 ? 'PS' : 'SV' }),
      dropout(person, `navn-${at}`, { navn, adresse: STREET, merknad: REMARK }),
      dropout(person, person.fodselsnummer, { [navn]: person.fodselsnummer, avbruddsarsak: navn }),
      dropout({ ...person, fodselsnummer: person.fodselsnummer.slice(1) }, `kort-${at}`),
      [person.fodselsnummer, navn],
    ]);
    await keep(await pipeline.post('feeds/school-dropout', rows));
    await pipeline.send('school-dropout', [
      ...CAST.map(([{ fodselsnummer }, navn]) => `{"fodselsnummer":"${fodselsnummer}" "navn":"${navn}"}`),
      ...CAST.map(([{ fodselsnummer }, navn]) =>
        Buffer.from(`\u0000\u0000\u0000\u0007\u00d1${fodselsnummer}${navn}`),
      ),
    ]);
    for (const [at, [{ fodselsnummer }, navn]] of CAST.entries()) {
      const from = { kilde: 'ot:40201', fodselsnummer, dato: '2016-10-07' };
      const kode = at % 2 ? 'OTSY' : 'OTBA';
      await pipeline.submit('ot-adviser', [
        { id: `k-${at}`, type: 'kontakt', ...from, via: 'UNGDOM' },
        { id: `s-${at}`, type: 'status', ...from, kode },
        { id: `f-${at}`, type: 'status', ...from, kode: navn, grunnlag: REMARK },
      ]);
      for (const path of [fodselsnummer, encodeURIComponent(navn)]) {
        await keep(await pipeline.get(`youths/${path}`));
        await keep(await pipeline.post(`feeds/${path}`, {}, { 'Idempotency-Key': fodselsnummer }));
        await keep(await pipeline.get(`alerts?limit=${path}`));
        await keep(await pipeline.get(`quarantine?after=${path}`));
      }
      await keep(await pipeline.post('youths/search', { fodselsnummer: `${fodselsnummer}0`, navn }));
      await keep(
        await pipeline.post(
          'feeds/school-dropout',
          `[{"fodselsnummer":"${fodselsnummer}","navn":"${navn}",}]`,
        ),
      );
      const ref = await pipeline.refOf(fodselsnummer);
      // The one answer that may show a person: it is looked at, and not kept.
      const identity = await pipeline.post(`youths/${ref}/identity`, { purpose: 'KONTAKT' });
      expect(canariesIn(await identity.text(), [fodselsnummer, navn])).toEqual([fodselsnummer, navn]);
      await keep(await pipeline.post(`youths/${ref}/identity`, { purpose: navn }));
      await keep(await pipeline.get(`youths/${ref}/identity-lookups`));
      await keep(await pipeline.get(`youths/${ref}`));
      await keep(await pipeline.get(`youths/${ref}/history`));
    }
    const [[hidden]] = CAST as [(typeof CAST)[number]];
    await pipeline.submit('folkeregister', [
      { id: 'fr-1', type: 'adressebeskyttelse', ...hidden, dato: '2016-10-07', gradering: '6' },
    ]);
    await keep(await pipeline.get('alerts?limit=100'));
    await keep(await pipeline.get('parked'));
    const { items } = JSON.parse(await keep(await pipeline.get('quarantine?limit=100')));
    expect(items.length).toBeGreaterThan(20);
    for (const { id, receipt } of items.slice(0, 5)) {
      await keep(await pipeline.post(`quarantine/${id}/replay`, { reason: 'Prøver igjen.' }));
      if (receipt) await keep(await pipeline.get(`receipts/${receipt}`));
    }
    await pipeline.settle();
    for (const [{ fodselsnummer }] of CAST)
      expect(await pipeline.registrations(fodselsnummer)).toEqual([
        expect.stringMatching(/^AVBRUTT OT(SY|BA) 2016-17$/),
      ]);
  }

  test('no log line at any level holds a number, a name, an address, a remark or a sensitive code', () => {
    const lines = pipeline.logLines.join('\n');
    expect(pipeline.logLines.length).toBeGreaterThan(20);
    expect(canariesIn(lines, SECRETS)).toEqual([]);
    expect(SENSITIVE.filter((code) => lines.includes(code))).toEqual([]);
  });

  test('nor a metric or its label', async () => {
    const text = await (await pipeline.get('/internal/metrics')).text();
    expect(text).toContain('ot_bridge_quarantined');
    expect(canariesIn(text, SECRETS)).toEqual([]);
    expect(SENSITIVE.filter((code) => text.includes(code))).toEqual([]);
  });

  test('nor a span', () => {
    const sent = Buffer.concat(traced.spans);
    expect(sent.length).toBeGreaterThan(500);
    expect(canariesIn(sent, SECRETS)).toEqual([]);
    expect(SENSITIVE.filter((code) => sent.includes(code))).toEqual([]);
  });

  test('nor a key or header of any topic that the bridge writes', async () => {
    const outsider = new Set([
      feedTopic(pipeline.org, 'school-dropout'),
      feedTopic(pipeline.org, 'ot-adviser'),
      feedTopic(pipeline.org, 'folkeregister'),
    ]);
    const records = await pipeline.everything();
    expect(new Set(records.map(({ topic }) => topic)).size).toBeGreaterThan(6);
    for (const { topic, key, headers, value } of records) {
      const shown = JSON.stringify([key, headers]);
      expect(canariesIn(shown, SECRETS)).toEqual([]);
      expect(SENSITIVE.filter((code) => shown.includes(code))).toEqual([]);
      if (!outsider.has(topic)) expect(canariesIn(value ?? '', SECRETS), topic).toEqual([]);
    }
  });

  test('nor an error record, which has no content at all', async () => {
    const errors = await pipeline.errors('school-dropout');
    expect(errors.length).toBeGreaterThan(20);
    for (const { value } of errors) expect(SENSITIVE.filter((code) => value?.includes(code))).toEqual([]);
  });

  test('others than OT see the main group, and no code, reason, rule or school', async () => {
    const groups = await pipeline.out('status-group');
    expect(groups.length).toBeGreaterThanOrEqual(CAST.length);
    for (const { decoded } of groups) {
      expect(Object.keys(decoded).sort()).toEqual(
        [
          ...['county', 'effective', 'eventId', 'group', 'groupLabel', 'list', 'open', 'org'],
          ...['recorded', 'ref', 'schoolYear', 'targetGroup', 'version'],
        ].sort(),
      );
      expect(JSON.stringify(decoded)).not.toMatch(/OT(SY|BA|UK)|"(PS|SV)"|40014|AVBRUTT/);
    }
  });

  test('the reason for leaving reaches no message', async () => {
    for (const topic of OUT_TOPICS) {
      const records = await pipeline.out(topic);
      expect(records.length, outTopic(pipeline.org, topic)).toBeGreaterThan(0);
      for (const { decoded } of records) expect(JSON.stringify(decoded)).not.toMatch(/"(PS|SV)"|40014/);
    }
  });

  test('no answer over HTTP shows a number, a name, an address or a remark, in body or head', () => {
    expect(traced.answers.length).toBeGreaterThan(100);
    expect(canariesIn(traced.answers.join('\n'), SECRETS)).toEqual([]);
  });
});
