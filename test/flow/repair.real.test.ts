import { fileURLToPath } from 'node:url';
import avro from 'avsc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeedAdapter, SourceRecord, Verdict } from '../../src/core/feedAdapter.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { testedVersions } from '../harness/sharedParts.ts';

const IN_SCHEMAS = loadSchemas(fileURLToPath(new URL('../../schemas/avro/in', import.meta.url)));

/** An older version of the program: it does not know one wish status, and lets through a reason it should not. */
function older(adapters: readonly FeedAdapter[]): FeedAdapter[] {
  return adapters.map((adapter) => ({
    ...adapter,
    read(record, context): Verdict {
      const verdict = adapter.read(record, context);
      if (says(record, 'onskestatus', 'STRONT')) {
        const problem = {
          code: 'UNKNOWN_CODE' as const,
          field: 'onskestatus',
          text: 'Ukjent.',
          cure: 'Vent.',
        };
        return { kind: 'malformed', problems: [problem] };
      }
      if (verdict.kind === 'event' && verdict.event.kind === 'Left' && verdict.event.reason === 'FR') {
        return { ...verdict, event: { ...verdict.event, reason: 'finnes ikke' } };
      }
      return verdict;
    },
  }));
}

function says({ value }: SourceRecord, field: string, text: string): boolean {
  return typeof value === 'object' && value !== null && Reflect.get(value, field) === text;
}

describe.each(testedVersions())('what goes wrong is kept and mended, on PostgreSQL %s', (version) => {
  let pipeline: RealPipeline;
  beforeAll(async () => {
    pipeline = await startRealPipeline({ version, wrappers: { adapters: older } });
  });
  afterAll(() => pipeline?.stop());

  const people = crowd(40, 12);
  const person = (at: number) => people[at]!;

  test('E04: poison, an unknown code and good rows on one partition: the good ones take effect', async () => {
    await pipeline.send(
      'school-dropout',
      [
        dropout(person(0), 'god-1'),
        Buffer.from([0xff, 0xfe, 0x00, 0x41]),
        '{"type":"avbrudd",',
        null,
        Buffer.from([0, 0, 0, 0x7f, 0xff, 1, 2, 3]),
        dropout(person(1), 'ukjent', { avbruddsarsak: 'ZZ' }),
        dropout(person(2), 'god-2'),
      ],
      { key: 'en-nokkel' },
    );
    for (const at of [0, 2])
      expect(await pipeline.registrations(person(at).fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
    const { items } = await pipeline.json('quarantine');
    const codes = items.map(({ problems }: { problems: { code: string }[] }) => problems[0]?.code);
    expect(codes.sort()).toEqual(['NOT_AN_OBJECT', 'NOT_JSON', 'NOT_JSON', 'UNKNOWN_CODE', 'UNKNOWN_SCHEMA']);
    const unknown = items.find(({ problems }: { problems: { raw?: string }[] }) => problems[0]?.raw);
    expect(unknown.problems).toMatchObject([{ field: 'avbruddsarsak', raw: 'ZZ' }]);
    const errors = await pipeline.errors('school-dropout');
    expect(errors).toHaveLength(5);
    for (const { value, key, headers } of errors) {
      const text = JSON.stringify([value?.toString('latin1'), key, headers]);
      for (const { fodselsnummer } of people) expect(text).not.toContain(fodselsnummer);
    }
  });

  test('framed Avro does what the same record in JSON does, from Kafka and over HTTP', async () => {
    await pipeline.send('school-dropout', [framed(dropout(person(3), 'avro-1'))]);
    const posted = await pipeline.submit('school-dropout', framed(dropout(person(4), 'avro-2')), {
      'content-type': 'application/avro',
    });
    expect(posted.counts).toMatchObject({ applied: 1 });
    for (const at of [3, 4])
      expect(await pipeline.registrations(person(at).fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
  });

  test('I02: rows with a code not in the table wait, and replay loads exactly them when it is there', async () => {
    const row = (at: number, onskestatus: string) => ({
      id: `onske-${at}`,
      type: 'onskestatus',
      ...person(at),
      skolear: '2026-27',
      dato: '2026-08-01',
      onskestatus,
    });
    const receipt = await pipeline.submit('vigo-intake', [
      row(5, 'STRONT'),
      row(6, 'STRONV'),
      row(7, 'STRONT'),
      row(8, 'STRONT'),
    ]);
    expect(receipt.counts).toMatchObject({ quarantined: 3 });
    await pipeline.restart();
    const { items } = await pipeline.json('quarantine');
    const waiting = items.filter((item: { receipt: string | null }) => item.receipt === receipt.id);
    expect(waiting).toHaveLength(3);
    for (const { id } of waiting) {
      const answer = await pipeline.post(`quarantine/${id}/replay`, { reason: 'Koden er lagt inn.' });
      expect(answer.status).toBe(200);
      expect((await pipeline.post(`quarantine/${id}/replay`, { reason: 'En gang til.' })).status).toBe(409);
      expect((await pipeline.json(`quarantine/${id}`)).status).toBe('replayed');
    }
    await pipeline.settle();
    expect((await pipeline.receipt(receipt.id)).counts).toMatchObject({ quarantined: 0, waiting: 0 });
    const still = await pipeline.json('quarantine');
    expect(still.items.filter((item: { receipt: string | null }) => item.receipt === receipt.id)).toEqual([]);
    await pipeline.restart({}, { adapters: older });
  });

  test('a decision that fails parks the youth alone, and a release plays all that waited, in order', async () => {
    const { fodselsnummer } = person(9);
    const posted = await pipeline.post('feeds/school-dropout', [
      dropout(person(9), 'fr-1', { avbruddsarsak: 'FR' }),
      dropout(person(10), 'fv-1'),
      dropout(person(9), 'fr-1', { version: 2, avbruddsarsak: 'FV', avbruddsdato: '2026-09-20' }),
    ]);
    const { receiptId } = JSON.parse(await posted.text());
    await pipeline.settle();
    await pipeline.send('ot-adviser', [
      { id: 'k-9', type: 'kontakt', kilde: 'ot:40201', fodselsnummer, dato: '2026-10-07', via: 'UNGDOM' },
    ]);
    expect(await pipeline.registrations(person(10).fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27']);
    const { items } = await pipeline.json('parked');
    expect(items.map(({ reason }: { reason: string }) => reason).sort()).toEqual([
      'behind-parked',
      'behind-parked',
      'decision-failed',
    ]);
    const [{ ref }] = items;
    expect(pipeline.logLines.filter((line) => line.includes('youth.parked'))).toHaveLength(1);
    expect(await (await pipeline.get('/internal/metrics')).text()).toMatch(
      new RegExp(`ot_bridge_parked_records\\{[^}]*org="${pipeline.org}"[^}]*\\} 3`),
    );
    expect((await pipeline.json(`receipts/${receiptId}`)).counts).toMatchObject({ applied: 1, parked: 2 });

    await pipeline.restart();
    const released = await pipeline.post(`parked/${ref}/release`, { reason: 'Feilen er rettet.' });
    expect(JSON.parse(await released.text())).toEqual({ ref, records: 3 });
    await pipeline.settle();
    expect((await pipeline.receipt(receiptId)).counts).toMatchObject({ applied: 3, parked: 0 });
    expect(await pipeline.json(`youths/${ref}`)).toMatchObject({
      parked: false,
      registrations: [{ tilmeldingskode: 'AVBRUTT', effective: '2026-09-20' }],
    });
    const { entries } = await pipeline.json(`youths/${ref}/history`);
    const facts = entries.filter(({ what }: { what: string }) => what === 'FactRecorded');
    expect(facts.map(({ codes }: { codes: { hendelse: string } }) => codes.hendelse).sort()).toEqual([
      'Contact',
      'Left',
      'Left',
    ]);
    const again = await pipeline.post(`parked/${ref}/release`, { reason: 'En gang til.' });
    expect(again.status).toBe(404);
  });
});

function framed(record: Record<string, unknown>): Buffer {
  const schema = IN_SCHEMAS.find(({ subject }) => subject.endsWith('.SchoolDropout'));
  if (!schema) throw new Error('no schema of school-dropout');
  const type = avro.Type.forSchema(JSON.parse(schema.schema));
  const head = Buffer.alloc(5);
  head.writeInt32BE(schema.id, 1);
  const names = (JSON.parse(schema.schema) as { fields: { name: string }[] }).fields.map(({ name }) => name);
  const value = Object.fromEntries(names.map((name) => [name, record[name] ?? null]));
  return Buffer.concat([head, type.toBuffer(value)]);
}
