import { describe, expect, test } from 'vitest';
import { type AuditEntry, INSTALLATION } from '../../src/core/audit/entry.ts';
import { type AnyStore, AT, change, claimed, committed, merging, newOrg, newRef } from './commits.ts';

export function auditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    at: AT,
    kind: 'person',
    who: 'a1b2c3d4',
    key: 'a1b2c3d4e5f60718',
    capacity: 'radgiver',
    supplier: null,
    client: null,
    token: null,
    access: 'youth:read',
    operation: 'GET /organisations/{org}/youths/{ref}',
    purpose: null,
    item: null,
    outcome: 'OK',
    times: 1,
    subjects: [],
    trace: '4bf92f3577b34da6a3ce929d0e0e4736',
    ...changes,
  };
}

const ALL = { access: null, before: null, limit: 100 };

/** What every store promises of the audit trail. */
export function auditContract(create: () => Promise<AnyStore>): void {
  describe('the store’s audit trail', () => {
    test('shows who has seen a youth, newest first and page by page, and nothing of another organisation', async () => {
      const store = await create();
      const [org, other] = [newOrg(), newOrg()];
      const [ref, another] = [newRef(), newRef()];
      await store.append([
        { chain: org, entry: auditEntry({ subjects: [ref, another] }) },
        { chain: org, entry: auditEntry({ subjects: [another] }) },
        { chain: other, entry: auditEntry({ subjects: [ref] }) },
      ]);
      await store.append([{ chain: org, entry: auditEntry({ subjects: [ref], outcome: 'NO_GRANT' }) }]);
      const { subjects: _subjects, key: _key, ...shown } = auditEntry();
      expect(await store.seenBy(org, ref, ALL)).toEqual([
        { ...shown, seq: 3, outcome: 'NO_GRANT' },
        { ...shown, seq: 1 },
      ]);
      expect(await store.seenBy(org, ref, { ...ALL, limit: 1 })).toMatchObject([{ seq: 3 }]);
      expect(await store.seenBy(org, ref, { ...ALL, before: 3 })).toMatchObject([{ seq: 1 }]);
      expect(await store.seenBy(other, another, ALL)).toEqual([]);
    });

    test('shows what was done under a reference that has been merged away, by one access, and no announcement of an act', async () => {
      const store = await create();
      const lane = await claimed(store);
      const [stays, goes] = [newRef(), newRef()];
      await committed(store, change(lane, stays, 1));
      await committed(store, change(lane, goes, 1));
      await store.append([
        { chain: lane.org, entry: auditEntry({ subjects: [goes] }) },
        { chain: lane.org, entry: auditEntry({ subjects: [stays], access: 'youth:identify' }) },
        { chain: lane.org, entry: auditEntry({ subjects: [stays], outcome: 'STARTED' }) },
      ]);
      await committed(store, merging(lane, [{ ref: goes, version: 2, into: stays }], stays, 2));
      expect(await store.seenBy(lane.org, stays, ALL)).toMatchObject([{ seq: 2 }, { seq: 1 }]);
      expect(await store.seenBy(lane.org, stays, { ...ALL, access: 'youth:identify' })).toMatchObject([
        { seq: 2 },
      ]);
    });

    test('has a chain for what is about no single organisation', async () => {
      const store = await create();
      const ref = newRef();
      await store.append([{ chain: INSTALLATION, entry: auditEntry({ subjects: [ref] }) }]);
      expect(await store.seenBy(newOrg(), ref, ALL)).toEqual([]);
    });

    test('keeps no identity number, whichever field it came in', async () => {
      const store = await create();
      const org = newOrg();
      const ref = newRef();
      const number = '14830989960';
      const entry = auditEntry({
        who: number,
        capacity: `x ${number}`,
        supplier: '148309 89960',
        client: number,
        token: number,
        purpose: number,
        item: `list:laktiv/${number}`,
        trace: `${number}${'a'.repeat(21)}`,
        subjects: [ref, number],
      });
      await store.append([{ chain: org, entry }]);
      const seen = JSON.stringify(await store.seenBy(org, ref, ALL));
      expect(seen).not.toMatch(/14830989960|148309 89960/);
      expect(seen).toContain('***********');
    });
  });
}
