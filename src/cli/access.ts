import { AccessListSchema } from '../api/schema/accessSchema.ts';
import { found } from './answer.ts';
import type { Ask } from './ask.ts';
import type { Command } from './command.ts';
import { organisationMeant } from './present.ts';

/** Who has which access. */
export const access: Command = {
  form: 'tilgang [org]',
  help: 'hvem som har hvilken tilgang, hvorfor og til når; og forslag som venter',
  takes: [0, 1],
  async run(ask: Ask, [org]: readonly string[]) {
    const organisation = await organisationMeant(ask, org);
    const answer = await ask(`/organisations/${organisation}/access`);
    const { grants, roles, proposals } = found(AccessListSchema, answer, organisation);
    const lines = [
      ...grants.map((each) => `${each.orgnr} ${each.scope}${bound(each)} ${since(each)}`),
      ...roles.map((each) => `${nameOf(each.assignee)} ${each.role}${bound(each)} ${since(each)}`),
      ...proposals.map((each) => `venter ${each.id}: foreslått av ${each.proposedBy}: ${each.reason}`),
    ];
    return lines.length === 0 ? `Ingen har tilgang til ${organisation} ennå.` : lines.join('\n');
  },
};

function bound(given: {
  unit?: string | null;
  institution: string | null;
  protectedYouths: boolean;
}): string {
  const { unit = null, institution, protectedYouths } = given;
  const named = protectedYouths ? ' (også strengt fortrolig)' : '';
  return `${unit === null ? '' : ` enhet ${unit}`}${institution === null ? '' : ` skole ${institution}`}${named}`;
}

function since(given: {
  from: string;
  to: string | null;
  grantedBy: string;
  approvedBy: string | null;
  reason: string;
  revoked: { at: string; by: string } | null;
}): string {
  const { from, to, grantedBy, approvedBy, reason, revoked } = given;
  const until = to === null ? '' : ` til ${to.slice(0, 10)}`;
  const by = approvedBy === null ? grantedBy : `${grantedBy} og ${approvedBy}`;
  const gone = revoked === null ? '' : `; trukket tilbake ${revoked.at.slice(0, 10)} av ${revoked.by}`;
  return `fra ${from.slice(0, 10)}${until}, gitt av ${by}: ${reason}${gone}`;
}

/** The first digits of a person's key are enough to distinguish it. */
function nameOf({
  person,
  altinn,
  group,
}: Partial<Record<'person' | 'altinn' | 'group', string | undefined>>): string {
  if (altinn !== undefined) return `representanter for ${altinn}`;
  return person === undefined ? `gruppe ${group}` : `person ${person.slice(0, 12)}`;
}
