import { describe, expect, test } from 'vitest';
import { createMemoryPublisher } from '../../src/kafka/memoryPublisher.ts';
import type { OutgoingRecord } from '../../src/kafka/publisher.ts';
import type { FintProjection } from '../../src/store/fintPort.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { FintTopicValue } from '../golden/make/projectionSchemas.ts';
import { newRef } from '../store/commits.ts';
import { createFintReceiver } from './fintReceiver.ts';
import { fintWorld } from './fintWorld.ts';

const DAY = 86_400_000;

async function world(change: (records: readonly OutgoingRecord[]) => Promise<void> = async () => undefined) {
  const publisher = createMemoryPublisher({ now: () => 0, partitions: 6 });
  const receiver = createFintReceiver();
  const sent: OutgoingRecord[] = [];
  const made = await fintWorld(createMemoryStore(), {
    async publish(records, options) {
      await publisher.publish(records, options);
      sent.push(...records);
      for (const { value } of records) FintTopicValue.parse(JSON.parse(String(value)));
      for (const { key, value, headers, headerBytes = {} } of records)
        receiver.receive({
          key,
          value,
          header: (name) => headerBytes[name] ?? Buffer.from(headers[name] ?? ''),
        });
      await change(records);
    },
  });
  return { ...made, receiver, sent };
}

const typeOf = ({ headerBytes }: OutgoingRecord) => headerBytes?.['sync-type']?.[0];

describe('the sender of FINT', () => {
  test('sends each youth in FINT’s envelope, and what changed after that alone', async () => {
    const { worker, put, sent, receiver, expected, organisation, pass } = await world();
    const refs = [newRef(), newRef()].sort();
    const [one = newRef(), other = newRef()] = refs;
    await put(one, { code: 'OTUK' });
    await put(other, { code: 'OTOV', owner: '40201' });
    const sender = worker('a');
    await sender.round();
    expect(receiver.has()).toEqual(expected);
    expect(receiver.completed()).toHaveLength(1);
    const [record] = sent;
    expect(record).toMatchObject({
      topic: `${organisation.id}.fint-core.entity.utdanning-ot`,
      headers: { 'resource-name': 'otungdom', 'origin.application.id': 'ot-bridge' },
    });
    expect(record?.key).toBe(`otungdom\u001f${refs[0]}`);
    expect(record?.headerBytes?.['sync-total-size']?.readBigInt64BE()).toBe(2n);
    sent.length = 0;
    pass(1_000);
    await put(one, { code: 'OTAR' });
    await sender.round();
    expect(sent.map(({ key }) => key)).toEqual([`otungdom\u001f${one}`]);
    expect(sent.map(typeOf)).toEqual([1]);
    expect(receiver.has()).toEqual(expected);
    await sender.round();
    expect(sent).toHaveLength(1);
  });

  test('deletes a youth whose address has become protected, whatever the grade, and one that has left', async () => {
    const { worker, put, sent, receiver, expected } = await world();
    const refs = [newRef(), newRef(), newRef(), newRef()] as const;
    for (const ref of refs) await put(ref, { code: 'OTUK' });
    const sender = worker('a');
    await sender.round();
    sent.length = 0;
    await put(refs[0], { code: 'OTUK', grade: 'STRENGT_FORTROLIG' });
    await put(refs[1], { code: 'OTUK', grade: 'FORTROLIG' });
    await put(refs[2], { code: 'OTUK', out: true });
    await sender.round();
    expect(sent.map(({ value }) => value)).toEqual([null, null, null]);
    expect(sent.map(typeOf)).toEqual([2, 2, 2]);
    expect(receiver.has()).toEqual(expected);
    expect(expected.size).toBe(1);
  });

  test.each([
    ['changes', 'unsentFint'],
    ['all', 'unsentFullFint'],
  ] as const)(
    'sending %s, leaves out a youth whose protection is committed between view and send',
    async (_, read) => {
      const made = await world();
      const ref = newRef();
      await made.put(ref, { code: 'OTUK' });
      let before: number | undefined;
      // The view is followed, then read: in between the protection is committed.
      const projection: FintProjection = {
        ...made.projection,
        async [read](...asked: Parameters<FintProjection['unsentFullFint']>) {
          const found = await made.projection.unsentFullFint(...asked);
          const unsent = read === 'unsentFint' ? await made.projection.unsentFint(...asked) : found;
          if (unsent.length > 0 && before === undefined) {
            before = made.sent.length;
            await made.put(ref, { code: 'OTUK', grade: 'STRENGT_FORTROLIG' });
          }
          return read === 'unsentFint' ? unsent : found;
        },
      };
      const sender = made.worker('a', { projection });
      await sender.round();
      await sender.round();
      expect(before).toBeDefined();
      expect(made.sent.slice(before).filter(({ value }) => value !== null)).toEqual([]);
      expect(made.receiver.has()).toEqual(new Map());
    },
  );

  test('sends a change that comes during a send after it, never under the older moment', async () => {
    const ref = newRef();
    let changes = 2;
    const made = await world(async () => {
      changes -= 1;
      if (changes >= 0) await made.put(ref, { code: changes === 0 ? 'OTOV' : 'OTAR' });
    });
    await made.put(ref, { code: 'OTUK' });
    await made.worker('a').round();
    const moments = made.sent.map(
      ({ headerBytes }) => headerBytes?.['entity-retention-time']?.readBigInt64BE() ?? 0n,
    );
    expect(moments).toEqual([...moments].sort());
    expect(made.receiver.has()).toEqual(made.expected);
  });

  test('sends all each night and when asked; what a receiver has besides goes away', async () => {
    const { worker, put, sent, receiver, expected, pass } = await world();
    for (let n = 0; n < 3; n++) await put(newRef(), { code: 'OTUK' });
    const sender = worker('a');
    await sender.round();
    receiver.plant('left-behind');
    await sender.round();
    expect(receiver.has().size).toBe(4);
    sent.length = 0;
    pass(DAY);
    await sender.round();
    expect(sent.map(typeOf)).toEqual([0, 0, 0]);
    expect(receiver.has()).toEqual(expected);
    expect(receiver.completed()).toHaveLength(2);
  });

  test('begins a full sync again when one of its youths leaves during it', async () => {
    const refs = [newRef(), newRef(), newRef()];
    let left = false;
    const made = await world(async (records) => {
      if (left || records.every((record) => typeOf(record) !== 0)) return;
      left = true;
      await made.put(refs[0] ?? newRef(), { code: 'OTUK', grade: 'STRENGT_FORTROLIG' });
    });
    for (const ref of refs) await made.put(ref, { code: 'OTUK' });
    const sender = made.worker('a');
    await sender.round();
    await sender.round();
    expect(left).toBe(true);
    expect(made.receiver.has()).toEqual(made.expected);
    expect(made.receiver.has().size).toBe(2);
  });

  test('lets another process wait while it has the turn', async () => {
    const { worker, put, sent } = await world();
    await put(newRef(), { code: 'OTUK' });
    await worker('a').round();
    const before = sent.length;
    await put(newRef(), { code: 'OTUK' });
    await worker('b').round();
    expect(sent).toHaveLength(before);
  });
});
