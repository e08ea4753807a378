import { z } from '@hono/zod-openapi';
import { CHANNELS } from '../../core/worklist/channel.ts';
import type { WorkRow } from '../../core/worklist/row.ts';
import { WORKLIST_IDS } from '../../core/worklist/worklistId.ts';
import type { MadeWorklist } from '../../core/worklist/worklists.ts';
import { ALERT_KINDS } from '../../core/youth/youthEvent.ts';
import type { Cell } from '../../reports/csv.ts';
import { NextPage } from '../page.ts';
import { ruleView } from './alertView.ts';

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
    kind: z.enum(ALERT_KINDS).nullable(),
    proposed: z.array(z.string()),
    attempts: z
      .record(z.string(), z.number().int())
      .openapi({ description: 'Forsøk uten svar, etter kanal.' }),
    untried: z.array(z.enum(CHANNELS)).openapi({ description: 'Kanaler ingen har prøvd, den neste først.' }),
    institution: z.string().nullable().openapi({ description: 'Skolen som kan spørres.' }),
    evidence: z.array(z.string()),
  })
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
    total: z.number().int().openapi({ description: 'Linjer i hele listen.' }),
    next: NextPage,
    leftOut: z.number().int().openapi({
      description: 'Ungdom med strengt fortrolig adresse, som navngitte rådgivere følger opp.',
    }),
    unreadable: z.number().int().openapi({ description: 'Ungdom som ikke kan leses; driften må se på dem.' }),
  })
  .openapi('Worklist');

/** @param page the lines to show of all that were made */
export function worklistView(
  made: MadeWorklist,
  page: { unreadable: number; lines: readonly WorkRow[]; next: string | null },
): z.infer<typeof WorklistSchema> {
  const { id, title, text } = made.list;
  return {
    id,
    title,
    text,
    date: made.today,
    schoolYear: made.schoolYear,
    since: made.since,
    rows: page.lines.map(rowView),
    total: made.rows.length,
    next: page.next,
    leftOut: made.leftOut,
    unreadable: page.unreadable,
  };
}

function rowView(row: WorkRow): z.infer<typeof WorkRowSchema> {
  const why = ruleView(row.rule);
  return {
    ref: row.ref,
    schoolYear: row.schoolYear,
    county: row.county,
    owner: row.owner,
    ...why,
    reason: row.reason ?? why.reason,
    since: row.since,
    deadline: row.deadline,
    priority: row.priority,
    kind: row.kind,
    proposed: [...row.proposed],
    attempts: { ...row.attempts },
    untried: [...row.untried],
    institution: row.institution,
    evidence: [...row.evidence],
  };
}

export const WORKLIST_COLUMNS = [
  'Referanse',
  'Skoleår',
  'Fylke',
  'OT-enhet',
  'Regel',
  'Hvorfor',
  'Siden',
  'Frist',
  'Prioritet',
  'Varsel',
  'Forslag',
  'Forsøk uten svar',
  'Ikke prøvd',
  'Skole',
] as const;

export function worklistCells({ rows }: z.infer<typeof WorklistSchema>): Cell[][] {
  return rows.map((row) => [
    row.ref,
    row.schoolYear,
    row.county,
    row.owner,
    row.rule,
    row.reason,
    row.since,
    row.deadline,
    row.priority,
    row.kind,
    row.proposed.join(', '),
    Object.entries(row.attempts)
      .map(([channel, count]) => `${channel} ${count}`)
      .join(', '),
    row.untried.join(', '),
    row.institution,
  ]);
}
