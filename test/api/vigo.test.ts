import { expect, test } from 'vitest';
import { VIGO_RECEIPT_VERSION } from '../../src/core/vigo/otFile.ts';
import { DeskRefusal } from '../../src/desk/refusal.ts';
import { createMemoryPublisher } from '../../src/kafka/memoryPublisher.ts';
import { publishVigo } from '../../src/relay/vigo/publishVigo.ts';
import { VigoFileJson, VigoTopicRow } from '../golden/make/projectionSchemas.ts';
import { crowd } from '../harness/manyPersons.ts';
import { appOf, bodyOf, ORG, PERSON, problemOf, type TestParts, testParts } from './parts.ts';
import { seedParked, seedYouth } from './seed.ts';

const AT = `/organisations/${ORG}/vigo`;
const HEAD = 'versjon;fil;rad;utfall;kode';

async function world(changes: Parameters<typeof testParts>[0] = {}) {
  const parts = testParts(changes);
  const ref = await seedYouth(parts, PERSON);
  const { get, post } = appOf(parts);
  const made = await bodyOf(await post(`${AT}/files`, {}));
  const receipt = (row: number, outcome: string) =>
    post(`${AT}/receipts`, { content: `${HEAD}\n${VIGO_RECEIPT_VERSION};${made.file};${row};${outcome}\n` });
  return { parts, ref, get, post, made, receipt };
}

/** Youths of as many synthetic numbers. */
async function youths(parts: TestParts, count: number) {
  for (const { fodselsnummer } of crowd(count, { first: '2007-01-01', last: '2009-12-31' }))
    await seedYouth(parts, fodselsnummer);
}

const rowsOf = (csv: string) =>
  csv
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(';'));

test('a file has each new report once, with the number; the topic has the reference alone', async () => {
  const { made, post, parts, ref } = await world();
  expect(made.content.split('\r\n')).toEqual([
    'versjon;fil;rad;fodselsnummer;skolear;aktivitetskode;dato;tilmeldingskode;tilknytningnr;varsel',
    `no.otbridge.vigo-ot.v1;${made.file};1;${PERSON};2026-27;OTUK;2026-10-05;AVBRUTT;40200;`,
    '',
  ]);
  expect(await bodyOf(await post(`${AT}/files`, {}))).toMatchObject({ file: null, rows: 0, more: false });
  const publisher = createMemoryPublisher({ now: () => 0 });
  await publishVigo(parts.memory, publisher, ORG);
  await publishVigo(parts.memory, publisher, ORG);
  const sent = publisher.read(`${ORG}.ot.event.vigo-ot`).flat();
  expect(sent.map(({ key }) => key)).toEqual([ref]);
  expect(String(sent[0]?.value)).not.toContain(PERSON);
  expect(VigoTopicRow.parse(JSON.parse(String(sent[0]?.value)))).toMatchObject({ fil: made.file, ref });
});

test('of two who make a file at the same moment one is asked to try again, and nothing is reported twice', async () => {
  const parts = testParts();
  await youths(parts, 3);
  const { post } = appOf(parts);
  const answers = await Promise.all([post(`${AT}/files`, {}), post(`${AT}/files`, {})]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const refused = await problemOf(answers.find(({ status }) => status === 409)!);
  expect(refused.type).toBe('urn:ot-bridge:VIGO_FILE_OVERTAKEN');
  const next = await bodyOf(await post(`${AT}/files`, {}));
  expect(next).toMatchObject({ file: null, rows: 0 });
});

test('both forms have the same columns with the same values, and JSON is what its schema allows', async () => {
  const parts = testParts();
  await youths(parts, 3);
  const { get, post } = appOf(parts);
  const { file, content } = await bodyOf(await post(`${AT}/files`, { form: 'json', alerts: true }));
  const json = VigoFileJson.parse(JSON.parse(content));
  const csv = (await bodyOf(await get(`${AT}/files/${file}`))).content;
  expect(csv.split('\r\n')[0]).toBe(
    ['versjon', 'fil', ...Object.keys(JSON.parse(content).rader[0])].join(';'),
  );
  expect(rowsOf(csv)).toEqual(
    JSON.parse(content).rader.map((row: object) =>
      [json.versjon, json.fil, ...Object.values(row)].map((value) => String(value ?? '')),
    ),
  );
  expect(json.rader.map(({ varsel }) => varsel)).toEqual(json.rader.map(() => 'NY_TILMELDING'));
});

test('more than one file holds comes in the next ones, each youth once; who is left out takes no room', async () => {
  const parts = testParts();
  await youths(parts, 12);
  const refs: string[] = [];
  for await (const { ref } of parts.memory.youths(ORG)) refs.push(ref);
  // The first three that would be looked at.
  for (const ref of refs.slice(0, 3)) await seedParked(parts, ref as never, 1);
  const { post } = appOf(parts);
  const files = [];
  for (let more = true; more; ) {
    const made = await bodyOf(await post(`${AT}/files`, { most: 2 }));
    expect(made.rows).toBeLessThanOrEqual(2);
    files.push(made);
    ({ more } = made);
  }
  const numbers = files.flatMap(({ content }) => rowsOf(content).map((row) => row[3]));
  expect(new Set(numbers).size).toBe(9);
  expect(numbers).toHaveLength(9);
  expect(files[0]?.leftOut).toBe(3);
});

test('a file has more than a thousand rows', async () => {
  const parts = testParts();
  await youths(parts, 1_100);
  const { post } = appOf(parts);
  const made = await bodyOf(await post(`${AT}/files`, {}));
  expect(made).toMatchObject({ rows: 1_100, more: false, leftOut: 0 });
  expect(rowsOf(made.content).map((row) => Number(row[2]))).toEqual(
    Array.from({ length: 1_100 }, (_, index) => index + 1),
  );
  const publisher = createMemoryPublisher({ now: () => 0 });
  await publishVigo(parts.memory, publisher, ORG);
  expect(publisher.read(`${ORG}.ot.event.vigo-ot`).flat()).toHaveLength(1_100);
  const answers = rowsOf(made.content).map(
    ([, fil, rad]) => `${VIGO_RECEIPT_VERSION};${fil};${rad};GODTATT;`,
  );
  const receipt = await post(`${AT}/receipts`, { content: [HEAD, ...answers].join('\n') });
  expect(await bodyOf(receipt)).toEqual({ accepted: 1_100, refused: 0, repeated: false });
});

test('the hour’s limit ends a file, and with nothing to hand out refuses it', async () => {
  let left = 1;
  const countPersons = async () => {
    left -= 1;
    if (left < 0) throw new DeskRefusal('TOO_MANY_PERSONS', 'Vent.', { retryAfterSeconds: 60 });
  };
  const parts = testParts({ countPersons });
  await youths(parts, 501);
  const { post } = appOf(parts);
  expect(await bodyOf(await post(`${AT}/files`, {}))).toMatchObject({ rows: 500, more: true });
  expect((await post(`${AT}/files`, {})).status).toBe(429);
  left = 1;
  expect(await bodyOf(await post(`${AT}/files`, {}))).toMatchObject({ rows: 1, more: false });
});

test('a file whose answer was lost is given again, to the byte, and asked about as the first time', async () => {
  const asked: string[][] = [];
  const { made, get, parts, ref } = await world({
    countPersons: async (_caller, _org, persons) => void asked.push([...persons]),
  });
  const again = await bodyOf(await get(`${AT}/files/${made.file}`));
  expect(again).toEqual({ file: made.file, rows: 1, content: made.content });
  expect(asked).toEqual([[ref], [ref]]);
  expect(parts.logged.filter(({ event }) => event === 'identified')).toHaveLength(2);
  expect((await get(`${AT}/files/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
});

test('a file with someone whose number is another, or may not be given, is not given again but withdrawn', async () => {
  const { made, get, post, parts, ref, receipt } = await world();
  await seedParked(parts, ref, 1);
  const refused = await problemOf(await get(`${AT}/files/${made.file}`));
  expect(refused.type).toBe('urn:ot-bridge:VIGO_FILE_CHANGED');
  expect(JSON.stringify(refused)).not.toContain(PERSON);
  expect(await bodyOf(await post(`${AT}/files/${made.file}/withdraw`, {}))).toEqual({
    file: made.file,
    rows: 1,
  });
  const { open } = await bodyOf(await get(`${AT}/status`));
  expect(open).toMatchObject([{ code: 'TRUKKET', ref }]);
  expect(open[0].cure).toContain('ny fil');
  // A receipt that comes all the same counts.
  await receipt(1, 'GODTATT;');
  expect((await bodyOf(await get(`${AT}/status`))).open).toEqual([]);
  expect((await post(`${AT}/files/00000000-0000-4000-8000-000000000000/withdraw`, {})).status).toBe(404);
});

test('what is withdrawn comes in the next file', async () => {
  const { made, post } = await world();
  await post(`${AT}/files/${made.file}/withdraw`, {});
  const next = await bodyOf(await post(`${AT}/files`, {}));
  expect(rowsOf(next.content).map((row) => row[3])).toEqual([PERSON]);
  expect(next.file).not.toBe(made.file);
});

test('a refused row is listed with what to do, and reported again; a receipt counts once', async () => {
  const { receipt, get, post, ref } = await world();
  expect(await bodyOf(await receipt(1, 'AVVIST;UKJENT_ENHET'))).toEqual({
    accepted: 0,
    refused: 1,
    repeated: false,
  });
  expect(await bodyOf(await receipt(1, 'AVVIST;UKJENT_ENHET'))).toMatchObject({ repeated: true });
  const status = await bodyOf(await get(`${AT}/status`));
  expect(status.open).toMatchObject([{ ref, code: 'UKJENT_ENHET', state: 'refused' }]);
  expect(status.open[0].cure).toContain('OT-enhet');
  expect(await bodyOf(await post(`${AT}/files`, {}))).toMatchObject({ rows: 1 });
});

test('a receipt of another version, or about a row that was never sent, changes nothing', async () => {
  const { receipt, post, get, made } = await world();
  const other = await post(`${AT}/receipts`, { content: `${HEAD}\nno.otbridge.v9;${made.file};1;GODTATT;` });
  expect((await problemOf(other)).detail).toContain('versjon');
  expect((await receipt(2, 'GODTATT;')).status).toBe(404);
  expect((await bodyOf(await get(`${AT}/status?days=0`))).files[0]).toMatchObject({
    waiting: 1,
    accepted: 0,
  });
});
