import { z } from '@hono/zod-openapi';
import { PURPOSE_NAMES, PURPOSES } from '../../core/person/identityPurpose.ts';
import { hiddenIdentity } from '../../core/rules/protection.ts';
import type { Identity, LookedUp } from '../identity/lookUp.ts';

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
  })
  .openapi('Identity');

export const IdentitiesSchema = z
  .object({
    people: z.array(IdentitySchema),
    refused: z
      .array(z.object({ ref: z.string(), rule: z.string().nullable(), reason: z.string() }))
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
  })
  .openapi('IdentityLookup');

export function identityView(identity: Identity): z.infer<typeof IdentitySchema> {
  const { ref, number, name, nameReported, otherNumbers } = identity;
  return { ref, fodselsnummer: number, navn: name, navnMeldt: nameReported, andreNumre: otherNumbers };
}

/** Why the protection is not known, where it is not the protection itself that refuses. */
const UNCERTAIN = {
  UNREADABLE: 'Ungdommen kan ikke leses, og da vet ingen om adressen er gradert. Driften må se på saken.',
  PARKED:
    'Meldinger om ungdommen venter, og en av dem kan si at adressen er gradert. Driften må slippe dem fram først (/parked).',
} as const;

export function refusedView({ ref, why }: LookedUp['refused'][number]) {
  return why === 'PROTECTED'
    ? { ref, rule: hiddenIdentity.id, reason: hiddenIdentity.text }
    : { ref, rule: null, reason: UNCERTAIN[why] };
}
