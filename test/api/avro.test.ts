import { readFileSync } from 'node:fs';
import avro from 'avsc';
import { expect, test } from 'vitest';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { appOf, bodyOf, dropout, ORG, PERSON, sent, testParts } from './parts.ts';

const FEED = `/organisations/${ORG}/feeds/school-dropout`;

async function post(body: Buffer, type = 'application/avro') {
  const parts = testParts();
  const response = await appOf(parts).app.request(FEED, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { parts, response, records: sent(parts.publisher, 'school-dropout') };
}

test('a record in Confluent-framed Avro goes out as it came, keyed by its person', async () => {
  const file = new URL('../../schemas/avro/in/school-dropout.avsc', import.meta.url);
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  const id =
    loadSchemas(new URL('.', file).pathname).find((one) => JSON.parse(one.schema).name === schema.name)?.id ??
    0;
  const frame = Buffer.alloc(5);
  frame.writeInt32BE(id, 1);
  const framed = Buffer.concat([
    frame,
    avro.Type.forSchema(schema, { wrapUnions: false }).toBuffer(dropout()),
  ]);
  const { parts, response, records } = await post(framed);
  expect((await bodyOf(response)).rows).toBe(1);
  expect(records[0]?.value).toEqual(framed);
  expect(records[0]?.key).toBe(await parts.memory.refOf(parts.vault.hmac(new Fodselsnummer(PERSON))));
});

test('a framed record that cannot be read goes out on a random key: the pipeline says why', async () => {
  const framed = Buffer.from([0, 0, 0, 9, 9, 1, 2, 3]);
  const { response, records } = await post(framed, 'application/vnd.confluent.avro');
  expect(response.status).toBe(202);
  expect(records).toMatchObject([{ value: framed, key: expect.stringMatching(/^[0-9a-f]{32}$/) }]);
});
