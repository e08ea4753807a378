import type { PersonRef } from '../../core/person/reference.ts';
import { type CheckParts, checkForm, type Typed } from '../forms/checkForm.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { createShelf, type Unsent } from '../shelf.ts';
import { openAdapter } from '../submission/openFeed.ts';
import type { Submission } from '../submission/submit.ts';
import type { UploadCaller } from '../uploads/uploadCaller.ts';
import type { ShownProblem } from '../uploads/uploadCheck.ts';
import type { DryRunView } from './dryRunView.ts';
import { tryRows } from './tryRows.ts';

/** What a record would have led to. What was tried is not kept. */
export interface Trial {
  id: string;
  view: DryRunView;
  /** Youths that it is about and that are known. */
  met: ReadonlySet<PersonRef>;
  /** By the organisation's feeds no result depends on who tried: only what is shown of it. */
  masked: boolean;
}

export type TriedForm =
  | { trial: Trial }
  /** What must be mended first. */
  | { trial: null; problems: readonly ShownProblem[]; text: string; met: ReadonlySet<PersonRef> };

/** Records that people try by hand, as the dry run of the API tries them. Nothing is stored and nothing sent; the result
 *  alone lies in memory for half an hour, for the one who asked. */
export interface Trials {
  /** @throws DeskRefusal UNKNOWN_FEED, FEED_CLOSED */
  ofRows(caller: UploadCaller, submission: Pick<Submission, 'rows' | 'envelope'>): Promise<Trial>;
  /** @throws DeskRefusal UNKNOWN_FEED, FEED_CLOSED, NO_LIST_FEED */
  ofForm(caller: UploadCaller, typed: Typed): Promise<TriedForm>;
  /** @throws DeskRefusal UPLOAD_GONE */
  show(caller: UploadCaller, id: string): Trial;
}

interface Kept extends Unsent {
  trial: Trial;
  bytes: number;
}

type Parts = CheckParts & Pick<DeskParts, 'newId'>;

export function createTrials(parts: Parts): Trials {
  const shelf = createShelf<Kept>(parts.now, {
    most: { ofSender: 8, bytes: 8 * 1024 * 1024 },
    sizeOf: ({ bytes }) => bytes,
    gone,
  });

  const keyOf = ({ organisation, from, feed }: UploadCaller, id: string) => {
    const { feed: known } = openAdapter(parts.adapters, feed);
    return { id, org: organisation.id, feed: known, sender: from.sender };
  };

  async function ofRows(
    caller: UploadCaller,
    { rows, envelope }: Pick<Submission, 'rows' | 'envelope'>,
  ): Promise<Trial> {
    const { organisation, permission } = caller;
    const adapter = openAdapter(parts.adapters, caller.feed);
    const { view, met } = await tryRows(parts, organisation, adapter, { rows, envelope, permission });
    const id = parts.newId();
    const trial: Trial = { id, view, met, masked: permission.masked };
    const bytes = 2 * JSON.stringify(view).length;
    shelf.add({ ...keyOf(caller, id), trial, bytes, touched: parts.now() });
    return trial;
  }

  return {
    ofRows,
    async ofForm(caller, typed) {
      const { bytes, faults, text, met } = await checkForm(parts, caller, typed, parts.newId());
      if (bytes === undefined || faults.length > 0) return { trial: null, problems: faults, text, met };
      return { trial: await ofRows(caller, { rows: [bytes], envelope: null }) };
    },
    show: (caller, id) => shelf.take(keyOf(caller, id)).trial,
  };
}

function gone(): DeskRefusal {
  return new DeskRefusal(
    'UPLOAD_GONE',
    'Resultatet finnes ikke, eller er glemt fordi det har ligget urørt i 30 minutter. Prøv meldingen på nytt.',
  );
}
