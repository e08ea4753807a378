import { orgId } from '../../../src/core/organisation.ts';
import { KAFKA_ROLES, ROLE_TEXT, rightsOf } from '../../../src/kafka/rights.ts';
import { topicsOf } from '../../../src/kafka/topicSpecs.ts';

/** The rights to Kafka of the example organisation, for those who give them by other means than Kafka's own tool. */
export const RIGHTS_FILE = new URL('../../../deploy/kafka/rights.json', import.meta.url);

const ORG = orgId('telemarkfylke-no');

export function goldenRights(): string {
  const roles = KAFKA_ROLES.map((role) => [role, { does: ROLE_TEXT[role], topics: rightsOf(ORG, [role]) }]);
  return `${JSON.stringify(Object.fromEntries(roles), null, 2)}\n`;
}

/** Topics with the same rights in one row. */
export function rightsTable(): string {
  const cells = (topic: string) =>
    KAFKA_ROLES.map(
      (role) =>
        rightsOf(ORG, [role])
          .find((each) => each.topic === topic)
          ?.rights.join(', ') ?? '–',
    ).join(' | ');
  const rows = Map.groupBy(topicsOf(ORG), ({ topic }) => cells(topic));
  return [
    `| emner | ${KAFKA_ROLES.map((role) => `\`${role}\``).join(' | ')} |`,
    `| ---${' | ---'.repeat(KAFKA_ROLES.length)} |`,
    ...[...rows].map(
      ([rights, topics]) =>
        `| ${topics.map(({ topic }) => `\`${topic.replace(ORG, '<org>')}\``).join(', ')} | ${rights} |`,
    ),
    '',
  ].join('\n');
}
