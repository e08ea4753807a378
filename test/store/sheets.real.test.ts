import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import type { Reach } from '../../src/core/access/permission.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import { organisationIds } from '../../src/store/postgres/organisation.ts';
import { createPool } from '../../src/store/postgres/pool.ts';
import { createReaders } from '../../src/store/postgres/readers.ts';
import { scopedReaders } from '../../src/store/postgres/scopedReaders.ts';
import { createPostgresSheetReading, createPostgresSheets } from '../../src/store/postgres/sheets.ts';
import { createPostgresStore } from '../../src/store/postgres/store.ts';
import type { SheetKey } from '../../src/store/sheetsPort.ts';
import { createTestDatabase, testedVersions } from '../harness/sharedParts.ts';
import { newOrg } from './commits.ts';
import { builtSheet, sheetKey, sheetsContract } from './sheetsContract.ts';

for (const version of await testedVersions()) {
  describe(`PostgreSQL ${version}`, async () => {
    const database = await createTestDatabase(version);
    const pool = createPool({ databaseUrl: database.url, size: 5, onIdleError: () => undefined });
    const store = createPostgresStore(pool);
    await store.migrate();
    afterAll(async () => {
      await store.close();
      await database.drop();
    });
    const ids = organisationIds(pool);
    const readers = createReaders(pool);
    const sheets = createPostgresSheets(ids, readers, readers);
    sheetsContract(async () => ({ ...store, ...sheets }));

    async function kept(key: SheetKey): Promise<SheetKey> {
      const [now, by] = [builtSheet(0).built, randomUUID()];
      await sheets.askSheet(key, now, 30);
      const [leased] = await sheets.leaseSheets([key.org], { by, now, until: now });
      await sheets.keepSheet({ id: leased?.id ?? '', by }, builtSheet(0));
      return key;
    }
    async function reads(key: SheetKey, organisations: readonly OrgId[], reach: Reach): Promise<boolean> {
      const reading = createPostgresSheetReading(ids, scopedReaders(readers, ids, { organisations, reach }));
      const [head, whole] = [await reading.keptSheet(key), await reading.wholeSheet(key)];
      expect(head === undefined).toBe(whole === undefined);
      return head !== undefined;
    }

    test('row-level security lets each reach read its own reports, and no other organisation', async () => {
      const [org, other] = [newOrg(), newOrg()];
      const county = await kept(sheetKey(org));
      const within = { units: ['40201'], hiddenUnits: [] };
      const ofUnit = await kept(sheetKey(org, { within }));
      const hidden = await kept(sheetKey(org, { within: { units: ['40201'], hiddenUnits: ['40202'] } }));
      const units = (...of: string[]): Reach => ({ kind: 'units', units: of });
      expect(await reads(county, [org], { kind: 'county' })).toBe(true);
      expect(await reads(county, [other], { kind: 'county' })).toBe(false);
      expect(await reads(county, [org], units('40201'))).toBe(false);
      expect(await reads(county, [org], { kind: 'sender', sender: 'x' })).toBe(false);
      expect(await reads(ofUnit, [org], units('40201'))).toBe(true);
      expect(await reads(ofUnit, [org], units('40202'))).toBe(false);
      expect(await reads(ofUnit, [other], units('40201'))).toBe(false);
      expect(await reads(ofUnit, [org], { kind: 'county' })).toBe(false);
      expect(await reads(hidden, [org], units('40201'))).toBe(false);
      expect(await reads(hidden, [org], units('40201', '40202'))).toBe(true);
    });

    test('figures of several counties are read by those alone who may read all of them', async () => {
      const [org, other] = [newOrg(), newOrg()];
      const both = await kept(sheetKey(org, { report: 'national', counted: [org, other].sort() }));
      expect(await reads(both, [org, other], { kind: 'county' })).toBe(true);
      expect(await reads(both, [org], { kind: 'county' })).toBe(false);
    });

    test('of processes that ask in the same moment each report is given to one', async () => {
      const org = newOrg();
      const now = builtSheet(0).built;
      const reports = ['stock', 'flow', 'kostra', 'series'] as const;
      for (const report of reports) await sheets.askSheet(sheetKey(org, { report }), now, 30);
      const leases = await Promise.all(
        Array.from({ length: 8 }, () =>
          sheets.leaseSheets([org], { by: randomUUID(), now, until: builtSheet(5).built }),
        ),
      );
      const leased = leases.flat().map(({ key }) => key.report);
      expect(leased.toSorted()).toEqual([...reports].sort());
    });
  });
}
