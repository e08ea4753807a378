import { z } from '@hono/zod-openapi';
import { CALL_KINDS } from '../../core/subscription/subscription.ts';
import type { DeliveryDetails, DeliveryView } from '../../desk/subscriptions/deliveryView.ts';
import type { ReplayView } from '../../desk/subscriptions/replays.ts';
import { type Attempt, DELIVERY_STATES } from '../../store/relayPort.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { OUTCOMES } from './subscriptionSchema.ts';

const instant = z.string().openapi({ format: 'date-time' });

const view = {
  id: z.string(),
  webhookId: z.string().openapi({ description: 'webhook-id: den samme i alle forsøk og omsendinger.' }),
  kind: z.enum([...CALL_KINDS, 'notice']),
  ref: z.string().nullable().openapi({
    description: 'Mottakerens egen referanse; null for kvitteringer og for det som er holdt tilbake.',
  }),
  version: z.number().int().nullable(),
  subject: z.string().nullable().openapi({ description: 'Varselet eller kvitteringen det kalles om.' }),
  recorded: instant,
  state: z.enum(DELIVERY_STATES),
  text: z.string(),
  attempts: z.number().int(),
  nextAt: instant.nullable(),
  ended: instant.nullable(),
  replay: z.string().nullable(),
} satisfies FieldsOf<DeliveryView>;

export const DeliverySchema = z.object(view).openapi('Delivery');

export const DeliveriesSchema = z
  .object({ deliveries: z.array(DeliverySchema), next: NextPage })
  .openapi('Deliveries');

export const DeliveryDetailsSchema = z
  .object({
    ...view,
    log: z.array(
      z.object({
        number: z.number().int(),
        at: instant,
        ms: z.number().int().nullable(),
        outcome: z.enum(OUTCOMES),
        httpStatus: z.number().int().nullable(),
      } satisfies FieldsOf<Attempt>),
    ),
  } satisfies FieldsOf<DeliveryDetails>)
  .openapi('DeliveryDetails');

export const FAILURES = ['exhausted', ...OUTCOMES] as const;

const FilterSchema = z
  .union([
    z.object({ ids: z.array(z.string()).readonly() }),
    z.object({ from: instant, to: instant }),
    z.object({ failure: z.enum(FAILURES) }),
  ])
  .openapi({ description: 'Leveringer etter webhook-id, tidsrom eller hvordan siste forsøk gikk.' });

export const ReplaySchema = z
  .object({
    id: z.string(),
    filter: FilterSchema,
    state: z.enum(['paused', 'running', 'stopped', 'done']),
    text: z.string(),
    testUrl: z.string().nullable(),
    reason: z.string(),
    by: z.string(),
    created: instant,
    total: z.number().int(),
    sent: z.number().int(),
    failed: z.number().int(),
    withheld: z.number().int(),
  } satisfies FieldsOf<ReplayView>)
  .openapi('Replay');

export const AddedReplaySchema = z
  .object({
    replay: ReplaySchema,
    sample: z.array(DeliverySchema).openapi({ description: 'De første som er med.' }),
  })
  .openapi('AddedReplay');
