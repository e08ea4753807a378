import { z } from '@hono/zod-openapi';
import { HOLD_REASONS, HOLDS } from '../../core/letters/hold.ts';
import { LETTER_IDS } from '../../core/letters/letterId.ts';
import {
  type LetterTrigger,
  type Mailing,
  placeInMailing,
  type Suppressed,
} from '../../core/letters/mailing.ts';
import { weekLabel } from '../../core/wheel/isoWeek.ts';
import type { Cell } from '../../reports/csv.ts';
import { NextPage, pageOf } from '../page.ts';
import { ruleView } from './alertView.ts';

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
  })
  .openapi('LetterTrigger');

const SuppressedSchema = z
  .object({
    ...registration,
    owner: z.string().nullable().openapi({ description: 'null når adressen er strengt fortrolig.' }),
    recipient: z.enum(['FORESATT']).nullable().openapi({ description: 'Tom = alle mottakere.' }),
    holds: z.array(z.object({ code: z.enum(HOLDS), reason: z.string(), rule: z.string() })),
    evidence: z.array(z.string()),
  })
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
    next: NextPage,
    unreadable: z
      .number()
      .int()
      .openapi({ description: 'Ungdom som ikke kan leses og derfor ikke står her; driften må se på dem.' }),
  })
  .openapi('Mailing');

/** @param of `owner`: only what the unit answers for; a youth in hiding is in no unit's list */
export function mailingView(
  mailing: Mailing,
  of: { unreadable: number; owner: string | undefined },
): z.infer<typeof MailingSchema> {
  const { letter, schoolYear, from, to } = mailing;
  const own = ({ owner }: { owner: string | null }) => of.owner === undefined || owner === of.owner;
  const triggers = mailing.triggers.filter(own).map(triggerView);
  const suppressed = mailing.suppressed.filter(own).map(suppressedView);
  return {
    id: letter.id,
    title: letter.title,
    channel: letter.channel,
    schoolYear,
    from,
    to,
    weekLabel: weekLabel(from, to),
    triggers,
    suppressed,
    total: triggers.length + suppressed.length,
    next: null,
    unreadable: of.unreadable,
  };
}

type MailingBody = z.infer<typeof MailingSchema>;

/** Whoever gets the letter first, then whoever does not: a page may hold some of both. */
export function mailingPage(
  whole: MailingBody,
  page: { after?: string | undefined; limit: number },
): MailingBody {
  const all = [
    ...whole.triggers.map((trigger) => ({ place: `0 ${placeInMailing(trigger)}`, trigger })),
    ...whole.suppressed.map((suppressed) => ({ place: `1 ${placeInMailing(suppressed)}`, suppressed })),
  ];
  const { lines, next } = pageOf(all, ({ place }) => place, page);
  return {
    ...whole,
    triggers: lines.flatMap((line) => ('trigger' in line ? [line.trigger] : [])),
    suppressed: lines.flatMap((line) => ('suppressed' in line ? [line.suppressed] : [])),
    next,
  };
}

function triggerView(trigger: LetterTrigger): z.infer<typeof TriggerSchema> {
  const { ref, schoolYear, county, owner, recipient, minor, evidence } = trigger;
  return {
    ref,
    schoolYear,
    county,
    owner,
    recipient,
    ...ruleView(trigger.rule),
    minor,
    evidence: [...evidence],
  };
}

function suppressedView(suppressed: Suppressed): z.infer<typeof SuppressedSchema> {
  const { ref, schoolYear, county, owner, recipient, evidence } = suppressed;
  const holds = suppressed.holds.map((code) => {
    const { text: reason, rule } = HOLD_REASONS[code];
    return { code, reason, rule };
  });
  return { ref, schoolYear, county, owner, recipient, holds, evidence: [...evidence] };
}

export const MAILING_COLUMNS = [
  'Utfall',
  'Referanse',
  'Skoleår',
  'Fylke',
  'OT-enhet',
  'Mottaker',
  'Kanal',
  'Grunn',
  'Hvorfor',
] as const;

/** One table: whoever has `SEND` gets it, whoever has `HOLD` does not. */
export function mailingCells(view: z.infer<typeof MailingSchema>): Cell[][] {
  return [
    ...view.triggers.map((row) => [
      'SEND',
      row.ref,
      row.schoolYear,
      row.county,
      row.owner,
      row.recipient,
      view.channel,
      row.rule,
      row.reason,
    ]),
    ...view.suppressed.map((row) => [
      'HOLD',
      row.ref,
      row.schoolYear,
      row.county,
      row.owner,
      row.recipient,
      view.channel,
      row.holds.map(({ code }) => code).join(', '),
      row.holds.map(({ reason }) => reason).join(' '),
    ]),
  ];
}
