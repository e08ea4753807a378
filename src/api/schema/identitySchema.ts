import { z } from '@hono/zod-openapi';
import { PURPOSE_NAMES, PURPOSES } from '../../core/person/identityPurpose.ts';
import type { LookupView } from '../../desk/audit/seenBy.ts';
import type { IdentityView, RefusedView } from '../../desk/identity/identityView.ts';
import type { FieldsOf } from './fieldsOf.ts';

export const PurposeField = z.enum(PURPOSE_NAMES).openapi({
  description: `Hva opplysningen skal brukes til: ${Object.entries(PURPOSES)
    .map(([name, text]) => `${name} (${text})`)
    .join(', ')}.`,
});

export const IdentitySchema = z
  .object({
    ref: z.string().openapi({ description: 'Referansen ungdommen er kjent under nå.' }),
    fodselsnummer: z.string().openapi({ description: 'Nummeret personen har nå.' }),
    navn: z.string().nullable().openapi({
      description:
        'Slik det sist ble meldt; null når ingen melding hadde navn, eller fylket ikke tar vare på navn.',
    }),
    navnMeldt: z.string().nullable().openapi({ description: 'Da navnet først ble meldt.' }),
    andreNumre: z.number().int().openapi({ description: 'Hvor mange andre numre som fører til personen.' }),
  } satisfies FieldsOf<IdentityView>)
  .openapi('Identity');

export const IdentitiesSchema = z
  .object({
    people: z.array(IdentitySchema),
    refused: z
      .array(
        z.object({
          ref: z.string(),
          rule: z.string().nullable(),
          reason: z.string(),
        } satisfies FieldsOf<RefusedView>),
      )
      .openapi({ description: 'De som ikke vises her, og hvorfor.' }),
    unknown: z.array(z.string()).openapi({ description: 'Referanser som ikke er kjent her.' }),
    next: z
      .string()
      .nullable()
      .openapi({ description: 'Sett som `after` for resten; null når alle er med.' }),
  })
  .openapi('Identities');

export const LookupSchema = z
  .object({
    id: z.string(),
    who: z.string(),
    purpose: z.string(),
    list: z.string().nullable().openapi({ description: 'Brevet eller arbeidslisten det ble slått opp for.' }),
    at: z.string(),
    outcome: z.enum(['GITT', 'AVVIST']),
  } satisfies FieldsOf<LookupView>)
  .openapi('IdentityLookup');
