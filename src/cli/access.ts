import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { AccessActedSchema, AccessListSchema } from '../api/schema/accessSchema.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags, withoutJson } from './flags.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

/** Who has which access. */
export const access: Command = {
  ...USAGE.tilgang,
  async run(ask: Ask, args: readonly string[]) {
    const { words, json } = withoutJson(args);
    const [given, act, ...rest] = words;
    const organisation = await organisationMeant(ask, given);
    const at = `/organisations/${encodeURIComponent(organisation)}/access`;
    const place = { at, org: organisation, json };
    if (act === 'foreslå') return propose(ask, place, rest);
    if (act !== undefined) return settle(ask, place, [act, ...rest]);
    return told(json, found(AccessListSchema, await ask(at), organisation), (all) =>
      listed(all, organisation),
    );
  },
};

interface Place {
  at: string;
  org: string;
  json: boolean;
}

const ACTS: ReadonlyMap<string, string> = new Map([
  ['godkjenn', 'approve'],
  ['avslå', 'turn-down'],
  ['trekk', 'revoke'],
]);

async function settle(
  ask: Ask,
  { at, org, json }: Place,
  [named = '', id, reason, ...more]: readonly string[],
): Promise<string> {
  const act = ACTS.get(named.normalize('NFC'));
  if (act === undefined || id === undefined || reason === undefined || more.length > 0) throw usage();
  const answer = await ask(`${at}/${encodeURIComponent(id)}/${act}`, { reason });
  return told(json, found(AccessActedSchema, answer, org), ({ text }) => text);
}

/** An organisation number gets a scope; a person by its key, representatives of a number, or a group, get a role.
 *  @throws CommandFailed */
async function propose(ask: Ask, { at, org, json }: Place, args: readonly string[]): Promise<string> {
  const text = { type: 'string' } as const;
  const { values } = parseFlags(USAGE.tilgang.form, () =>
    parseArgs({
      args: [...args],
      options: {
        ...{
          orgnr: text,
          scope: text,
          altinn: text,
          gruppe: text,
          person: text,
          rolle: text,
          enhet: text,
          skole: text,
        },
        ...{ fra: text, til: text, begrunnelse: text },
        fortrolig: { type: 'boolean', default: false },
      },
    }),
  );
  const { orgnr, scope, altinn, gruppe, person, rolle, enhet, skole, fra, til, begrunnelse } = values;
  const period = {
    reason: begrunnelse,
    ...(fra !== undefined && { from: fra }),
    ...(til !== undefined && { to: til }),
    institution: skole ?? null,
    protectedYouths: values.fortrolig,
  };
  if (begrunnelse === undefined) throw usage();
  const isGrant = orgnr !== undefined && scope !== undefined && rolle === undefined;
  const assignees = [
    ...(altinn === undefined ? [] : [{ altinn }]),
    ...(gruppe === undefined ? [] : [{ group: gruppe }]),
    ...(person === undefined ? [] : [{ person }]),
  ];
  const isRole = rolle !== undefined && assignees.length === 1 && orgnr === undefined && scope === undefined;
  if (!isGrant && !isRole) throw usage();
  const [assignee] = assignees;
  const answer = isGrant
    ? await ask(`${at}/grants`, { ...period, orgnr, scope })
    : await ask(`${at}/roles`, { ...period, assignee, role: rolle, unit: enhet ?? null });
  return told(json, found(AccessActedSchema, answer, org), (acted) => `${acted.id}: ${acted.text}`);
}

function listed({ grants, roles, proposals }: z.infer<typeof AccessListSchema>, org: string): string {
  const lines = [
    ...grants.map((each) => `${each.orgnr} ${each.scope}${bound(each)} ${since(each)}`),
    ...roles.map((each) => `${nameOf(each.assignee)} ${each.role}${bound(each)} ${since(each)}`),
    ...proposals.map((each) => `venter ${each.id}: foreslått av ${each.proposedBy}: ${each.reason}`),
  ];
  return lines.length === 0 ? `Ingen har tilgang til ${org} ennå.` : lines.join('\n');
}

function usage(): CommandFailed {
  return new CommandFailed(`Bruk: npm run ot -- ${USAGE.tilgang.form}`, EXIT.usage);
}

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
