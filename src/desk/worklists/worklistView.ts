import type { AskedFor, ConsentAsk } from '../../core/consent/toAsk.ts';
import { alertIdOf } from '../../core/messages/alertId.ts';
import { by } from '../../core/order.ts';
import type { Channel } from '../../core/worklist/channel.ts';
import type { WorkRow } from '../../core/worklist/row.ts';
import type { WorklistId } from '../../core/worklist/worklistId.ts';
import type { MadeWorklist } from '../../core/worklist/worklists.ts';
import type { ConsentParty, ConsentSide } from '../../core/youth/statusEvent.ts';
import type { AlertKind } from '../../core/youth/youthEvent.ts';
import type { Cell } from '../../reports/csv.ts';
import { sideLine } from '../../text/consentLines.ts';
import { type RequestText, requestText } from '../../text/consentRequest.ts';
import { ruleView } from '../alerts/alertView.ts';

export interface WorkRowView {
  ref: string;
  schoolYear: string;
  county: string;
  /** The OT unit in charge. */
  owner: string;
  rule: string;
  reason: string | null;
  ruleSource: string | null;
  since: string;
  deadline: string | null;
  priority: 'HOY' | 'VANLIG';
  /** Id of the alert, review or proposal; null where the row is about none. */
  alert: string | null;
  kind: AlertKind | null;
  proposed: string[];
  /** Attempts without an answer, by channel. */
  attempts: Record<string, number>;
  /** Channels not tried, the next one first. */
  untried: Channel[];
  /** The school that can be asked. */
  institution: string | null;
  /** Whom to ask for consent, and about what. */
  ask: WorkAskView[];
  evidence: string[];
}

interface WorkAskView {
  part: ConsentParty;
  sides: { side: ConsentSide; samtykke: AskedFor; text: string }[];
  /** Id of what the party is asked, in `texts`. */
  text: string;
}

/** A worklist: reference, responsibility, why and deadline; nothing about the person. */
export interface WorklistView {
  id: WorklistId;
  title: string;
  text: string;
  /** The day it is made for. */
  date: string;
  schoolYear: string;
  since: string;
  rows: WorkRowView[];
  /** What is asked in these rows, each text once. */
  texts: RequestText[];
  /** Lines of the whole list. */
  total: number;
  next: string | null;
  /** Youths at a strictly confidential address, whom named advisers follow up. */
  leftOut: number;
  unreadable: number;
  /** So much is coming in that the latest of it is not in the list yet. */
  behind: boolean;
}

/** A list of a day. */
type ListOnDay = Pick<MadeWorklist, 'list' | 'today' | 'schoolYear' | 'since'>;

/** @param page the lines to show, and what there is in all */
export function worklistView(
  { list: { id, title, text }, today, schoolYear, since }: ListOnDay,
  {
    lines,
    ...page
  }: { lines: readonly WorkRow[] } & Pick<
    WorklistView,
    'total' | 'next' | 'leftOut' | 'unreadable' | 'behind'
  >,
): WorklistView {
  return {
    ...{ id, title, text, date: today, schoolYear, since },
    rows: lines.map(rowView),
    texts: textsOf(lines),
    ...page,
  };
}

export function rowView(row: WorkRow): WorkRowView {
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
    alert: row.alert === null ? null : alertIdOf({ id: row.alert }, row.ref),
    kind: row.kind,
    proposed: [...row.proposed],
    attempts: { ...row.attempts },
    untried: [...row.untried],
    institution: row.institution,
    ask: row.ask.map(askView),
    evidence: [...row.evidence],
  };
}

function askView(ask: ConsentAsk): WorkAskView {
  return {
    part: ask.party,
    sides: ask.sides.map(({ side, state }) => ({
      side,
      samtykke: state,
      text: sideLine(side, state),
    })),
    text: requestText(ask).id,
  };
}

function textsOf(rows: readonly WorkRow[]): RequestText[] {
  const texts = rows.flatMap(({ ask }) => ask.map(requestText));
  return [...new Map(texts.map((text) => [text.id, text])).values()].sort(by(({ id }) => id));
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
  'Spør om samtykke',
] as const;

export function worklistCells({ rows }: WorklistView): Cell[][] {
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
    row.ask.map(askCell).join('; '),
  ]);
}

function askCell({ part, sides }: WorkAskView): string {
  return `${part}: ${sides.map(({ side, samtykke }) => `${side} ${samtykke}`).join(', ')}`;
}
