import { beforeEach, expect, test } from 'vitest';
import { privateSchool } from '../../adapters/private-school/index.ts';
import { envelopeHeaders } from '../../src/desk/submission/envelopeHeaders.ts';
import { concludeLists } from '../../src/jobs/lists/lists.ts';
import { SHRINKAGE_LIMIT } from '../../src/jobs/lists/shrinkage.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { crowd } from '../harness/schoolDropouts.ts';

// Private schools' lists through the whole pipeline: the document, its rows, the conclusion, and back in by the bridge's
// own feed.

const P15 = { fodselsnummer: '12880877605', fodselsdato: '2008-08-12' };
const OTHERS = crowd(5, 20);
const SCHOOL = '46301';

let pipeline: TestPipeline;
let alarms: string[];

beforeEach(async () => {
  pipeline = await createTestPipeline({ org: 'vestlandfylke-no', county: '46' });
  alarms = [];
});

/** The school's list as it is posted, and what the bridge concludes from it. */
async function list(
  day: string,
  pupils: readonly { fodselsnummer: string }[],
  { school = SCHOOL, without = 0, confirmed = false } = {},
) {
  const unpacked = privateSchool.unpack?.(
    {
      skole: school,
      dato: day,
      antall: pupils.length,
      ...(confirmed && { bekreftetKortere: true }),
      elever: pupils.map((pupil) => ({ ...pupil, startdato: '2026-08-17' })),
    },
    day,
  );
  if (unpacked?.kind !== 'rows') throw new Error(JSON.stringify(unpacked));
  const rows = unpacked.rows.slice(without);
  await pipeline.send('private-school', rows, {
    at: `${day}T08:00:00.000Z`,
    headers: envelopeHeaders(unpacked.envelope),
  });
  await pipeline.settle();
  await concludeLists({
    operations: pipeline.store,
    publisher: {
      publish: async (records) => {
        for (const { value } of records) await pipeline.send('bridge', [value]);
      },
      close: async () => undefined,
    },
    deliveries: { waits: async () => true, open: async () => null },
    openAnswer: () => undefined,
    policyFor: () => ({ absencesBeforeReview: 2, schoolAbsencesBeforeReview: 1 }),
    limitFor: () => SHRINKAGE_LIMIT,
    log: createLogger({ level: 'silent' }),
    alarm: (code) => void alarms.push(code),
  });
  await pipeline.settle();
}

/** Open alerts of all youths, by kind. */
function open(): string[] {
  const states = new Map<unknown, Record<string, unknown>>();
  for (const alert of pipeline.out('alert')) states.set(`${alert.ref}/${alert.alertId ?? alert.id}`, alert);
  return [...states.values()]
    .filter(({ state }) => state !== 'TRUKKET')
    .map(({ kind }) => String(kind))
    .sort();
}

const declined = () =>
  pipeline.send('vigo-intake', [{ type: 'neisvar', ...P15, skolear: '2026-27', dato: '2026-09-15' }], {
    at: '2026-09-15T06:00:00.000Z',
  });

test('I03 the list gives a proposal, the next one without the youth a review; OTUK is kept and counts once', async () => {
  await declined();
  await list('2026-09-18', [P15, ...OTHERS]);
  expect(open()).toEqual(['NY_TILMELDING', 'STATUS_FORSLAG']);
  await list('2026-10-09', OTHERS);
  expect(open()).toContain('BORTE_FRA_SKOLELISTE');
  expect(open()).not.toContain('STATUS_FORSLAG');
  expect(pipeline.out('status')).toMatchObject([{ code: 'OTUK', tilmeldingskode: 'TAKKET_NEI' }]);
  const withdrawn = pipeline.out('alert').filter(({ state }) => state === 'TRUKKET');
  expect(withdrawn).toMatchObject([{ kind: 'STATUS_FORSLAG', rule: 'R05' }]);
});

test('I03 a list of another school, and one that is not whole, say nothing about the youth', async () => {
  await declined();
  await list('2026-09-18', [P15, ...OTHERS]);
  await list('2026-09-25', OTHERS, { school: '46302' });
  await list('2026-10-02', OTHERS, { without: 1 });
  expect(open()).toEqual(['NY_TILMELDING', 'STATUS_FORSLAG']);
});

test('I03 a list that has shrunk concludes nothing until the school has confirmed it', async () => {
  await declined();
  await list('2026-09-18', [P15, ...OTHERS]);
  await list('2026-10-02', OTHERS.slice(0, 8));
  expect(alarms).toEqual(['LIST_SHRUNK']);
  expect(open()).not.toContain('BORTE_FRA_SKOLELISTE');
  await list('2026-10-05', OTHERS.slice(0, 8), { confirmed: true });
  expect(open().filter((kind) => kind === 'BORTE_FRA_SKOLELISTE')).toHaveLength(13);
});

test('a list that is sent once more changes nothing', async () => {
  await list('2026-09-18', [P15, ...OTHERS]);
  const before = await pipeline.store.lanes();
  await list('2026-09-19', [P15, ...OTHERS]);
  const applied = (lanes: typeof before) => lanes.reduce((sum, { counts }) => sum + counts.applied, 0);
  expect(applied(await pipeline.store.lanes())).toBe(applied(before));
});
