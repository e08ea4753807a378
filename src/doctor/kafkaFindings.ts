import { kafkaConnection } from '../bridge/connections.ts';
import type { Config } from '../config/config.ts';
import { feedTopic } from '../core/messages/topic.ts';
import { FEEDS } from '../core/youth/statusEvent.ts';
import { examineKafka, type KafkaExamination, UnexaminedKafka } from '../kafka/examination.ts';
import type { KafkaRole } from '../kafka/rights.ts';
import { topicSpecs } from '../kafka/topicSpecs.ts';
import { errorFields } from '../telemetry/errorFields.ts';
import { type Finding, fault, ok, warning } from '../text/findings.ts';

/** @returns what was found, and the cluster itself for what is compared with it; null when it does not answer */
export async function examineCluster(
  config: Config,
): Promise<{ findings: Finding[]; kafka: KafkaExamination | null }> {
  const brokers = config.kafka.embedded ? [`127.0.0.1:${config.kafka.port}`] : config.kafka.brokers;
  const security = config.kafka.embedded ? {} : config.kafka.security;
  const topics = config.organisations.flatMap(({ id, virtualClock }) =>
    topicSpecs({ ...config.topics, org: id, virtualClock }),
  );
  try {
    const kafka = await examineKafka(
      kafkaConnection(brokers, security, () => undefined),
      {
        topics,
        roles: rolesOf(config),
        endsOf: config.organisations.flatMap(({ id }) => FEEDS.map((feed) => feedTopic(id, feed))),
      },
    );
    return { findings: findingsOf(config, brokers, kafka), kafka };
  } catch (error) {
    const known =
      error instanceof UnexaminedKafka || (error instanceof Error && error.name === 'UnreadableSecret');
    const { errorName } = errorFields(error);
    const found = known && error instanceof Error ? error.message : `feilet (${errorName})`;
    const cure = config.kafka.embedded
      ? 'Start broen («npm start»): innebygd Kafka går bare sammen med den.'
      : 'Rett det som står over. Alt broen har lovet, venter i databasen til Kafka svarer.';
    return { findings: [fault('Kafka svarer', found, cure)], kafka: null };
  }
}

function rolesOf({ roles, vigo }: Config): KafkaRole[] {
  return [
    ...(roles.consume ? (['consume'] as const) : []),
    ...(roles.consume && vigo ? (['poll'] as const) : []),
    ...(roles.api ? (['api'] as const) : []),
  ];
}

function findingsOf(config: Config, brokers: readonly string[], kafka: KafkaExamination): Finding[] {
  const { replication } = config.topics;
  return [
    ok('Kafka svarer', `${brokers.join(', ')}, ${transportOf(config)}`),
    kafka.brokers >= replication
      ? ok('Meglere', String(kafka.brokers))
      : fault(
          'Meglere',
          `${kafka.brokers}, men TOPIC_REPLICATION er ${replication}`,
          'Start flere meglere, eller sett TOPIC_REPLICATION ned i et testmiljø.',
        ),
    kafka.missing.length === 0
      ? ok('Emner', 'alle finnes')
      : warning(
          'Emner',
          `${kafka.missing.length} finnes ikke: ${some(kafka.missing)}`,
          'Start broen: den lager dem når den har retten Create. Ellers lager du dem etter tabellen i docs/drift.md.',
        ),
    kafka.leaderless.length === 0
      ? ok('Ledere', 'alle partisjoner har en')
      : fault(
          'Ledere',
          `${kafka.leaderless.length} partisjoner har ingen: ${some(kafka.leaderless)}`,
          'Start meglerne som mangler. Meldingene til disse partisjonene venter.',
        ),
    kafka.rights.length === 0
      ? ok('Rettigheter', 'det rollene trenger')
      : fault('Rettigheter', some(kafka.rights), 'Gi dem («ot rettigheter» skriver ut linjene).'),
    configuration(kafka),
  ];
}

function configuration({ differences }: KafkaExamination): Finding {
  const name = 'Oppsettet av emnene';
  if (differences === null)
    return warning(
      name,
      'kan ikke leses',
      'Gi broen retten DescribeConfigs til emnene, om du vil ha det kontrollert.',
    );
  return differences.length === 0
    ? ok(name, 'som det skal være')
    : warning(
        name,
        some(differences),
        'Se TOPIC_DIFFERS i docs/driftshandbok.md: broen endrer aldri et emne.',
      );
}

function transportOf({ kafka }: Config): string {
  if (kafka.embedded) return 'innebygd';
  const { tls, sasl } = kafka.security;
  const login = sasl?.mechanism ?? (tls?.client ? 'klientsertifikat' : 'uten innlogging');
  return `${tls ? 'TLS' : 'uten TLS'}, ${login}`;
}

const SHOWN = 5;

export function some(all: readonly string[]): string {
  const rest = all.length - SHOWN;
  return `${all.slice(0, SHOWN).join('; ')}${rest > 0 ? ` og ${rest} til` : ''}`;
}
