import { OUT_TOPICS } from '../../src/core/messages/messages.ts';
import { createIdentities } from '../../src/local/sample/identity.ts';
import { seededRandom } from '../../src/local/sample/random.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';

// Sends one youth's dates through the pipeline and prints what is kept and published: run with TZ set, by
// engineerFeeds.ts.

const { fodselsnummer } = createIdentities(seededRandom(1), '2003-02-01', '2003-02-01')();
const pipeline = await createTestPipeline();
const at = '2026-03-30T22:30:00.000Z';
await pipeline.send(
  'apprenticeship',
  [
    {
      elev: { fnr: fodselsnummer, fdato: '01.02.2003' },
      bnr: '987654321',
      start: '15.08.2023',
      slutt: '10.12.2025',
    },
  ],
  {
    at,
    headers: {
      'sync-list': 'laktiv',
      'sync-correlation-id': 'vigo-laktiv-1',
      'sync-type': 'FULL',
      'sync-total-size': '1',
    },
  },
);
await pipeline.send(
  'school-dropout',
  [
    {
      id: 'avbrudd-1',
      type: 'avbrudd',
      fodselsnummer,
      fodselsdato: '01.02.2003',
      skolenummer: '40014',
      avbruddsdato: '2026-03-29T12:00:00Z',
      avbruddsarsak: 'FV',
    },
  ],
  { at },
);
await pipeline.settle();
const youth = (await pipeline.youth(fodselsnummer))?.youth;
process.stdout.write(
  JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    quarantined: (await pipeline.store.quarantine(pipeline.org, { status: 'open', limit: 9, after: null }))
      .length,
    facts: youth?.facts,
    registrations: youth?.registrations,
    published: OUT_TOPICS.map((topic) =>
      pipeline.out(topic).map(({ eventId: _, ref: __, alertId: ___, ...each }) => each),
    ),
  }),
);
