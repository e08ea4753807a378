import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { OrgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { type IsoInstant, instantOf } from '../../src/core/time/date.ts';
import type { VigoAnswer } from '../../src/core/vigo/otFile.ts';
import type { Store } from '../../src/store/port.ts';
import type { VigoFileRow, VigoRecords } from '../../src/store/vigoPort.ts';
import { newOrg, newRef } from './commits.ts';

type AnyVigo = VigoRecords & Pick<Store, 'claim'>;

const NOW = Date.UTC(2026, 9, 7, 7);
const at = (minutes: number): IsoInstant => instantOf(NOW + minutes * 60_000);

function rowOf(rad: number, ref: PersonRef, changes: Partial<VigoFileRow> = {}): VigoFileRow {
  return {
    rad,
    ref,
    skolear: '2026-27',
    aktivitetskode: 'OTUK',
    dato: '2026-10-05',
    tilmeldingskode: 'AVBRUTT',
    tilknytningnr: '40200',
    varsel: null,
    ...changes,
  };
}

/** What every implementation of the reports to VIGO promises. */
export function vigoContract(create: () => Promise<AnyVigo>): void {
  const world = async () => {
    const store = await create();
    const org = newOrg();
    await store.claim({ org, topic: `${org}.ot.event.school-dropout`, partition: 0 });
    let made = 0;
    const file = async (rows: readonly VigoFileRow[], whose: OrgId = org, minute?: number) => {
      made += 1;
      const id = randomUUID();
      const hash = createHash('sha256').update(id).digest();
      const { files } = await store.lastReported(whose);
      const stored = { id, version: 'v1', made: at(minute ?? made), by: 'Kari', hash };
      expect(await store.addVigoFile(whose, stored, rows, files)).toBe(true);
      return id;
    };
    const answer = (answers: readonly VigoAnswer[], whose: OrgId = org) => {
      const hash = createHash('sha256').update(JSON.stringify(answers)).digest();
      return store.answerVigo(whose, { hash, at: at(60), by: 'Kari', answers });
    };
    return { store, org, file, answer };
  };
  const accepted = (file: string, rad: number): VigoAnswer => ({ file, rad, accepted: true, code: null });
  const refused = (file: string, rad: number, code = 'UKJENT_ENHET'): VigoAnswer => ({
    file,
    rad,
    accepted: false,
    code,
  });

  describe('files to VIGO', () => {
    test('a file is stored with its rows in their order', async () => {
      const { store, org, file } = await world();
      const rows = [
        rowOf(2, newRef(), { varsel: 'NY_TILMELDING', tilmeldingskode: null }),
        rowOf(1, newRef()),
      ];
      const id = randomUUID();
      const hash = createHash('sha256').update('same').digest();
      const first = { id, version: 'v1', made: at(1), by: 'Kari', hash };
      expect(await store.addVigoFile(org, first, rows, 0)).toBe(true);
      expect(await store.vigoFile(org, id)).toEqual({ hash, rows: rows.toReversed() });
      const later = await file([rowOf(1, newRef())], org, 2);
      expect(await store.vigoFiles(org, 10)).toEqual([
        { id: later, version: 'v1', made: at(2), by: 'Kari', rows: 1, accepted: 0, refused: 0, waiting: 1 },
        { id, version: 'v1', made: at(1), by: 'Kari', rows: 2, accepted: 0, refused: 0, waiting: 2 },
      ]);
      expect((await store.vigoFiles(org, 1)).map((each) => each.id)).toEqual([later]);
    });

    test('of those made at the same moment one is stored: the others would report the same', async () => {
      const { store, org, file } = await world();
      const ref = newRef();
      await file([rowOf(1, newRef())]);
      const { files } = await store.lastReported(org);
      const made = Array.from({ length: 5 }, () => {
        const id = randomUUID();
        const hash = createHash('sha256').update(id).digest();
        const each = { id, version: 'v1', made: at(2), by: 'Kari', hash };
        return store.addVigoFile(org, each, [rowOf(1, ref)], files);
      });
      expect((await Promise.all(made)).toSorted()).toEqual([false, false, false, false, true]);
      expect(await store.vigoFiles(org, 10)).toHaveLength(2);
      expect((await store.lastReported(org)).files).toBe(2);
    });

    test('of a youth the newest report counts; a refused one does not, and none before it', async () => {
      const { store, org, file, answer } = await world();
      const [changed, same, again] = [newRef(), newRef(), newRef()];
      const first = await file([rowOf(1, changed), rowOf(2, same), rowOf(3, again)]);
      const second = await file([rowOf(1, changed, { aktivitetskode: 'OTOV' }), rowOf(2, again)]);
      await answer([accepted(first, 1), accepted(first, 3), refused(second, 2)]);
      const { last } = await store.lastReported(org);
      const { ref: _ref, ...content } = rowOf(1, changed, { aktivitetskode: 'OTOV' });
      expect(last.get(changed)).toEqual(content);
      expect(new Set(last.keys())).toEqual(new Set([changed, same]));
    });

    test('another organisation sees and answers none of them', async () => {
      const { store, org, file, answer } = await world();
      const other = newOrg();
      await store.claim({ org: other, topic: `${other}.ot.event.school-dropout`, partition: 0 });
      const id = await file([rowOf(1, newRef())]);
      expect(await store.vigoFiles(other, 10)).toEqual([]);
      expect(await store.vigoFile(other, id)).toBeUndefined();
      expect(await store.withdrawVigo(other, id, at(9), 'TRUKKET')).toBeUndefined();
      expect((await store.lastReported(other)).last.size).toBe(0);
      expect(await store.openVigoRows(other, at(90), 10)).toEqual([]);
      expect(await store.unpublishedVigo(other)).toBeUndefined();
      expect(await answer([accepted(id, 1)], other)).toBe('unknown');
      await store.publishedVigo(other, id);
      expect((await store.unpublishedVigo(org))?.id).toBe(id);
    });
  });

  describe('receipts of VIGO', () => {
    test('a receipt is stored once, and its outcome counted', async () => {
      const { store, org, file, answer } = await world();
      const id = await file([rowOf(1, newRef()), rowOf(2, newRef()), rowOf(3, newRef())]);
      const answers = [accepted(id, 1), refused(id, 3)];
      expect(await answer(answers)).toBe('stored');
      expect(await answer(answers)).toBe('known');
      expect(await store.vigoFiles(org, 1)).toMatchObject([{ accepted: 1, refused: 1, waiting: 1 }]);
    });

    test('one with a row that was never sent, or a row twice, changes nothing and may come again', async () => {
      const { store, org, file, answer } = await world();
      const id = await file([rowOf(1, newRef())]);
      expect(await answer([accepted(id, 1), accepted(id, 2)])).toBe('unknown');
      expect(await answer([accepted(randomUUID(), 1)])).toBe('unknown');
      expect(await answer([accepted(id, 1), refused(id, 1)])).toBe('unknown');
      expect(await answer([accepted(id, 1), accepted(id, 2)])).toBe('unknown');
      expect(await store.vigoFiles(org, 1)).toMatchObject([{ accepted: 0, refused: 0, waiting: 1 }]);
    });

    test('two people who read the same receipt store it once', async () => {
      const { file, answer } = await world();
      const id = await file([rowOf(1, newRef())]);
      const outcomes = await Promise.all([accepted, accepted, accepted].map((of) => answer([of(id, 1)])));
      expect(outcomes.sort()).toEqual(['known', 'known', 'stored']);
    });

    test('open rows are the refused and the long unanswered, oldest first, until the youth is reported again', async () => {
      const { store, org, file, answer } = await world();
      const [bad, waits, fine] = [newRef(), newRef(), newRef()];
      const first = await file([rowOf(1, waits), rowOf(2, bad), rowOf(3, fine)]);
      await answer([refused(first, 2), accepted(first, 3)]);
      const open = (since: number, limit = 10) => store.openVigoRows(org, at(since), limit);
      const badRow = { ...rowOf(2, bad), file: first, made: at(1), state: 'refused', code: 'UKJENT_ENHET' };
      expect(await open(1)).toEqual([badRow]);
      expect(await open(2)).toEqual([
        { ...rowOf(1, waits), file: first, made: at(1), state: 'waiting', code: null },
        badRow,
      ]);
      expect(await open(2, 1)).toMatchObject([{ ref: waits }]);
      const second = await file([rowOf(1, bad)]);
      expect(await open(2)).toMatchObject([{ ref: waits }]);
      await answer([refused(second, 1, 'UKJENT_PERSON')]);
      expect(await open(2)).toMatchObject([
        { ref: waits },
        { ref: bad, file: second, code: 'UKJENT_PERSON' },
      ]);
    });
  });

  test('a file that is withdrawn is refused where it has no answer, and is reported again', async () => {
    const { store, org, file, answer } = await world();
    const [done, waits] = [newRef(), newRef()];
    const id = await file([rowOf(1, done), rowOf(2, waits)]);
    await answer([accepted(id, 1)]);
    expect(await store.withdrawVigo(org, randomUUID(), at(9), 'TRUKKET')).toBeUndefined();
    expect(await store.withdrawVigo(org, id, at(9), 'TRUKKET')).toBe(1);
    expect(await store.withdrawVigo(org, id, at(9), 'TRUKKET')).toBe(0);
    expect([...(await store.lastReported(org)).last.keys()]).toEqual([done]);
    expect(await store.openVigoRows(org, at(0), 10)).toMatchObject([{ ref: waits, code: 'TRUKKET' }]);
  });

  test('files are published oldest first, each until that is stored', async () => {
    const { store, org, file } = await world();
    const second = await file([rowOf(1, newRef())], org, 9);
    const [one, two] = [newRef(), newRef()];
    const first = await file([rowOf(1, one), rowOf(2, two)], org, 3);
    const next = await store.unpublishedVigo(org);
    expect(next).toEqual({ id: first, made: at(3), rows: [rowOf(1, one), rowOf(2, two)] });
    expect((await store.unpublishedVigo(org))?.id).toBe(first);
    await store.publishedVigo(org, first);
    expect((await store.unpublishedVigo(org))?.id).toBe(second);
    await store.publishedVigo(org, second);
    expect(await store.unpublishedVigo(org)).toBeUndefined();
  });
}
