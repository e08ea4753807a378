import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { GivenGrant, GivenRole } from '../core/access/given.ts';
import type { OrganisationNumber, PersonKey } from '../core/access/principal.ts';
import { ROLES, type Role } from '../core/access/role.ts';
import { isScope, SCOPES } from '../core/access/scope.ts';
import { faultOf } from '../core/access/wanted.ts';
import { orgPart } from '../core/messages/topic.ts';
import { type Agreement, PURPOSES } from '../core/nav/agreement.ts';
import type { Organisation } from '../core/organisation.ts';
import { parseDate, parseInstant } from '../core/time/date.ts';
import { readText, type Secret } from './secret.ts';

// The first accesses and agreements of an installation, as `{"telemarkfylke-no": {"grants": […], "roles": […],
// "agreements": […]}}`. An entry is given once,
// whatever number of starts: taking it out of the file revokes nothing, and a revoked one does not come back.

export interface FileAccesses {
  grants: readonly Omit<GivenGrant, 'revoked'>[];
  roles: readonly Omit<GivenRole, 'revoked'>[];
  agreements: readonly Omit<Agreement, 'revoked'>[];
}

export const NO_ACCESSES: FileAccesses = { grants: [], roles: [], agreements: [] };

/** Each problem is one line of `message` (bokmål), with the entry's place. None repeats a value. */
export function loadAccesses(
  path: string | undefined,
  organisations: readonly Organisation[],
): Secret<FileAccesses> {
  if (path === undefined) return { ok: true, value: NO_ACCESSES };
  const read = readText(path, 'ACCESS_FILE');
  return read.ok ? readAccesses(read.value, organisations) : read;
}

export function readAccesses(text: string, organisations: readonly Organisation[]): Secret<FileAccesses> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused(['er ikke gyldig JSON']);
  }
  const read = FILE.safeParse(json);
  if (!read.success) {
    return refused(read.error.issues.map(({ path, message }) => `${path.join('.') || 'filen'} ${message}`));
  }
  const faults: string[] = [];
  const grants: Omit<GivenGrant, 'revoked'>[] = [];
  const roles: Omit<GivenRole, 'revoked'>[] = [];
  const agreements: Omit<Agreement, 'revoked'>[] = [];
  for (const [name, entries] of Object.entries(read.data)) {
    const org = organisations.find(({ id }) => id === partOf(name))?.id;
    if (org === undefined) {
      faults.push(`${name} står ikke i ORGANISATIONS`);
      continue;
    }
    for (const [at, entry] of entries.grants.entries()) {
      faults.push(...faultsAt(`${name}.grants.${at}`, { kind: 'grant', ...entry }, entry));
      grants.push({ id: idOf(org, entry), org, ...entry, ...FROM_FILE });
    }
    for (const [at, entry] of entries.roles.entries()) {
      const { person, altinn, group, ...role } = entry;
      const given = [person, altinn, group].filter((each) => each !== undefined);
      if (given.length !== 1) faults.push(`${name}.roles.${at} skal ha ett av person, altinn og group`);
      faults.push(...faultsAt(`${name}.roles.${at}`, { kind: 'role', ...role }, role));
      const assignee =
        person !== undefined ? { person } : altinn !== undefined ? { altinn } : { group: group ?? '' };
      roles.push({ id: idOf(org, entry), org, assignee, ...role, ...FROM_FILE });
    }
    for (const [at, entry] of entries.agreements.entries()) {
      if (entry.to < entry.from) faults.push(`${name}.agreements.${at}.to skal ikke være før from`);
      agreements.push({ id: idOf(org, entry), org, ...entry, registeredBy: FROM_FILE.grantedBy });
    }
  }
  return faults.length === 0 ? { ok: true, value: { grants, roles, agreements } } : refused(faults);
}

const FROM_FILE = { grantedBy: 'ACCESS_FILE', approvedBy: null };

function text(pattern: RegExp, fault: string) {
  return z.string({ error: fault }).regex(pattern, fault);
}

const instant = z.string({ error: 'skal være et tidspunkt med tidssone' }).transform((written, context) => {
  const read = parseInstant(written);
  if (read !== undefined) return read;
  context.addIssue('skal være et tidspunkt med tidssone, for eksempel 2026-12-01T00:00:00Z');
  return z.NEVER;
});
const day = z
  .string({ error: 'skal være en dato' })
  .refine(
    (written) => parseDate(written) === written,
    'skal være en dato som finnes, for eksempel 2026-12-01',
  );
const orgnr = text(/^\d{9}$/, 'skal være ni siffer').transform((written) => written as OrganisationNumber);
const five = text(/^\d{5}$/, 'skal være fem siffer')
  .nullable()
  .default(null);
const basis = {
  from: instant,
  to: instant.nullable().default(null),
  reason: text(/^[^\p{Cc}]{3,500}$/u, 'skal være en begrunnelse på 3–500 tegn'),
  protectedYouths: z.boolean({ error: 'skal være true eller false' }).default(false),
};
const roleNames = Object.keys(ROLES) as [Role, ...Role[]];

const FILE = z.record(
  z.string(),
  z.strictObject({
    grants: z
      .array(
        z.strictObject({
          orgnr,
          scope: z.string().refine(isScope, `skal være et av scopene ${SCOPES.join(', ')}`),
          institution: five,
          ...basis,
        }),
      )
      .default([]),
    roles: z
      .array(
        z.strictObject({
          person: text(/^[0-9a-f]{64}$/, 'skal være 64 heksadesimale siffer')
            .transform((written) => written as PersonKey)
            .optional(),
          altinn: orgnr.optional(),
          group: text(/^\S{1,100}$/, 'skal være id-en til en gruppe').optional(),
          role: z.enum(roleNames, { error: `skal være en av ${roleNames.join(', ')}` }),
          unit: five,
          institution: five,
          ...basis,
        }),
      )
      .default([]),
    agreements: z
      .array(
        z.strictObject({
          party: orgnr,
          purpose: z.enum(PURPOSES, { error: `skal være ${PURPOSES.join(', ')}` }),
          legalBasis: text(/^[A-ZÆØÅ0-9_]{2,40}$/, 'skal være et rettsgrunnlag, for eksempel SAMTYKKE'),
          from: day,
          to: day,
          reference: text(/^[^\p{Cc}]{1,100}$/u, 'skal være avtalens referanse'),
          reason: basis.reason,
        }),
      )
      .default([]),
  }),
  { error: 'skal være et objekt med en organisasjon per felt' },
);

function faultsAt(
  place: string,
  wanted: Parameters<typeof faultOf>[0],
  { from, to }: { from: string; to: string | null },
): string[] {
  const fault = faultOf(wanted);
  return [
    ...(fault === null ? [] : [`${place}.${fault.field}: ${fault.text} ${fault.cure}`]),
    ...(to === null || to > from ? [] : [`${place}.to skal være etter from`]),
  ];
}

/** Of the entry's content, as a UUID: the same entry is the same access at every start. */
function idOf(org: string, entry: object): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([org, entry]))
    .digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function partOf(name: string): string | undefined {
  try {
    return orgPart(name);
  } catch {
    return undefined;
  }
}

function refused(faults: readonly string[]): { ok: false; message: string } {
  const list = faults.length === 1 ? ` ${faults[0]}` : faults.map((fault) => `\n  ${fault}`).join('');
  return { ok: false, message: `ACCESS_FILE kan ikke brukes:${list}` };
}
