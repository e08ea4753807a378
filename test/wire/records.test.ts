import { describe, expect, test } from 'vitest';
import { OUT_TOPICS } from '../../src/core/messages/messages.ts';
import { orgId } from '../../src/core/organisation.ts';
import { headersOf } from '../../src/kafka/publisher.ts';
import { createCodec, createDecoder } from '../../src/wire/codec.ts';
import { errorRecord } from '../../src/wire/errorRecord.ts';
import { createRecords } from '../../src/wire/records.ts';
import { GOLDEN_MESSAGES, OUT_SCHEMAS } from '../golden/avro.ts';

const org = orgId('telemarkfylke-no');
const codec = createCodec({ schemas: OUT_SCHEMAS });
const decode = createDecoder({ schemas: OUT_SCHEMAS });
const messages = Object.values(GOLDEN_MESSAGES);
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

describe('outgoing records', () => {
  const outgoing = createRecords({ org, codec, virtualClock: false });

  test.each(messages)(
    '$topic goes out as a CloudEvent in binary mode, keyed by the person reference',
    (message) => {
      const record = outgoing(message, traceparent);
      expect(record.key).toBe(message.ref);
      expect(headersOf(record)).toEqual({
        ce_specversion: '1.0',
        ce_id: message.id,
        ce_source: '/ot-bridge/telemarkfylke-no',
        ce_type: `no.otbridge.ot.${message.topic}.v1`,
        ce_time: '2026-11-20T09:30:00.000Z',
        'content-type': 'application/avro',
        'origin.application.id': 'ot-bridge',
        traceparent,
      });
      expect(record.value?.equals(codec.encode(message))).toBe(true);
    },
  );

  test('each message goes to the topic of its organisation', () => {
    const topics = OUT_TOPICS.map((topic) => {
      const message = messages.find((each) => each.topic === topic);
      return message && outgoing(message).topic;
    });
    expect(topics).toEqual([
      'telemarkfylke-no.ot.event.status',
      'telemarkfylke-no.ot.event.alert',
      'telemarkfylke-no.ot.event.alert-protected',
      'telemarkfylke-no.ot.event.status-group',
      'telemarkfylke-no.ot.entity.ot-ungdom',
    ]);
  });

  test('without a trace there is no traceparent, and real time leaves the time to Kafka', () => {
    const [message] = messages;
    if (message === undefined) throw new Error('no golden messages');
    const record = outgoing(message);
    expect(Object.keys(headersOf(record))).not.toContain('traceparent');
    expect(record).not.toHaveProperty('timestamp');
  });

  test('a virtual clock stamps each record with the moment of its cause', () => {
    const stamped = createRecords({ org, codec, virtualClock: true });
    const moments = ['2020-03-15T08:00:00.000Z', '2020-03-15T08:00:00.000Z', '2021-06-15T00:00:00.000Z'];
    const [message] = messages;
    if (message === undefined) throw new Error('no golden messages');
    const times = moments.map(
      (recorded) =>
        stamped(Object.assign({}, message, { value: Object.assign({}, message.value, { recorded }) }))
          .timestamp,
    );
    expect(times).toEqual(moments.map((moment) => Date.parse(moment)));
  });

  test('nothing of the message but id and time is in a header or the key', () => {
    for (const message of messages) {
      const record = outgoing(message, traceparent);
      const { key, value } = record;
      const headers = headersOf(record);
      const outside = JSON.stringify({ key, headers });
      const inside = Object(decode(value ?? Buffer.alloc(0)).value);
      for (const field of [
        'code',
        'groupLabel',
        'owner',
        'reason',
        'schoolYear',
        'kind',
        'alertId',
        'tilmeldingskode',
      ]) {
        const content = inside[field];
        if (typeof content === 'string') expect(outside, field).not.toContain(content);
      }
    }
  });
});

describe('error records', () => {
  const rejected = {
    org,
    feed: 'school-dropout' as const,
    topic: 'telemarkfylke-no.ot.event.school-dropout',
    partition: 2,
    offset: 4711n,
    received: '2026-11-20T09:30:00.000Z',
  };
  const problem = (field: string) => ({
    code: 'UNKNOWN_CODE' as const,
    field,
    text: 'Koden «X9» er ukjent.',
    cure: 'Bruk B06.',
    raw: 'X9',
  });

  test('give the place of the record and which codes it failed by, in FINT’s form', () => {
    const record = errorRecord({ ...rejected, problems: [problem('avbruddsarsak'), problem('elev.fnr')] });
    expect(record.topic).toBe('telemarkfylke-no.ot.event.error.school-dropout');
    expect(record.key).toBe('telemarkfylke-no.ot.event.school-dropout/2/4711');
    expect(JSON.parse(String(record.value))).toEqual({
      feed: 'school-dropout',
      topic: 'telemarkfylke-no.ot.event.school-dropout',
      partition: 2,
      offset: '4711',
      received: '2026-11-20T09:30:00.000Z',
      errors: [
        { errorCode: 'UNKNOWN_CODE', args: { field: 'avbruddsarsak' } },
        { errorCode: 'UNKNOWN_CODE', args: { field: 'elev.fnr' } },
      ],
    });
    expect(record).not.toHaveProperty('timestamp');
  });

  test('carry nothing of the payload: no raw code, no text, no field name that is not one', () => {
    const record = errorRecord({
      ...rejected,
      problems: [problem('elev.14830989960'), problem('navn er "Kari"')],
    });
    const text = JSON.stringify([String(record.value), headersOf(record), record.key]);
    for (const secret of ['X9', 'ukjent', '14830989960', 'Kari']) expect(text).not.toContain(secret);
    expect(JSON.parse(String(record.value)).errors).toEqual([
      { errorCode: 'UNKNOWN_CODE', args: { field: '?' } },
      { errorCode: 'UNKNOWN_CODE', args: { field: '?' } },
    ]);
  });

  test('of a virtual clock carry its moment', () => {
    const timestamp = Date.UTC(2020, 2, 15);
    expect(errorRecord({ ...rejected, problems: [], timestamp }).timestamp).toBe(timestamp);
  });
});
