import { z } from '@hono/zod-openapi';
import type { DisclosureView } from '../../desk/nav/disclosures.ts';
import { NextPage } from '../pageQuery.ts';
import { RefText } from '../routes/params.ts';
import type { FieldsOf } from './fieldsOf.ts';

const DisclosureSchema = z
  .object({
    id: z.string(),
    at: z.string().openapi({ description: 'Da NAV fikk raden.' }),
    how: z.enum(['extract', 'fetch']).openapi({
      description: 'extract: ungdommen kom med i månedens liste. fetch: raden ble hentet.',
    }),
    batch: z.string().openapi({ description: 'Listen.', example: 'B-2026-11' }),
    ref: RefText.openapi({ type: 'string', format: 'uuid', description: 'Personreferanse.' }),
    matchId: z.string().openapi({ description: 'Det NAV kaller ungdommen i listen.' }),
    recipient: z.string().openapi({ description: 'NAVs organisasjonsnummer i avtalen.' }),
    decision: z.string().openapi({
      description: 'Avgjørelsen om å spørre om ungdommen; den samme hver gang raden gis.',
    }),
    legalBasis: z.string().openapi({ example: 'SAMTYKKE' }),
    consentVersion: z.string().openapi({ description: 'Samtykkene slik de var da raden ble gitt.' }),
  } satisfies FieldsOf<DisclosureView>)
  .openapi('NavDisclosure');

export const DisclosuresSchema = z
  .object({ disclosures: z.array(DisclosureSchema), next: NextPage })
  .openapi('NavDisclosures');

export const YouthDisclosuresSchema = z
  .object({ ref: z.string(), disclosures: z.array(DisclosureSchema), next: NextPage })
  .openapi('YouthDisclosures');
