import { z } from '@hono/zod-openapi';
import type { HistoryEntry } from '../../desk/youths/historyView.ts';
import type { FieldsOf } from './fieldsOf.ts';

export const EntrySchema = z
  .object({
    recorded: z.string().openapi({ description: 'Når meldingen kom inn i Kafka.' }),
    effective: z.string().nullable().openapi({ description: 'Datoen det gjelder fra.' }),
    version: z.number().int(),
    what: z.string().openapi({ example: 'StatusSet' }),
    schoolYear: z.string().nullable(),
    county: z.string().nullable(),
    codes: z.record(z.string(), z.string()).openapi({
      description:
        'Kodene i opplysningen. `utfall` sier hva en sluttmelding har ført til: TILMELDING, TIL_KONTROLL eller INGEN_TILMELDING, og regelen sier hvorfor.',
    }),
    rule: z.string().nullable(),
    reason: z.string().nullable().openapi({ description: 'Hvorfor, i en setning.' }),
    ruleSource: z.string().nullable(),
    evidence: z
      .string()
      .nullable()
      .openapi({ description: 'Hva varsler kaller opplysningen når de bygger på den.' }),
    source: z.string().nullable().openapi({ description: 'Hvem som meldte det som førte til dette.' }),
  } satisfies FieldsOf<HistoryEntry>)
  .openapi('HistoryEntry');
