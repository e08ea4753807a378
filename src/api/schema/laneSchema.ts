import { z } from '@hono/zod-openapi';
import type { LaneActView } from '../../desk/lanes/lanes.ts';
import type { LaneView } from '../../desk/lanes/laneView.ts';
import type { FieldsOf } from './fieldsOf.ts';

export const LaneSchema = z
  .object({
    org: z.string(),
    topic: z.string(),
    partition: z.number().int(),
    next: z.number().int().openapi({ description: 'Første melding som ikke er behandlet.' }),
    stands: z
      .object({ code: z.string(), reason: z.string(), since: z.string(), text: z.string() })
      .nullable()
      .openapi({ description: 'Hvorfor den ikke kan gå videre.' }),
  } satisfies FieldsOf<LaneView>)
  .openapi('Lane');

export const LaneActSchema = z
  .object({
    topic: z.string(),
    partition: z.number().int(),
    from: z.number().int().openapi({ description: 'Første melding som blir lest.' }),
    says: z.array(z.string()).openapi({ description: 'Hva som hoppes over, gjentas og må bes om.' }),
    done: z.boolean(),
  } satisfies FieldsOf<LaneActView>)
  .openapi('LaneAct');
