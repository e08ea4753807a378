import { z } from '@hono/zod-openapi';
import { ASKED_FOR } from '../../core/consent/toAsk.ts';
import { CHANNELS } from '../../core/worklist/channel.ts';
import { WORKLIST_IDS } from '../../core/worklist/worklistId.ts';
import { CONSENT_PARTIES } from '../../core/youth/statusEvent.ts';
import { ALERT_KINDS } from '../../core/youth/youthEvent.ts';
import type { WorklistEntry } from '../../desk/worklists/worklists.ts';
import type { WorklistView } from '../../desk/worklists/worklistView.ts';
import { NextPage } from '../pageQuery.ts';
import type { FieldsOf } from './fieldsOf.ts';

const AskSchema = z
  .object({
    part: z.enum(CONSENT_PARTIES),
    sides: z.array(
      z.object({
        side: z.enum(['A', 'B']).openapi({ description: 'A: at OT spør NAV. B: at NAV svarer OT.' }),
        samtykke: z.enum(ASKED_FOR).openapi({
          description: 'MANGLER: ikke spurt. UTLOPT og SVARFRIST_PASSERT er gått ut, og er ikke nei.',
        }),
        text: z.string(),
      } satisfies FieldsOf<WorklistView['rows'][number]['ask'][number]['sides'][number]>),
    ),
    text: z.string().openapi({ description: 'Id-en til spørsmålet i texts.' }),
  } satisfies FieldsOf<WorklistView['rows'][number]['ask'][number]>)
  .openapi('ConsentAsk');

const WorkRowSchema = z
  .object({
    ref: z.string().openapi({ description: 'Personreferanse.' }),
    schoolYear: z.string(),
    county: z.string(),
    owner: z.string().openapi({ description: 'OT-enheten som har ansvaret.' }),
    rule: z.string(),
    reason: z.string().nullable().openapi({ description: 'Hvorfor, i en setning.' }),
    ruleSource: z.string().nullable(),
    since: z.string(),
    deadline: z.string().nullable(),
    priority: z.enum(['HOY', 'VANLIG']),
    alert: z.string().nullable().openapi({
      description: 'Id-en til varselet raden handler om; null når den ikke handler om noe varsel.',
    }),
    kind: z.enum(ALERT_KINDS).nullable(),
    proposed: z.array(z.string()),
    attempts: z
      .record(z.string(), z.number().int())
      .openapi({ description: 'Forsøk uten svar, etter kanal.' }),
    untried: z.array(z.enum(CHANNELS)).openapi({ description: 'Kanaler ingen har prøvd, den neste først.' }),
    institution: z.string().nullable().openapi({ description: 'Skolen som kan spørres.' }),
    ask: z.array(AskSchema).openapi({
      description: 'Hvem som skal spørres om samtykke, og om hva; bare i ask-consent.',
    }),
    evidence: z.array(z.string()),
  } satisfies FieldsOf<WorklistView['rows'][number]>)
  .openapi('WorkRow');

export const WorklistSchema = z
  .object({
    id: z.enum(WORKLIST_IDS),
    title: z.string(),
    text: z.string(),
    date: z.string().openapi({ description: 'Dagen listen gjelder.' }),
    schoolYear: z.string(),
    since: z.string().openapi({ description: 'Da årshjulets siste gjennomgang av alle ungdommene begynte.' }),
    rows: z.array(WorkRowSchema),
    texts: z
      .array(
        z.object({ id: z.string(), nb: z.string(), nn: z.string() } satisfies FieldsOf<
          WorklistView['texts'][number]
        >),
      )
      .openapi({ description: 'Spørsmålene om samtykke som radene viser til, på bokmål og nynorsk.' }),
    total: z.number().int().openapi({ description: 'Linjer i hele listen.' }),
    next: NextPage,
    leftOut: z.number().int().openapi({
      description:
        'Ungdom med strengt fortrolig adresse, som navngitte rådgivere følger opp; 0 til den som ikke skal høre om dem.',
    }),
    unreadable: z.number().int().openapi({ description: 'Ungdom som ikke kan leses; driften må se på dem.' }),
    behind: z.boolean().openapi({
      description: 'Det kommer så mange meldinger at de siste ikke er med i listen ennå.',
    }),
  } satisfies FieldsOf<WorklistView>)
  .openapi('Worklist');

export const WorklistIndexSchema = z.object({
  lists: z.array(
    z.object({
      id: z.enum(WORKLIST_IDS),
      title: z.string(),
      text: z.string(),
      wheel: z.array(z.string()).openapi({ description: 'Postene i årshjulet som bruker listen.' }),
    } satisfies FieldsOf<WorklistEntry>),
  ),
});
