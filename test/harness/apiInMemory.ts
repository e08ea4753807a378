import { ADAPTERS } from '../../adapters/index.ts';
import type { ApiParts } from '../../src/api/parts.ts';
import { feedTopic } from '../../src/core/messages/topic.ts';
import { epochOf, type IsoInstant } from '../../src/core/time/date.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import { SHRINKAGE_LIMIT } from '../../src/jobs/lists/shrinkage.ts';
import type { Publisher } from '../../src/kafka/publisher.ts';
import { adapterContext } from '../../src/pipeline/adapterContext.ts';
import { createDryRun } from '../../src/pipeline/dryRun/dryRun.ts';
import { createVault } from '../../src/store/vault.ts';
import { createDecoder } from '../../src/wire/decode.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';
import { appOf, type TestParts, testParts } from '../api/parts.ts';
import type { TestPipeline } from './memoryPipeline.ts';
import { workJobs } from './workJobs.ts';

const decode = createDecoder({
  schemas: loadSchemas(new URL('../../schemas/avro/in', import.meta.url).pathname),
});

/**
 * The API over a pipeline in memory: what is posted flows in it, what is asked for is what it has come to.
 * @param now the time of the pipeline's clock
 * @param changes open to all without
 */
export function apiInMemory(
  pipeline: TestPipeline,
  now: () => IsoInstant,
  changes: Pick<Partial<ApiParts>, 'access' | 'consentTokens'> = {},
) {
  const { org } = pipeline;
  const parts = partsInMemory(pipeline, now, changes);
  const { app, get, post } = appOf(parts);
  return {
    get: async (path: string) => get(`/organisations/${org}/${path}`),
    post: async (path: string, body: unknown, headers: Record<string, string>) =>
      post(`/organisations/${org}/${path}`, body, headers),
    request: async (path: string, init: RequestInit) => app.request(`/organisations/${org}/${path}`, init),
    /** Works off the jobs on many. */
    work: () => workJobs(parts),
    /** What was logged and noted of problems. */
    logged: () => JSON.stringify([parts.logged, parts.problems]),
  };
}

/** What such an API is made of, also for a server with a login. */
export function partsInMemory(
  pipeline: TestPipeline,
  now: () => IsoInstant,
  changes: Partial<ApiParts> = {},
): TestParts {
  const { org, policy, store } = pipeline;
  const vault = createVault(Buffer.alloc(32, 7));
  const parts = testParts({
    queries: store,
    operations: store,
    audit: store,
    work: store,
    store,
    navAs: () => store,
    uploadsAs: () => store,
    bulkAs: () => store,
    bulk: store,
    sheetsAs: () => store,
    sheets: store,
    accessRecords: store,
    vault,
    decode,
    organisations: [{ id: org, county: policy.county, virtualClock: false }],
    policyOf: () => policy,
    agreementsOf: () => store.agreements(org),
    now: () => epochOf(now()),
    dryRun: createDryRun({
      store,
      operations: store,
      vault,
      decode,
      adapters: ADAPTERS,
      policyOf: () => policy,
      agreementsOf: () => store.agreements(org),
      limitFor: () => SHRINKAGE_LIMIT,
      contextOf: () => adapterContext({ org, environment: 'test', vault, policy }),
    }),
    ...changes,
  });
  // The parts of the API's own tests publish to no consumer.
  return { ...parts, publisher: intoPipeline(pipeline, now) as TestParts['publisher'] };
}

function intoPipeline(pipeline: TestPipeline, now: () => IsoInstant): Publisher {
  return {
    async publish(records) {
      for (const { topic, key, value, headers } of records) {
        const feed = FEEDS.find((each) => feedTopic(pipeline.org, each) === topic);
        if (feed === undefined || value === null) throw new Error(`the API may not write this to ${topic}`);
        await pipeline.send(feed, [value], { at: now(), headers, key });
      }
    },
    close: async () => undefined,
  };
}
