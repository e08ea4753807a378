import { createHash } from 'node:crypto';
import type { PersonRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { Outcome } from '../../store/port.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { createShelf, type Unsent, type UnsentKey } from '../shelf.ts';
import { formKey } from '../submission/formReport.ts';
import { createSubmit, draftOf, type Submitted } from '../submission/submit.ts';
import { listFeed } from '../uploads/fileFeed.ts';
import type { UploadCaller } from '../uploads/uploadCaller.ts';
import type { ShownProblem } from '../uploads/uploadCheck.ts';
import { checkForm, type Typed } from './checkForm.ts';

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
    async fill(caller, given) {
      const id = parts.newId();
      const checked = await checkForm(parts, caller, given, id);
      const { typed, outcome, text, bytes, faults, notes, met } = checked;
      if (bytes === undefined || faults.length > 0) return { form: null, met, problems: faults, text };
      const { feed } = listFeed(parts, caller.feed).adapter;
      const form: FilledForm = { id, typed, outcome, text, notes, met, sent: null };
      shelf.add({ ...keyOf(caller, feed, id), form, row: bytes, touched: parts.now() });
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

function gone(): DeskRefusal {
  return new DeskRefusal('UPLOAD_GONE', DESK.nb.noForm);
}
