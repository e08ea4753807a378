import { createHash } from 'node:crypto';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Problem } from '../../core/problem.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { Outcome } from '../../store/port.ts';
import { rowOfFields } from '../../upload/columns/filledRow.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { createShelf, type Unsent, type UnsentKey } from '../shelf.ts';
import { formEventId, formKey } from '../submission/formReport.ts';
import { createSubmit, draftOf, type Submitted } from '../submission/submit.ts';
import { listFeed } from '../uploads/fileFeed.ts';
import type { UploadCaller } from '../uploads/uploadCaller.ts';
import { checkRows, type ShownProblem } from '../uploads/uploadCheck.ts';

/** What was typed, by field of the feed's columns. */
export type Typed = Readonly<Record<string, string>>;

/** One report as it was filled in, when nothing in it must be mended. */
export interface FilledForm {
  id: string;
  typed: Typed;
  outcome: Outcome;
  /** What it leads to (bokmål). */
  text: string;
  /** What the sender should know all the same. */
  notes: readonly ShownProblem[];
  /** Youths that it is about and that are known. */
  met: ReadonlySet<PersonRef>;
  /** Null: not yet. */
  sent: Submitted | null;
}

export type Filling =
  | { form: FilledForm; met: ReadonlySet<PersonRef> }
  /** What must be mended; nothing is kept. */
  | { form: null; met: ReadonlySet<PersonRef>; problems: readonly ShownProblem[]; text: string };

export interface Forms {
  /** Tries one report, as a row of an uploaded list is tried. Sends nothing. */
  fill(caller: UploadCaller, typed: Typed): Promise<Filling>;
  /** @throws DeskRefusal UPLOAD_GONE */
  show(caller: UploadCaller, id: string): FilledForm;
  /** Once, however often it is called. @param traceparent as the sender gave it
   *  @throws DeskRefusal UPLOAD_GONE, KAFKA_SLOW */
  send(caller: UploadCaller, id: string, traceparent: string | null): Promise<Submitted>;
}

interface Ready extends Unsent {
  form: FilledForm;
  row: Buffer;
}

type Parts = Parameters<typeof createSubmit>[0] & Pick<DeskParts, 'adapters' | 'dryRun'>;

/** Single reports that people fill in: the same columns, checks, way and receipt as those of a list. */
export function createForms(parts: Parts): Forms {
  const submit = createSubmit(parts);
  const shelf = createShelf<Ready>(parts.now, {
    most: { ofSender: 8, bytes: 8 * 1024 * 1024 },
    sizeOf: ({ row }) => 2 * row.length,
    gone,
  });
  const keyOf = ({ organisation, from }: UploadCaller, feed: UnsentKey['feed'], id: string): UnsentKey => ({
    ...{ id, org: organisation.id, feed, sender: from.sender },
  });

  return {
    async fill(caller, typed) {
      const { organisation, permission } = caller;
      const { adapter, columns } = listFeed(parts, caller.feed);
      const id = parts.newId();
      // A system names its events; a person needs no name for one.
      const named =
        columns.ids === 'own' && (typed.id ?? '') === '' ? { ...typed, id: formEventId(id) } : typed;
      const row = rowOfFields(columns, named);
      const checking = { organisation, adapter, permission, alone: true };
      const list = { rows: [row], envelope: null };
      const { rows, ready, bytes: written, met } = await checkRows(parts, checking, list);
      const [checked] = rows;
      const bytes = ready.has(row.number) ? written.get(row.number) : undefined;
      const [faults, notes] = parted(checked?.problems ?? []);
      if (checked === undefined || bytes === undefined || faults.length > 0)
        return { form: null, met, problems: faults, text: checked?.text ?? '' };
      const { outcome, text } = checked;
      const form: FilledForm = { id, typed: named, outcome, text, notes, met, sent: null };
      shelf.add({ ...keyOf(caller, adapter.feed, id), form, row: bytes, touched: parts.now() });
      return { form, met };
    },
    show(caller, id) {
      return shelf.take(keyOf(caller, listFeed(parts, caller.feed).adapter.feed, id)).form;
    },
    async send(caller, id, traceparent) {
      const { adapter } = listFeed(parts, caller.feed);
      const { form, row } = shelf.take(keyOf(caller, adapter.feed, id));
      const digest = createHash('sha256').update(row).digest();
      const draft = { ...draftOf(parts, null), key: formKey(parts.vault, id), receipt: id };
      const { organisation, from } = caller;
      const { reach } = caller.permission;
      const submission = { rows: [row], envelope: null, digest };
      form.sent = await submit({ organisation, adapter, draft, submission, from, reach, traceparent });
      return form.sent;
    },
  };
}

/** What must be mended before it is sent, and what is only to be known: a report is held to all of it, also where a row of a
 *  system's list would have been taken in spite of a fault. */
function parted(problems: readonly ShownProblem[]): [faults: ShownProblem[], notes: ShownProblem[]] {
  const is = (some: readonly Problem['code'][]) => (each: ShownProblem) => some.includes(each.code);
  const notes = problems.filter(is(['ANNULS_NOTHING']));
  const faults = problems.filter((each) => !is(['ANNULS_NOTHING', 'TOOK_EFFECT'])(each));
  return [faults, notes];
}

function gone(): DeskRefusal {
  return new DeskRefusal('UPLOAD_GONE', DESK.nb.noForm);
}
