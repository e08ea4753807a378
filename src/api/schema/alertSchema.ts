import { z } from '@hono/zod-openapi';
import { CATEGORY_OUT } from '../../core/messages/outCodes.ts';
import { ALERT_STATES } from '../../core/worklist/alertState.ts';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import { ALERT_KINDS, DEADLINE_KINDS } from '../../core/youth/youthEvent.ts';
import type { AlertView } from '../../desk/alerts/alertView.ts';
import type { RaisedAlert } from '../../desk/alerts/raisedView.ts';
import type { FieldsOf } from './fieldsOf.ts';

const Reached = z.string().nullable();

export const AlertSchema = z
  .object({
    id: z.string().openapi({
      description: 'Varselets navn, det samme i emnet alert (alertId): ingen to varsler har det felles.',
    }),
    kind: z.enum(ALERT_KINDS),
    category: z.enum(CATEGORY_OUT),
    state: z.enum(ALERT_STATES).openapi({
      description:
        'open: noen skal gjøre noe. met: det varselet ber om, er gjort. withdrawn: årsaken er trukket tilbake, eller spørsmålet er besvart.',
    }),
    schoolYear: z.string().openapi({ example: '2026-27' }),
    county: z.string().nullable().openapi({ description: 'null som owner.' }),
    rule: z.string().openapi({ example: 'R01' }),
    reason: z.string().nullable().openapi({ description: 'Hvorfor, i en setning.' }),
    ruleSource: z.string().nullable().openapi({ description: 'Hvor regelen står.' }),
    owner: z.string().nullable().openapi({
      description:
        'OT-enheten som har ansvaret; null i lister når adressen er strengt fortrolig, eller når ingen kan lese om den er det.',
    }),
    proposed: z.array(z.string()),
    viaOt: z.enum(['JA', 'NEI']).nullable().openapi({
      description: 'Det som foreslås for viaOT, der koden ikke sier det selv (OTAP); ellers null.',
    }),
    minor: z.enum(['JA', 'NEI', 'UKJENT']).openapi({ description: 'Om ungdommen er mindreårig.' }),
    guardians: z.enum(['JA', 'NEI', 'UKJENT']).openapi({
      description:
        'Om varselet er en grunn til å informere foresatte. At en mindreårig selv tok kontakt, er det ikke.',
    }),
    timeBand: z.enum(['A', 'B', 'C']).nullable(),
    priority: z.enum(['HOY', 'VANLIG']).openapi({ description: 'Hvem som bør tas først (R49).' }),
    evidence: z
      .array(z.string())
      .openapi({ description: 'Opplysningene varselet bygger på, slik historikken kaller dem.' }),
    deadlines: z.array(
      z.object({
        what: z.enum(DEADLINE_KINDS),
        date: z.string(),
        rule: z.string(),
      }),
    ),
    effective: z.string(),
    feed: z.enum(FEEDS),
    lostRight: z.boolean(),
    toCounty: z
      .string()
      .nullable()
      .openapi({ description: 'Fylket ungdommen bor i nå (overlevering); null også som owner.' }),
    delivered: Reached.openapi({
      description: 'Når en mottaker med abonnement første gang tok imot et kall om varselet.',
    }),
    opened: Reached.openapi({ description: 'Når varselet første gang ble åpnet der det ble mottatt.' }),
    handled: Reached.openapi({ description: 'Når varselet første gang ble meldt behandlet.' }),
  } satisfies FieldsOf<AlertView>)
  .openapi('Alert');

export const RaisedSchema = z
  .object({ ref: z.string(), recorded: z.string(), alert: AlertSchema } satisfies FieldsOf<RaisedAlert>)
  .openapi('RaisedAlert');
