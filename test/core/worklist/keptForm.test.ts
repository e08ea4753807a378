import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { digest } from '../../../src/core/digest.ts';
import { by } from '../../../src/core/order.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { NO_PROGRESS } from '../../../src/core/worklist/alertProgress.ts';
import { KEPT_FORM, type KeptRow, startKeeping } from '../../../src/core/worklist/kept.ts';
import { WORKLIST_IDS } from '../../../src/core/worklist/worklistId.ts';
import { unpackYouth } from '../../../src/store/form/storedYouth.ts';

const BASIS = {
  policy: defaultPolicy(countyNumber('40')),
  ...{ agreements: [], now: '2026-10-20T10:00:00.000Z' },
};

/** Some dozens as they were stored once, of random histories: a line each. */
const youths = readFileSync(new URL('keptYouths.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

test('lists that decide otherwise than before have another form: kept rows are decided again', () => {
  const keep = startKeeping(BASIS, { from: '2026-10-20', until: '2027-02-15' });
  const kept = youths.map((stored) =>
    keep(personRef('00000000-0000-4000-8000-000000000001'), unpackYouth(JSON.parse(stored)), {
      progress: () => NO_PROGRESS,
      waiting: false,
    }),
  );
  const lists = new Set(kept.flatMap(({ rows }) => rows.map(({ list }) => list)));
  expect(lists.size).toBeGreaterThan(WORKLIST_IDS.length - 4);
  for (const { rows } of kept) (rows as KeptRow[]).sort(by((row) => JSON.stringify(row)));
  expect(
    { form: KEPT_FORM, rows: digest(JSON.stringify(kept)) },
    'Raise KEPT_FORM in src/core/worklist/kept.ts, and write both here.',
  ).toEqual({ form: 4, rows: 'a99dff034c1c65c8' });
});
