import { z } from '@hono/zod-openapi';
import { holdsNumber } from '../../core/person/numberInText.ts';
import { BEGINNINGS, CALL_KINDS, SUBSCRIPTION_STATES } from '../../core/subscription/subscription.ts';
import type { SubscriptionAnswered } from '../../desk/subscriptions/acts.ts';
import type { Backlog } from '../../desk/subscriptions/receivers.ts';
import type {
  PublicKeyView,
  SubscriptionDetails,
  SubscriptionView,
} from '../../desk/subscriptions/subscriptionView.ts';
import type { SubscriptionHealth } from '../../store/relayPort.ts';
import { OrgnrText } from './accessSchema.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { lineOfText } from './freeText.ts';

const instant = z.string().openapi({ format: 'date-time' });

const Name = lineOfText(1, 100).openapi({
  description: 'Hva dere kaller det, uten personopplysninger.',
  example: 'OT-systemet',
});
export const ReceiverUrl = z
  .string()
  .min(1)
  .max(2_000)
  .refine((text) => !holdsNumber(text))
  .openapi({
    description: 'https, uten brukernavn og passord, og med et navn og ikke et nummer som vert.',
    example: 'https://ot.example.no/webhook',
  });
const Kinds = z
  .array(z.enum(CALL_KINDS))
  .min(1)
  .transform((kinds) => [...new Set(kinds)])
  .openapi({
    ...{ type: 'array', items: { type: 'string', enum: [...CALL_KINDS] }, minItems: 1 },
    description:
      'Hva det kalles om. receipt: en egen innsending er ferdig behandlet. nav-withdrawal, for NAV alene: en rad i en hentet liste kan ikke lenger brukes.',
  });
const Owners = z
  .array(z.string().regex(/^\d{5}$/))
  .min(1)
  .max(200)
  .nullable()
  .openapi({ description: 'Bare ungdom som disse OT-enhetene har ansvaret for; null: alle.' });

export const NewSubscriptionSchema = z
  .strictObject({
    url: ReceiverUrl,
    name: Name.optional(),
    kinds: Kinds.default(['status', 'alert']),
    owners: Owners.default(null),
    protectedYouths: z.boolean().default(false).openapi({
      description: 'Også om ungdom med strengt fortrolig adresse; avtalen må gjelde dem.',
    }),
    begins: z.enum(BEGINNINGS).openapi({
      description: 'Hvor det begynner: now, dette skoleåret, eller alt som er lagret. Må oppgis.',
    }),
    orgnr: OrgnrText.optional().openapi({
      description: 'Hvem som skal motta, når en person oppretter det. Et system lar det være borte.',
    }),
  })
  .openapi('NewSubscription');

export const SubscriptionChangeSchema = z
  .strictObject({
    name: Name.optional(),
    kinds: Kinds.optional(),
    owners: Owners.optional(),
    url: ReceiverUrl.optional(),
  })
  .openapi('SubscriptionChange');

const view = {
  id: z.string(),
  name: z.string(),
  url: z.string(),
  orgnr: z.string().nullable(),
  kinds: z.array(z.enum(CALL_KINDS)).readonly(),
  owners: z.array(z.string()).readonly().nullable(),
  protectedYouths: z.boolean(),
  begins: z.enum(BEGINNINGS),
  state: z.enum(SUBSCRIPTION_STATES),
  reason: z.enum(['NEW', 'URL_CHANGED', 'OWNER', 'GONE', 'FAILING']).nullable(),
  text: z.string().openapi({ description: 'Hva tilstanden betyr, og hva som må gjøres.' }),
  wantedUrl: z
    .object({ url: z.string(), by: z.string(), at: instant })
    .nullable()
    .openapi({ description: 'Ny adresse som en annen må be om før den tas i bruk; url gjelder så lenge.' }),
  failingSince: instant.nullable(),
  created: instant,
  createdBy: z.string(),
  version: z.number().int(),
} satisfies FieldsOf<SubscriptionView>;

export const SubscriptionSchema = z.object(view).openapi('Subscription');

const PublicKeySchema = z
  .object({
    kid: z.string(),
    publicKey: z
      .string()
      .openapi({ example: 'whpk_…', description: 'Som JWK på /.well-known/webhook-keys.' }),
    from: instant,
    to: instant.nullable(),
  } satisfies FieldsOf<PublicKeyView>)
  .openapi('WebhookKey');

const Secret = z.string().openapi({
  example: 'whsec_…',
  description: 'Nøkkelen til v1-signaturen. Vises bare her, denne ene gangen.',
});

export const AddedSchema = z
  .object({
    subscription: SubscriptionSchema,
    secret: Secret,
    publicKeys: z.array(PublicKeySchema),
  })
  .openapi('AddedSubscription');

export const RotatedSchema = z
  .object({
    secret: Secret,
    publicKeys: z.array(PublicKeySchema),
    overlapUntil: instant.openapi({ description: 'Til da signerer også de forrige nøklene.' }),
  })
  .openapi('RotatedKeys');

export const BacklogSchema = z
  .object({
    all: z.number().int().openapi({ description: 'Det som ikke er sendt.' }),
    latest: z
      .number()
      .int()
      .openapi({ description: 'Så mange kall gir latest: bare det siste om hver sak.' }),
  } satisfies FieldsOf<Backlog>)
  .openapi('Backlog');

/** How an attempt, a handshake or a test went. */
export const OUTCOMES = [
  ...(['started', 'delivered', 'gone', 'throttled', 'refused', 'redirected', 'timeout'] as const),
  ...(['unreachable', 'tls', 'forbidden-address', 'egress'] as const),
] as const;

const HealthSchema = z.object({
  waiting: z.number().int(),
  oldestWaiting: instant.nullable(),
  delivered24h: z.number().int(),
  failed24h: z.number().int(),
  lastSuccess: instant.nullable(),
  lastOutcome: z.enum(OUTCOMES).nullable(),
} satisfies FieldsOf<SubscriptionHealth>);

export const SubscriptionDetailsSchema = z
  .object({
    ...view,
    health: HealthSchema,
    backlog: BacklogSchema,
    publicKeys: z.array(PublicKeySchema),
  } satisfies FieldsOf<SubscriptionDetails>)
  .openapi('SubscriptionDetails');

export const AnsweredSchema = z
  .object({
    subscription: SubscriptionSchema,
    answer: z
      .object({
        at: instant,
        outcome: z.enum([...OUTCOMES, 'not-proven']),
        httpStatus: z.number().int().nullable(),
        ms: z.number().int().nullable(),
      } satisfies FieldsOf<SubscriptionAnswered['answer']>)
      .openapi({ description: 'Hvordan det gikk. Innholdet i mottakerens svar lagres og vises ikke.' }),
  } satisfies FieldsOf<SubscriptionAnswered>)
  .openapi('ReceiverAnswered');
