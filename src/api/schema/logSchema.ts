import { z } from '@hono/zod-openapi';
import { LOG_FINDINGS } from '../../core/audit/logControl.ts';
import type { LogLineView, LogWeekUse, LogWeekView } from '../../desk/audit/logControl.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';

const count = z.number().int();

const week = {
  week: z.string().openapi({ description: 'Mandagen uken begynner med.', example: '2026-11-23' }),
  state: z.enum(['running', 'due', 'overdue', 'signed']).openapi({
    description: 'running: uken er ikke over. due: skal signeres. overdue: fristen er ute. signed: signert.',
  }),
  signBy: z.string().openapi({ description: 'Siste dag for å signere i tide.' }),
  control: z
    .object({
      signed: z.string(),
      by: z.string().openapi({ description: 'Den som signerte.' }),
      found: z.enum(LOG_FINDINGS),
      note: z.string().nullable(),
      lines: count.openapi({ description: 'Linjene uken hadde.' }),
      upto: count.openapi({ description: 'Nummeret på ukens siste linje i revisjonssporet.' }),
    })
    .nullable(),
};

export const LogWeekSchema = z.object(week satisfies FieldsOf<LogWeekView>).openapi('LogWeek');

const numbers = {
  lines: count,
  shown: count.openapi({ description: 'Ungdommer som er vist, samme ungdom så mange ganger den er vist.' }),
  identified: count.openapi({ description: 'Av dem: gitt med nummer og navn.' }),
  outside: count.openapi({ description: 'Linjer om ungdom fra ansatte utenom kl. 7–17 på hverdager.' }),
  refused: count.openapi({ description: 'Avvist.' }),
};
const kind = z.enum(['local', 'machine', 'person', 'anonymous']);

export const LogWeekUseSchema = z
  .object({
    ...week,
    uses: z.array(
      z.object({ kind, who: z.string(), capacity: z.string().nullable(), ...numbers, last: z.string() }),
    ),
    callers: count.openapi({
      description: 'Alle som har brukt tjenesten; de som har fått vist mest, står i uses.',
    }),
    ...numbers,
    upto: count,
  } satisfies FieldsOf<LogWeekUse>)
  .openapi('LogWeekUse');

export const LogLinesSchema = z
  .object({
    lines: z.array(
      z.object({
        id: z.string(),
        at: z.string(),
        kind,
        who: z.string(),
        capacity: z.string().nullable(),
        supplier: z.string().nullable(),
        operation: z.string(),
        purpose: z.string().nullable(),
        outcome: z.string(),
        times: count,
        youths: count.openapi({ description: 'Hvor mange ungdommer linjen gjelder.' }),
      } satisfies FieldsOf<LogLineView>),
    ),
    next: NextPage,
  })
  .openapi('LogLines');
