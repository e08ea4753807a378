import { z } from '@hono/zod-openapi';
import { PURPOSES } from '../../core/nav/agreement.ts';
import type { AgreementActed } from '../../desk/nav/agreements.ts';
import { DELIVERY_STATES, type DeliveryView } from '../../desk/nav/deliveries.ts';
import { DateText, UuidText } from '../routes/params.ts';
import { ReasonText } from '../routes/reason.ts';
import { OrgnrText } from './accessSchema.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { lineOfText } from './freeText.ts';

const LegalBasis = z
  .string()
  .regex(/^[A-ZÆØÅ0-9_]{2,40}$/)
  .openapi({ example: 'SAMTYKKE' });
const Reference = lineOfText(1, 100).openapi({
  description: 'Avtalens referanse i fylkets arkiv.',
  example: '24/01234',
});
const terms = {
  party: OrgnrText,
  purpose: z.enum(PURPOSES),
  legalBasis: LegalBasis,
  from: DateText.openapi({ description: 'Første dag.' }),
  to: DateText.openapi({ description: 'Siste dag.' }),
  reference: Reference,
  reason: ReasonText,
};

export const AgreementBody = z.strictObject(terms).openapi('RegisterAgreement');

export const AgreementListSchema = z
  .object({
    agreements: z.array(
      z.object({
        id: z.string(),
        ...terms,
        reason: z.string(),
        registeredBy: z.string(),
        approvedBy: z.string().nullable().openapi({
          description: 'Den andre personen; null når én var nok (ACCESS_FILE, åpen installasjon).',
        }),
        revoked: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
        inForce: z.boolean().openapi({ description: 'Gjelder avtalen nå?' }),
      }),
    ),
    proposals: z
      .array(
        z.object({
          id: z.string(),
          ...terms,
          reason: z.string(),
          proposedBy: z.string(),
          byOfficer: z.boolean().openapi({ description: 'Foreslått av personvernombudet.' }),
          proposed: z.string(),
        }),
      )
      .openapi({ description: 'De som venter på en person til. Tom for den som ikke ser tilgangene.' }),
  })
  .openapi('AgreementList');

export const AgreementActedSchema = z
  .object({
    id: UuidText,
    state: z.enum(['registered', 'waits', 'turned-down', 'revoked']),
    text: z.string(),
  } satisfies FieldsOf<AgreementActed>)
  .openapi('AgreementActed');

export const MonthText = z
  .string()
  .regex(/^20\d{2}-(0[1-9]|1[0-2])$/)
  .openapi({ example: '2026-11' });

const NavDeliverySchema = z
  .object({
    run: z.string().openapi({ example: 'B-2026-11b' }),
    batch: z.string().openapi({ description: 'Listen den svarer på; den trenger ikke finnes.' }),
    state: z.enum(DELIVERY_STATES).openapi({
      description:
        'waits: til en avtale gjelder. held: holdt tilbake, se reason. repeated: sier det samme som sameAs. Ellers som for andre lister.',
    }),
    reason: z
      .string()
      .nullable()
      .openapi({ description: 'Hvorfor den er holdt tilbake.', example: 'NAV_STRANGER' }),
    count: z.number().nullable().openapi({ description: 'Hvor mange personer eller rader det gjelder.' }),
    sameAs: z.string().nullable(),
    opened: z.string().openapi({ description: 'Da den første raden kom.' }),
    incident: z.object({ strangers: z.number(), at: z.string() }).nullable().openapi({
      description: 'Svar om personer NAV ikke er spurt om. Står også etter at leveransen er lagt bort.',
    }),
    text: z.string(),
    cure: z.string().nullable().openapi({ description: 'Hva som må gjøres; null: ingenting.' }),
  } satisfies FieldsOf<DeliveryView>)
  .openapi('NavDelivery');

export const NavDeliveryListSchema = z
  .object({ deliveries: z.array(NavDeliverySchema) })
  .openapi('NavDeliveryList');

export const NavBatchSchema = z
  .object({
    id: z.string().openapi({ example: 'B-2026-11' }),
    month: z.string(),
    state: z.enum(['making', 'ready']),
    extracted: z.string().openapi({ description: 'Tidspunktet uttrekket gjelder for.' }),
    agreement: z.string(),
    recipient: z.string(),
    rows: z.number().nullable(),
    sha256: z
      .string()
      .nullable()
      .openapi({ description: 'Av alle linjene i rekkefølge, slik de ble trukket ut (JSON Lines).' }),
    sha256Csv: z.string().nullable().openapi({ description: 'Det samme av listen som regneark (text/csv).' }),
    fetched: z.number(),
    withdrawn: z.number(),
    answered: z.number(),
    open: z.number().openapi({ description: 'Verken besvart eller trukket tilbake.' }),
    unanswered: z
      .enum(['VENTER', 'IKKE_SVART'])
      .openapi({ description: 'Hva de åpne regnes som. Et svar som mangler, er ikke nei.' }),
    deliveries: z
      .array(NavDeliverySchema)
      .openapi({ description: 'Leveransene fra NAV, eldste først, og hva som er blitt av hver.' }),
  })
  .openapi('NavBatch');

export const NavBatchListSchema = z.object({ batches: z.array(NavBatchSchema) }).openapi('NavBatchList');

export const NavRowsSchema = z
  .object({
    rows: z.array(z.object({ matchId: z.string(), fodselsnummer: z.string(), samtykke: z.string() })),
    next: z.string().nullable(),
  })
  .openapi('NavRows');

export const NavWithdrawalsSchema = z
  .object({ rows: z.array(z.object({ matchId: z.string(), at: z.string() })), next: z.string().nullable() })
  .openapi('NavWithdrawals');
