import { stringify } from 'yaml';
import { orgId } from '../../../src/core/organisation.ts';
import { topicSpecs } from '../../../src/kafka/topicSpecs.ts';

// deploy/nais/topics.yaml: the topics of one organisation as NAIS makes them.

export const NAIS_TOPICS = new URL('../../../deploy/nais/topics.yaml', import.meta.url);

const ORG = orgId('telemarkfylke-no');
const HOUR_MS = 3_600_000;
const BRIDGE = ['ot-bridge-consume', 'ot-bridge-api'];

/** Who sends each feed. The applications are examples; the bridge's own feed has no other sender. */
const SENDERS: Readonly<Record<string, string>> = {
  'vigo-intake': 'inntak',
  'school-dropout': 'skolesystem',
  apprenticeship: 'fagopplaering',
  'nav-match': 'nav',
  'ot-adviser': 'ot-system',
  consent: 'ot-system',
  folkeregister: 'folkeregister',
  'private-school': 'privatskoler',
  'lower-secondary': 'grunnskoler',
  'nav-arbeidssoker': 'nav',
  'nav-oppfolging': 'nav',
  'nav-deltaker': 'nav',
  'nav-ungdomsprogram': 'nav',
};

/** Who reads what goes out: a topic that is not here is given to none. */
const READERS: Readonly<Record<string, string>> = {
  'ot.event.status': 'ot-system',
  'ot.event.alert': 'ot-system',
  'ot.entity.ot-ungdom': 'ot-system',
  'ot.event.status-group': 'analyse',
  'ot.event.nav-withdrawal': 'nav',
};

const ABOUT = `# The topics of one organisation, made before the bridge is started: on NAIS an application makes none. The namespace is the
# organisation, so that the full names are those that the bridge uses: telemarkfylke-no.ot.event.school-dropout. The
# applications besides the bridge's own are examples. Written by npm run golden.
`;

export function naisTopics(): string {
  const specs = topicSpecs({
    org: ORG,
    virtualClock: false,
    partitions: 4,
    replication: 3,
    retentionDays: 28,
  });
  const resources = specs.map(({ topic, partitions, replication, config }) => {
    const name = topic.slice(ORG.length + 1);
    return {
      apiVersion: 'kafka.nais.io/v1',
      kind: 'Topic',
      metadata: { name, namespace: ORG, labels: { team: ORG } },
      spec: {
        pool: 'nav-prod',
        config: {
          cleanupPolicy: config['cleanup.policy'],
          partitions,
          replication,
          minimumInSyncReplicas: Number(config['min.insync.replicas']),
          ...kept(config),
        },
        acl: [
          ...BRIDGE.map((application) => ({ team: ORG, application, access: 'readwrite' })),
          ...others(name).map((other) => ({ team: ORG, ...other })),
        ],
      },
    };
  });
  return ABOUT + resources.map((resource) => stringify(resource)).join('---\n');
}

function kept(config: Readonly<Record<string, string>>): Record<string, number> {
  return config['cleanup.policy'] === 'compact'
    ? { deleteRetentionHours: Number(config['delete.retention.ms']) / HOUR_MS }
    : { retentionHours: Number(config['retention.ms']) / HOUR_MS };
}

function others(name: string): { application: string; access: 'read' | 'write' }[] {
  const [, rejected] = /^ot\.event\.error\.(.+)$/.exec(name) ?? [];
  const [, feed = ''] = /^ot\.event\.(.+)$/.exec(name) ?? [];
  const reader = rejected === undefined ? READERS[name] : SENDERS[rejected];
  const sender = SENDERS[feed];
  return [
    ...(sender === undefined ? [] : [{ application: sender, access: 'write' as const }]),
    ...(reader === undefined ? [] : [{ application: reader, access: 'read' as const }]),
  ];
}
