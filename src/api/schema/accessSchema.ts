import { z } from '@hono/zod-openapi';
import type { GivenGrant, GivenRole } from '../../core/access/given.ts';
import type { OrganisationNumber, PersonKey } from '../../core/access/principal.ts';
import { ROLES } from '../../core/access/role.ts';
import { SCOPES } from '../../core/access/scope.ts';
import type { AccessActed } from '../../desk/access/accesses.ts';
import type { AccessProposal } from '../../store/accessPort.ts';
import type { FieldsOf } from './fieldsOf.ts';

// Who has which access. People are keyed hashes; nothing here names one.

const roles = Object.keys(ROLES) as [keyof typeof ROLES, ...(keyof typeof ROLES)[]];

// What is transformed is described by hand: the pattern would be lost.
export const OrgnrText = z
  .string()
  .regex(/^\d{9}$/)
  .transform((text) => text as OrganisationNumber)
  .openapi({ type: 'string', pattern: '^\\d{9}$', example: '889640782' });
const Five = z
  .string()
  .regex(/^\d{5}$/)
  .nullable()
  .default(null);
const Key = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((text) => text as PersonKey)
  .openapi({
    ...{ type: 'string', pattern: '^[0-9a-f]{64}$' },
    description: 'Nøkkelen innloggingen gir personen, 64 heksadesimale siffer.',
  });

export const AssigneeSchema = z
  .union([
    z.strictObject({ person: Key }),
    z.strictObject({ altinn: OrgnrText }),
    z.strictObject({ group: z.string().min(1).max(100) }),
  ])
  .openapi('Assignee');

const protectedYouths = z.boolean().default(false).openapi({
  description: 'Hører om ungdommer med strengt fortrolig adresse.',
});

export const WantedGrantSchema = z.strictObject({
  orgnr: OrgnrText,
  scope: z.enum(SCOPES as readonly [string, ...string[]]),
  institution: Five,
  protectedYouths,
});

export const WantedRoleSchema = z.strictObject({
  assignee: AssigneeSchema,
  role: z.enum(roles),
  unit: Five,
  institution: Five,
  protectedYouths,
});

const instant = z.string().openapi({ format: 'date-time' });
const basis = {
  id: z.string(),
  from: instant,
  to: instant.nullable(),
  grantedBy: z.string(),
  approvedBy: z.string().nullable(),
  reason: z.string(),
  revoked: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
};
const assignee = z.object({
  person: z.string().optional(),
  altinn: z.string().optional(),
  group: z.string().optional(),
});
const grant = {
  orgnr: z.string(),
  scope: z.string(),
  institution: z.string().nullable(),
  protectedYouths: z.boolean(),
};
const role = {
  role: z.enum(roles),
  unit: z.string().nullable(),
  institution: z.string().nullable(),
  protectedYouths: z.boolean(),
};

export const GrantSchema = z
  .object({ org: z.string(), ...grant, ...basis } satisfies Record<keyof GivenGrant, z.ZodType>)
  .openapi('AccessGrant');
export const RoleSchema = z
  .object({ org: z.string(), ...role, assignee, ...basis } satisfies Record<keyof GivenRole, z.ZodType>)
  .openapi('RoleAssignment');
export const ProposalSchema = z
  .object({
    id: z.string(),
    org: z.string(),
    wanted: z.union([
      z.object({ kind: z.literal('grant'), ...grant }),
      z.object({ kind: z.literal('role'), assignee, ...role }),
    ]),
    from: instant,
    to: instant.nullable(),
    reason: z.string(),
    proposedBy: z.string(),
    proposed: instant,
    grantedBy: z.string().nullable(),
  } satisfies Record<Exclude<keyof AccessProposal, 'proposedKey' | 'grantedKey'>, z.ZodType>)
  .openapi('AccessProposal');

export const AccessListSchema = z
  .object({
    grants: z.array(GrantSchema),
    roles: z.array(RoleSchema),
    proposals: z.array(ProposalSchema),
  })
  .openapi('Accesses');

export const AccessActedSchema = z
  .object({
    id: z.string(),
    state: z.enum(['given', 'waits', 'turned-down', 'revoked']),
    text: z.string(),
  } satisfies FieldsOf<AccessActed>)
  .openapi('AccessActed');
