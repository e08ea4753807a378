import type { PersonRef } from '../../core/person/reference.ts';
import type { Problem } from '../../core/problem.ts';
import type { Outcome } from '../../store/port.ts';
import { rowOfFields } from '../../upload/columns/filledRow.ts';
import type { DeskParts } from '../parts.ts';
import { formEventId } from '../submission/formReport.ts';
import { listFeed } from '../uploads/fileFeed.ts';
import type { UploadCaller } from '../uploads/uploadCaller.ts';
import { checkRows, type ShownProblem } from '../uploads/uploadCheck.ts';

/** What was typed, by field of the feed's columns. */
export type Typed = Readonly<Record<string, string>>;

export type CheckParts = Pick<DeskParts, 'adapters' | 'operations' | 'dryRun' | 'decode' | 'now'>;

export interface CheckedForm {
  /** What was typed, with the event's own name where the feed's systems name theirs. */
  typed: Typed;
  outcome: Outcome;
  /** What it leads to (bokmål). */
  text: string;
  /** As it would go out; undefined when it may not. */
  bytes: Buffer | undefined;
  /** What must be mended before it is sent. */
  faults: readonly ShownProblem[];
  /** What the sender should know all the same. */
  notes: readonly ShownProblem[];
  /** Youths that it is about and that are known. */
  met: ReadonlySet<PersonRef>;
}

/** Tries one report, as a row of an uploaded list is tried. Keeps nothing.
 *  @param id of the report, from which an event without a name gets one
 *  @throws DeskRefusal NO_LIST_FEED, UNKNOWN_FEED, FEED_CLOSED */
export async function checkForm(
  parts: CheckParts,
  { organisation, permission, feed }: UploadCaller,
  given: Typed,
  id: string,
): Promise<CheckedForm> {
  const { adapter, columns } = listFeed(parts, feed);
  // A system names its events; a person needs no name for one.
  const typed = columns.ids === 'own' && (given.id ?? '') === '' ? { ...given, id: formEventId(id) } : given;
  const row = rowOfFields(columns, typed);
  const checking = { organisation, adapter, permission, alone: true };
  const { rows, ready, bytes, met } = await checkRows(parts, checking, { rows: [row], envelope: null });
  const [checked] = rows;
  if (checked === undefined) throw new Error('a form was tried without a result');
  const [faults, notes] = parted(checked.problems);
  const sendable = ready.has(row.number) ? bytes.get(row.number) : undefined;
  const { outcome, text } = checked;
  return { typed, outcome, text, bytes: sendable, faults, notes, met };
}

/** What must be mended before it is sent, and what is only to be known: a report is held to all of it, also where a row of a
 *  system's list would have been taken in spite of a fault. */
function parted(problems: readonly ShownProblem[]): [faults: ShownProblem[], notes: ShownProblem[]] {
  const is = (some: readonly Problem['code'][]) => (each: ShownProblem) => some.includes(each.code);
  const notes = problems.filter(is(['ANNULS_NOTHING']));
  const faults = problems.filter((each) => !is(['ANNULS_NOTHING', 'TOOK_EFFECT'])(each));
  return [faults, notes];
}
