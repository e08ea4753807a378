import { describe, expect, test } from 'vitest';
import { auditEntry } from './auditContract.ts';
import { type AnyStore, newOrg, newRef } from './commits.ts';

const MONDAY = '2026-10-05';
const WEEK = { from: '2026-10-04T22:00:00.000Z', until: '2026-10-11T22:00:00.000Z' };

/** What every store promises of the control of the audit trail. */
export function logContract(create: () => Promise<AnyStore>): void {
  describe('the control of the audit trail', () => {
    test('counts by caller and capacity what was shown, given with names, outside office hours and refused', async () => {
      const store = await create();
      const [org, other] = [newOrg(), newOrg()];
      const [one, two] = [newRef(), newRef()];
      const append = (chain: typeof org, changes: Parameters<typeof auditEntry>[0]) =>
        store.append([{ chain, entry: auditEntry(changes) }]);
      expect(await store.firstLogged(org)).toBeNull();
      expect(await store.logUses(org, WEEK, 10)).toMatchObject({ uses: [], callers: 0, upto: 0 });
      await append(org, { at: '2026-10-04T21:59:59.999Z', subjects: [one] });
      await append(org, { at: '2026-10-04T22:00:00.000Z', subjects: [one, two] });
      await append(org, { at: '2026-10-07T08:00:00.000Z', subjects: [one], outcome: 'STARTED' });
      await append(org, { at: '2026-10-07T08:00:01.000Z', subjects: [one], access: 'youth:identify' });
      await append(org, { at: '2026-10-07T16:30:00.000Z', subjects: [two], outcome: 'NO_GRANT' });
      const machine = { kind: 'machine' as const, who: '974760673', capacity: 'ot/registrations.read' };
      await append(org, { at: '2026-10-07T23:00:00.000Z', subjects: [two], ...machine });
      await append(org, { at: '2026-10-11T22:00:00.000Z', subjects: [two] });
      await append(other, { at: '2026-10-07T08:00:00.000Z', subjects: [one] });
      const adviser = { kind: 'person', who: 'a1b2c3d4', capacity: 'radgiver' };
      expect(await store.logUses(org, WEEK, 10)).toEqual({
        uses: [
          {
            ...{ ...adviser, lines: 3, shown: 3, identified: 1, outside: 2, refused: 1 },
            last: '2026-10-07T16:30:00.000Z',
          },
          {
            ...{ ...machine, lines: 1, shown: 1, identified: 0, outside: 0, refused: 0 },
            last: '2026-10-07T23:00:00.000Z',
          },
        ],
        ...{ callers: 2, lines: 4, shown: 4, identified: 1, outside: 2, refused: 1, upto: 6 },
      });
      const few = await store.logUses(org, WEEK, 1);
      expect([few.uses.length, few.callers, few.lines]).toEqual([1, 2, 4]);
      expect(await store.firstLogged(org)).toBe('2026-10-04T21:59:59.999Z');
      const lines = async (
        part: 'all' | 'outside' | 'identified' | 'refused',
        before: number | null = null,
      ) =>
        (await store.logLines(org, { ...WEEK, part, before, limit: 2 })).map(({ seq, subjects }) => [
          seq,
          subjects,
        ]);
      expect(await lines('all')).toEqual([
        [6, 1],
        [5, 1],
      ]);
      expect(await lines('all', 5)).toEqual([
        [4, 1],
        [2, 2],
      ]);
      expect(await lines('outside')).toEqual([
        [5, 1],
        [2, 2],
      ]);
      expect(await lines('identified')).toEqual([[4, 1]]);
      expect(await lines('refused')).toEqual([[5, 1]]);
    });

    test('is signed once for a week, and stays as it was signed', async () => {
      const store = await create();
      const [org, other] = [newOrg(), newOrg()];
      const control = {
        ...{ week: MONDAY, signed: '2026-10-13T08:00:00.000Z', by: 'a1b2c3d4', key: 'k1' },
        ...{ found: 'AVVIK' as const, note: 'Et oppslag er tatt opp.', lines: 4, upto: 6 },
      };
      expect(await store.signLogControl(org, control)).toBe(true);
      expect(await store.signLogControl(org, { ...control, by: 'b', found: 'INGEN_AVVIK' })).toBe(false);
      expect(await store.signLogControl(other, { ...control, found: 'INGEN_AVVIK', note: null })).toBe(true);
      const later = { ...control, week: '2026-10-12', note: null, found: 'INGEN_AVVIK' as const };
      expect(await store.signLogControl(org, later)).toBe(true);
      expect(await store.logControls(org, 10)).toEqual([later, control]);
      expect(await store.logControls(org, 1)).toEqual([later]);
    });
  });
}
