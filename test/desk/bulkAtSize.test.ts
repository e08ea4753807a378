import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { numberRef } from '../../src/core/person/reference.ts';
import { makeBulk, moveBulk, previewBulk } from '../../src/desk/bulk/bulk.ts';
import { createBulkRun } from '../../src/desk/bulk/bulkRun.ts';
import { emptyState } from '../../src/store/memory/state.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { adviserWorld, LEFT } from '../console/adviserWorld.ts';
import { crowd } from '../harness/manyPersons.ts';
import { ALL, CONTACT, LEADER, REASON } from './bulkWorld.ts';

const YOUTHS = 25_000;

/** A county with one youth who has left school, and so many like it. */
async function county() {
  const state = emptyState();
  const world = await adviserWorld({ store: createMemoryStore(state) });
  const { parts, pipeline } = world;
  const { org } = pipeline;
  const one = state.youths.get(`${org}/${await world.refOf(LEFT.fodselsnummer)}`);
  if (one === undefined) throw new Error('no such youth');
  for (const { fodselsnummer } of crowd(YOUTHS - 1, { first: '2008-01-01', last: '2009-12-31' })) {
    const number = new Fodselsnummer(fodselsnummer);
    const hmac = parts.vault.hmac(number).toString('hex');
    const ref = numberRef(randomUUID());
    state.refs.set(hmac, ref);
    state.numbers.set(hmac, parts.vault.seal(Buffer.from(fodselsnummer)));
    state.youths.set(`${org}/${ref}`, { ...one });
  }
  // Kafka and the pipeline in one: what arrives has its outcome.
  const arrived: { receipt: string; id: string; number: string }[] = [];
  const publisher: typeof parts.publisher = {
    ...parts.publisher,
    async publish(records) {
      for (const { value, headers } of records) {
        const { id, fodselsnummer } = JSON.parse(String(value));
        const receipt = String(headers['ot-receipt']);
        arrived.push({ receipt, id, number: fodselsnummer });
        const rows = state.receiptRows.get(receipt) ?? new Map();
        state.receiptRows.set(receipt, rows);
        rows.set(Number(headers['ot-row']), { outcome: 'applied', problems: [] });
      }
    },
  };
  const [organisation] = parts.organisations;
  if (organisation === undefined) throw new Error('no organisation');
  return { parts: { ...parts, publisher }, organisation, arrived };
}

test('25,000 youths are taken without a cap, each once, stopped in between by a person and by a death', {
  timeout: 300_000,
}, async () => {
  const { parts, organisation, arrived } = await county();
  const asked = { filter: ALL, act: CONTACT, principal: LEADER };
  const seen = await previewBulk(parts, organisation, asked);
  expect(seen).toMatchObject({ listed: YOUTHS, youths: YOUTHS, consequence: { tried: 200, accepted: 200 } });
  const made = { ...asked, position: seen.position, shown: seen.youths, reason: REASON };
  const { id } = await makeBulk(parts, organisation, made);
  const read = () => parts.bulk.bulk(organisation.id, id);
  await moveBulk(parts, organisation, { id, to: 'running' });
  const first = createBulkRun(parts, randomUUID());
  for (let step = 0; step < 20; step += 1) expect(await first.step()).toBe('moved');
  await moveBulk(parts, organisation, { id, to: 'paused' });
  while ((await first.step()) !== 'idle');
  expect(arrived).toHaveLength(20 * 200);
  expect(await read()).toMatchObject({
    state: 'paused',
    tally: [
      { state: 'waiting', count: YOUTHS - 4_000 },
      { state: 'done', count: 4_000 },
    ],
  });
  await moveBulk(parts, organisation, { id, to: 'running' });
  const second = createBulkRun(parts, randomUUID());
  while ((await second.step()) !== 'idle');
  expect(arrived).toHaveLength(YOUTHS);
  expect(new Set(arrived.map(({ number }) => number)).size).toBe(YOUTHS);
  expect(new Set(arrived.map((each) => each.id)).size).toBe(YOUTHS);
  expect(await read()).toMatchObject({ state: 'done', tally: [{ state: 'done', count: YOUTHS }] });
});
