import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { orgId } from '../../src/core/organisation.ts';
import type { KafkaConnection } from '../../src/kafka/kafkaConnection.ts';
import { rightsOf, type TopicRight } from '../../src/kafka/rights.ts';
import { topicSpecs } from '../../src/kafka/topicSpecs.ts';
import { ensureTopics, RightMissing } from '../../src/kafka/topics.ts';
import { type KafkaRight, type SecuredKafka, startSecuredKafka } from '../harness/securedKafka.ts';

const ROLES = ['consume', 'poll', 'api'] as const;
const ORG = orgId('rett-no');
const specsOf = (org = ORG) =>
  topicSpecs({ org, virtualClock: false, partitions: 1, replication: 1, retentionDays: 1 });

let server: SecuredKafka;
beforeAll(async () => {
  server = await startSecuredKafka();
  await ensureTopics({ brokers: server.plain, topics: specsOf() });
});
afterAll(() => server?.stop());

/** By a token: a principal for each right costs nothing. */
const as = (name: string): KafkaConnection => ({
  brokers: server.sasl,
  security: {
    secureContext: () => createSecureContext({ ca: server.authority.ca }),
    sasl: { mechanism: 'OAUTHBEARER', token: async () => server.token(name, 600) },
  },
});

interface Right {
  topic: string;
  right: TopicRight;
}

const aclOf = (name: string, { topic, right }: Right): KafkaRight => ({
  principal: `User:${name}`,
  resource: 'topic',
  name: topic,
  pattern: 'literal',
  operation: right === 'DescribeConfigs' ? 'DESCRIBE_CONFIGS' : OPERATIONS[right],
});
const OPERATIONS = { Read: 'READ', Write: 'WRITE', Describe: 'DESCRIBE', Create: 'CREATE' } as const;

const single = (roles: Parameters<typeof rightsOf>[1], org = ORG): Right[] =>
  rightsOf(org, roles).flatMap(({ topic, rights }) => rights.map((right) => ({ topic, right })));

test('each right that is missing is named with its topic, and so is the cure', async () => {
  const all = single(ROLES);
  expect(all.length).toBeGreaterThan(40);
  const cases = all.map((missing, index) => ({ missing, name: `uten-${index}` }));
  await server.allow(
    cases.flatMap(({ missing, name }) =>
      all.filter((right) => right !== missing).map((right) => aclOf(name, right)),
    ),
  );
  const said = await inTurn(cases, 12, async ({ missing, name }) => {
    const differences: string[] = [];
    const onDifference = (difference: string) => differences.push(difference);
    const error = await ensureTopics({ ...as(name), topics: specsOf(), roles: ROLES, onDifference }).then(
      () => undefined,
      (refused: unknown) => refused,
    );
    if (missing.right === 'DescribeConfigs') {
      expect(error, missing.topic).toBeUndefined();
      return { missing, text: differences.join() };
    }
    expect(error, `${missing.right} ${missing.topic}`).toBeInstanceOf(RightMissing);
    return { missing, text: error instanceof Error ? error.message : '' };
  });
  for (const { missing, text } of said) {
    expect(text).toContain(`Broen mangler retten ${missing.right} til ${missing.topic} i Kafka: gi den`);
    expect(text).toContain('npm run ot -- rettigheter rett-no');
  }
});

test('with all of them it starts, without a word; a process that only answers needs fewer', async () => {
  await server.allow([
    ...single(ROLES).map((right) => aclOf('alle', right)),
    ...single(['api']).map((right) => aclOf('api', right)),
  ]);
  const differences: string[] = [];
  const onDifference = (difference: string) => differences.push(difference);
  await ensureTopics({ ...as('alle'), topics: specsOf(), roles: ROLES, onDifference });
  await ensureTopics({ ...as('api'), topics: specsOf(), roles: ['api'], onDifference });
  expect(differences).toEqual([]);
});

test('topics are created with the right to it; without, the sentence names them', async () => {
  const org = orgId('ny-no');
  const topics = specsOf(org);
  await server.allow([
    ...single(ROLES, org).map((right) => aclOf('uten-create', right)),
    ...single([...ROLES, 'create'], org).map((right) => aclOf('med-create', right)),
  ]);
  const refused = ensureTopics({ ...as('uten-create'), topics, roles: ROLES });
  await expect(refused).rejects.toThrow(
    /^ny-no\.ot\..* finnes ikke i Kafka, og broen mangler retten Create: gi den, eller opprett emnene selv/,
  );
  await ensureTopics({ ...as('med-create'), topics, roles: ROLES });
  await ensureTopics({ ...as('uten-create'), topics, roles: ROLES });
});

/** So many at a time: each logs in, and two cores sign and verify. */
async function inTurn<In, Out>(items: readonly In[], width: number, work: (item: In) => Promise<Out>) {
  const left = [...items];
  const results: Out[] = [];
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
