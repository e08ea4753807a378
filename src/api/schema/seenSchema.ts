import { z } from '@hono/zod-openapi';
import type { SeenView } from '../../desk/audit/seenBy.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';

export const SeenSchema = z
  .object({
    id: z.string().openapi({ description: 'Nummeret i fylkets revisjonsspor.' }),
    at: z.string(),
    kind: z.enum(['local', 'machine', 'person', 'anonymous']).openapi({
      description: 'local: på serveren selv. machine: et system. person: en ansatt. anonymous: ikke kjent.',
    }),
    who: z.string(),
    capacity: z.string().nullable().openapi({ description: 'Rollen eller scopet som ga tilgang.' }),
    supplier: z.string().nullable().openapi({ description: 'Den som handlet på vegne av avsenderen.' }),
    operation: z.string().openapi({ description: 'Hva som ble hentet eller gjort, uten verdier.' }),
    purpose: z.string().nullable(),
    item: z.string().nullable().openapi({ description: 'Listen, brevet eller saken det gjaldt.' }),
    outcome: z.string().openapi({ description: 'OK, eller hvorfor det ble avvist.' }),
    times: z.number().int(),
    trace: z.string().nullable(),
  } satisfies FieldsOf<SeenView>)
  .openapi('Seen');

export const SeenPageSchema = z.object({ ref: z.string(), seen: z.array(SeenSchema), next: NextPage });
