import { z } from '@hono/zod-openapi';
import type { ShownSetting } from '../../config/shownSettings.ts';
import type { OperationView, PolicySetting } from '../../desk/operation/operation.ts';
import type { SignedEnd } from '../../store/auditSeal.ts';
import { JOBS, type JobRun } from '../../telemetry/jobBook.ts';
import type { Finding, Section } from '../../text/findings.ts';
import type { FieldsOf } from './fieldsOf.ts';

const moment = z.string();

const SettingSchema = z
  .object({
    name: z.string().openapi({ example: 'HTTP_PORT' }),
    text: z.string(),
    value: z
      .string()
      .nullable()
      .openapi({ description: 'Null når den ikke er satt, og når den er satt og ikke skal vises.' }),
    fallback: z.string().openapi({ description: 'Det som gjelder når den ikke er satt.' }),
    from: z.enum(['MILJOVARIABEL', 'STANDARD']),
  } satisfies FieldsOf<ShownSetting>)
  .openapi('Setting');

const PolicySettingSchema = z
  .object({
    name: z.string(),
    text: z.string(),
    value: z.string().openapi({ description: 'Som JSON.' }),
    from: z.enum(['POLICY_FILE', 'STANDARD']),
  } satisfies FieldsOf<PolicySetting>)
  .openapi('PolicySetting');

const JobSchema = z
  .object({
    job: z.enum(JOBS),
    everyMs: z.number().int().nullable().openapi({ description: 'Null når den går etter klokken.' }),
    ended: moment.nullable().openapi({ description: 'Da den sist ble ferdig.' }),
    failed: moment.nullable().openapi({ description: 'Da den sist feilet.' }),
  } satisfies FieldsOf<JobRun>)
  .openapi('Job');

const FindingSchema = z
  .object({
    checked: z.string(),
    level: z.enum(['ok', 'warning', 'fault']),
    found: z.string(),
    cure: z.string().nullable(),
  } satisfies FieldsOf<Finding>)
  .openapi('Finding');

const ChecksSchema = z
  .object({
    at: moment,
    sections: z.array(
      z.object({ title: z.string(), findings: z.array(FindingSchema) } satisfies FieldsOf<Section>),
    ),
  } satisfies FieldsOf<NonNullable<OperationView['checks']>>)
  .openapi('Checks');

export const OperationSchema = z
  .object({
    versions: z.array(z.object({ what: z.string(), version: z.string() })),
    roles: z.array(z.string()).openapi({ description: 'Rollene til prosessen som svarer.' }),
    started: moment,
    settings: z.array(SettingSchema),
    policy: z.array(PolicySettingSchema),
    jobs: z.array(JobSchema).openapi({ description: 'Jobbene i prosessen som svarer.' }),
    parked: z.number().int().openapi({ description: 'Ungdommer som venter fordi noe om dem stoppet.' }),
    signedEnds: z
      .array(
        z
          .object({
            chain: z.string(),
            seq: z.number().int(),
            at: moment,
            valid: z.boolean(),
          } satisfies FieldsOf<SignedEnd>)
          .openapi('SignedEnd'),
      )
      .nullable()
      .openapi({ description: 'Siste signerte ende av hver kjede; null når de ikke signeres.' }),
    checks: ChecksSchema.nullable().openapi({ description: 'Null når de ikke er kjørt ennå.' }),
  } satisfies FieldsOf<OperationView>)
  .openapi('Operation');
