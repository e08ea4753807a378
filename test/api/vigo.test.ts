import { expect, test } from 'vitest';
import { VIGO_RECEIPT_VERSION } from '../../src/core/vigo/otFile.ts';
import { createMemoryPublisher } from '../../src/kafka/memoryPublisher.ts';
import { publishVigo } from '../../src/relay/vigo/publishVigo.ts';
import { appOf, bodyOf, ORG, PERSON, problemOf, testParts } from './parts.ts';
import { seedYouth } from './seed.ts';

const AT = `/organisations/${ORG}/vigo`;
const HEAD = 'versjon;fil;rad;utfall;kode';

async function world() {
  const parts = testParts();
  const ref = await seedYouth(parts, PERSON);
  const { get, post } = appOf(parts);
  const made = await bodyOf(await post(`${AT}/files`, {}));
  const receipt = (row: number, outcome: string) =>
    post(`${AT}/receipts`, { content: `${HEAD}\n${VIGO_RECEIPT_VERSION};${made.file};${row};${outcome}\n` });
  return { parts, ref, get, post, made, receipt };
}

test('a file has each new report once, with the number; the topic has the reference alone', async () => {
  const { made, post, parts, ref } = await world();
  expect(made.csv.split('\r\n')).toEqual([
    'versjon;fil;rad;fodselsnummer;skolear;aktivitetskode;dato;tilmeldingskode;tilknytningnr;varsel',
    `no.otbridge.vigo-ot.v1;${made.file};1;${PERSON};2026-27;OTUK;2026-10-05;AVBRUTT;40200;`,
    '',
  ]);
  expect(await bodyOf(await post(`${AT}/files`, {}))).toMatchObject({ file: null, rows: 0 });
  const publisher = createMemoryPublisher({ now: () => 0 });
  await publishVigo(parts.memory, publisher, ORG);
  await publishVigo(parts.memory, publisher, ORG);
  const sent = publisher.read(`${ORG}.ot.event.vigo-ot`).flat();
  expect(sent.map(({ key }) => key)).toEqual([ref]);
  expect(String(sent[0]?.value)).not.toContain(PERSON);
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
