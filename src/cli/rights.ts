import { orgPart } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { aclLines, KAFKA_ROLES, type KafkaRole, ROLE_TEXT, rightsOf } from '../kafka/rights.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { USAGE } from './usage.ts';

/** The one command that needs no running bridge: the rights are given before the first start. */
export const rights: Command = {
  ...USAGE.rettigheter,
  run: print,
};

async function print(_ask: Ask, [org = '', principal = '', given]: readonly string[]): Promise<string> {
  if (!/^[A-Za-z]+:.+/.test(principal)) {
    throw new CommandFailed(
      `«${principal}» er ikke en principal. Skriv den slik Kafka kjenner broen, for eksempel User:ot-bridge eller 'User:CN=ot-bridge'.`,
      EXIT.usage,
    );
  }
  const roles = given === undefined ? KAFKA_ROLES : given.split(',').map(roleOf);
  return [
    ...roles.map((role) => `# ${role}: ${ROLE_TEXT[role]}`),
    ...aclLines(principal, rightsOf(organisationOf(org), roles)),
  ].join('\n');
}

function organisationOf(text: string): OrgId {
  try {
    return orgPart(text);
  } catch {
    throw new CommandFailed(
      `«${text}» er ikke en organisasjon. Skriv den som i ORGANISATIONS, for eksempel telemarkfylke-no.`,
      EXIT.usage,
    );
  }
}

function roleOf(text: string): KafkaRole {
  const role = KAFKA_ROLES.find((each) => each === text.trim());
  if (role !== undefined) return role;
  throw new CommandFailed(`Rollen «${text}» finnes ikke. Velg blant ${KAFKA_ROLES.join(', ')}.`, EXIT.usage);
}
