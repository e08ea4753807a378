import { z } from '@hono/zod-openapi';
import { HOLDS } from '../../core/letters/hold.ts';
import { LETTER_IDS } from '../../core/letters/letterId.ts';
import type { MailingView } from '../../desk/letters/letterView.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';

const registration = { ref: z.string(), schoolYear: z.string(), county: z.string() };

const TriggerSchema = z
  .object({
    ...registration,
    owner: z.string(),
    recipient: z
      .enum(['UNGDOM', 'FORESATT', 'FORESATT2'])
      .openapi({ description: 'En melding til hver mottaker; ingen av dem viser at det er flere.' }),
    rule: z.string(),
    reason: z.string().nullable(),
    ruleSource: z.string().nullable(),
    minor: z.enum(['JA', 'NEI', 'UKJENT']),
    evidence: z.array(z.string()),
  } satisfies FieldsOf<MailingView['triggers'][number]>)
  .openapi('LetterTrigger');

const SuppressedSchema = z
  .object({
    ...registration,
    owner: z.string().nullable().openapi({ description: 'null når adressen er strengt fortrolig.' }),
    recipient: z.enum(['FORESATT']).nullable().openapi({ description: 'Tom = alle mottakere.' }),
    holds: z.array(z.object({ code: z.enum(HOLDS), reason: z.string(), rule: z.string() })),
    evidence: z.array(z.string()),
  } satisfies FieldsOf<MailingView['suppressed'][number]>)
  .openapi('SuppressedLetter');

export const MailingSchema = z
  .object({
    id: z.enum(LETTER_IDS),
    title: z.string(),
    channel: z.enum(['BREV', 'SMS']),
    schoolYear: z.string().openapi({ description: 'Skoleåret registreringene gjelder.' }),
    from: z.string(),
    to: z.string(),
    weekLabel: z.string(),
    triggers: z.array(TriggerSchema).openapi({ description: 'De som skal ha brevet.' }),
    suppressed: z.array(SuppressedSchema).openapi({ description: 'De som ikke skal ha det, og hvorfor.' }),
    total: z.number().int().openapi({ description: 'Linjer i begge listene til sammen.' }),
    sending: z.number().int().openapi({ description: 'Av dem: brev som skal sendes.' }),
    next: NextPage,
    behind: z.boolean().openapi({
      description: 'Det kommer så mange meldinger at de siste ikke er med i listene ennå.',
    }),
    unreadable: z
      .number()
      .int()
      .openapi({ description: 'Ungdom som ikke kan leses og derfor ikke står her; driften må se på dem.' }),
  } satisfies FieldsOf<MailingView>)
  .openapi('Mailing');
