import { HOLD_REASONS, type Hold } from '../../core/letters/hold.ts';
import type { Letter } from '../../core/letters/letter.ts';
import {
  type LetterTrigger,
  type Mailing,
  placeInMailing,
  type Suppressed,
} from '../../core/letters/mailing.ts';
import { weekLabel } from '../../core/wheel/isoWeek.ts';
import type { Cell } from '../../reports/csv.ts';
import { ruleView } from '../alerts/alertView.ts';
import { type PageAsked, pageOf } from '../page.ts';

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
  next: string | null;
  /** Youths that cannot be read and are left out. */
  unreadable: number;
}

/** @param of `owner`: only what the unit answers for; a youth in hiding is in no unit's list */
export function mailingView(
  mailing: Mailing,
  of: { unreadable: number; owner: string | undefined },
): MailingView {
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

/** Those who get the letter first, then those who do not: a page may hold both. */
export function mailingPage(whole: MailingView, page: PageAsked): MailingView {
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
