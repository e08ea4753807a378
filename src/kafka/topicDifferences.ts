import kafkajs, { type Admin } from 'kafkajs';
import type { TopicSpec } from './topicSpecs.ts';

// kafkajs is CommonJS: Node does not detect this one as a named export.
const { ConfigResourceTypes } = kafkajs;

/** A sentence in bokmål for each setting of an existing topic that is not as this program would create it. */
export async function differences(admin: Admin, topics: readonly TopicSpec[]): Promise<string[]> {
  if (topics.length === 0) return [];
  const names = topics.map(({ topic }) => topic);
  const { topics: metadata } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  const differing: string[] = [];
  for (const spec of topics) {
    const partitions = metadata.find(({ name }) => name === spec.topic)?.partitions ?? [];
    const entries = resources.find(({ resourceName }) => resourceName === spec.topic)?.configEntries ?? [];
    const compare = (what: string, found: string | undefined, wanted: string) => {
      if (found !== wanted)
        differing.push(`${spec.topic}: ${what} er ${found ?? 'ukjent'}, ventet ${wanted}`);
    };
    compare('antall partisjoner', String(partitions.length), String(spec.partitions));
    compare('antall kopier', String(partitions[0]?.replicas.length ?? 0), String(spec.replication));
    for (const [name, wanted] of Object.entries(spec.config)) {
      compare(name, entries.find(({ configName }) => configName === name)?.configValue, wanted);
    }
  }
  return differing;
}
