import { z } from '@hono/zod-openapi';
import type { Helpline } from '../../core/policy.ts';
import { WHEEL_IDS } from '../../core/wheel/wheelId.ts';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import type { ReceiptDeadline } from '../../desk/submission/deadlines.ts';
import type { ReceiptView } from '../../desk/submission/receiptView.ts';
import type { NotedRow } from '../../store/queriesPort.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { ListSchema } from './listSchema.ts';
import { ProblemSchema } from './problemSchema.ts';

const count = z.number().int();

const NotedRowSchema = z.object({
  row: count,
  problems: z.array(ProblemSchema),
  kept: z
    .enum(['open', 'sent', 'discarded'])
    .nullable()
    .openapi({
      description:
        'open: raden kan rettes her (/rows/{row}). sent: den er sendt på nytt. discarded: fylket har lagt den bort. ' +
        'null: den må rettes der den kommer fra.',
    }),
} satisfies FieldsOf<NotedRow>);

export const ReceiptSchema = z
  .object({
    id: z.string(),
    feed: z.enum(FEEDS),
    received: z.string(),
    rows: count,
    sheetRows: z
      .array(z.object({ from: count, to: count }))
      .nullable()
      .openapi({
        description:
          'Rad i filen: radene kvitteringen gjelder, slik regnearket viser dem. null når det ikke er en opplastet fil. ' +
          'Med sheetRows er row i problems og notes et slikt nummer.',
      }),
    counts: z.object({
      applied: count.openapi({ description: 'Godtatt.' }),
      duplicate: count.openapi({ description: 'Kjent fra før; telles én gang.' }),
      rejected: count.openapi({ description: 'Gjelder ikke denne strømmen.' }),
      quarantined: count.openapi({ description: 'Må rettes; se problems.' }),
      parked: count.openapi({ description: 'Venter på en tidligere melding om samme person.' }),
      waiting: count.openapi({ description: 'Ikke behandlet ennå.' }),
    }),
    problems: z.array(NotedRowSchema).openapi({
      description:
        'Bare rader som avsenderen må gjøre noe med. Uten sheetRows er rad 1 den første som ble sendt.',
    }),
    notes: z.array(NotedRowSchema).openapi({
      description:
        'Rader som er behandlet, og som avsenderen likevel bør se på, for eksempel en annullering som ikke traff noe.',
    }),
    resent: count.openapi({ description: 'Rader som må rettes, er sendt på nytt og ikke behandlet ennå.' }),
    lists: z
      .array(ListSchema)
      .openapi({ description: 'Listene radene hører til, og hva som er blitt av dem.' }),
    final: z.boolean().openapi({
      description: 'Ingen rader venter eller er på vei igjen, og ingen hel liste venter på å bli vurdert.',
    }),
    deadlines: z
      .array(
        z.object({
          kind: z.enum(['contact', 'guidance', 'mend']).openapi({
            description:
              'contact, guidance: når OT skal ha tatt kontakt og tilbudt veiledningstime, for dem en rad gir en slik frist for, ' +
              'regnet fra mottaket. mend: når radene må være rettet for å være med i de neste tallene til Udir.',
          }),
          by: z
            .enum(['R42', ...WHEEL_IDS])
            .openapi({ description: 'Regelen, eller oppføringen i årshjulet.' }),
          date: z.string().openapi({ format: 'date' }),
          figures: z.string().nullable().openapi({ format: 'date', description: 'Datoen tallene gjelder.' }),
        } satisfies FieldsOf<ReceiptDeadline>),
      )
      .openapi({ description: 'Frister som følger av det som er sendt.' }),
    helpline: z
      .object({ name: z.string(), phone: z.string() } satisfies FieldsOf<Helpline>)
      .nullable()
      .openapi({ description: 'Hvem du ringer; null når fylket ikke har oppgitt noen.' }),
    text: z.string().openapi({ example: '42 rader: 40 godtatt, 1 duplikat, 1 må rettes.' }),
  } satisfies FieldsOf<ReceiptView>)
  .openapi('Receipt');
