import { HOLD_REASONS, type Hold } from '../../core/letters/hold.ts';
import type { Line } from '../../core/letters/keptLetters.ts';
import type { Letter } from '../../core/letters/letter.ts';
import type { LetterTrigger, Mailing, Suppressed } from '../../core/letters/mailing.ts';
import { weekLabel } from '../../core/wheel/isoWeek.ts';
import type { Cell } from '../../reports/csv.ts';
import { ruleView } from '../alerts/alertView.ts';

interface TriggerView {
  ref: string;
  schoolYear: string;
  county: string;
  owner: string;
  recipient: LetterTrigger['recipient'];
  rule: string;
  reason: string | null;
  ruleSource: string | null;
  minor: LetterTrigger['minor'];
  evidence: string[];
}

interface SuppressedView {
  ref: string;
  schoolYear: string;
  county: string;
  /** Null where the address is strictly confidential. */
  owner: string | null;
  /** Null: all of them. */
  recipient: Suppressed['recipient'];
  holds: { code: Hold; reason: string; rule: string }[];
  evidence: string[];
}

/** A letter's two lists: who is to have it, and who is not and why. */
export interface MailingView {
  id: Letter['id'];
  title: string;
  channel: Letter['channel'];
  /** Of the registrations. */
  schoolYear: string;
  from: string;
  to: string;
  weekLabel: string;
  triggers: TriggerView[];
  suppressed: SuppressedView[];
  /** Lines of both lists together. */
  total: number;
  /** Of those, letters that are to be sent. */
  sending: number;
  next: string | null;
  /** Youths that cannot be read and are left out. */
  unreadable: number;
  /** So much is coming in that the latest of it is not in the lists yet. */
  behind: boolean;
}

/** Some lines, with how many come before them, and the OT units that any line has. */
export interface MailingPart {
  view: MailingView;
  before: number;
  owners: string[];
}

/** @param page the lines to show, and what there is in all */
export function mailingView(
  { letter, schoolYear, from, to }: Pick<Mailing, 'letter' | 'schoolYear' | 'from' | 'to'>,
  {
    lines,
    ...page
  }: { lines: readonly Line[] } & Pick<MailingView, 'total' | 'sending' | 'next' | 'unreadable' | 'behind'>,
): MailingView {
  return {
    id: letter.id,
    title: letter.title,
    channel: letter.channel,
    ...{ schoolYear, from, to },
    weekLabel: weekLabel(from, to),
    triggers: lines.flatMap((line) => ('trigger' in line ? [triggerView(line.trigger)] : [])),
    suppressed: lines.flatMap((line) => ('suppressed' in line ? [suppressedView(line.suppressed)] : [])),
    ...page,
  };
}

function triggerView(trigger: LetterTrigger): TriggerView {
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

function suppressedView(suppressed: Suppressed): SuppressedView {
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

/** One table: those with `SEND` get it, those with `HOLD` do not. */
export function mailingCells(view: MailingView): Cell[][] {
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
