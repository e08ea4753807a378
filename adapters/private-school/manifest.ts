import type { Verdict } from '../../src/core/feedAdapter.ts';
import { schoolListOf } from '../../src/core/schoolList.ts';
import { CURE } from '../../src/core/sentences/cures.ts';
import { FIELD } from '../../src/core/sentences/fields.ts';
import * as read from '../reading/recordFields.ts';
import type { RecordFields } from '../reading/recordProblems.ts';
import { sweep } from '../reading/recordProblems.ts';
import { SCHOOL_NUMBER } from '../reading/vigoNumber.ts';

const MANIFEST: ReadonlySet<string> = new Set(['type', 'skolenummer', 'dato', 'liste', 'antall']);
/** More pupils than any school has: a larger number is a mistake. */
const LARGEST = 10_000;

/** Says how many rows a list has, for senders that cannot know it when the first row goes. */
export function readManifest(fields: RecordFields): Verdict {
  sweep(fields, MANIFEST);
  const institution = read.text(fields, 'skolenummer', SCHOOL_NUMBER);
  read.optionalDate(fields, 'dato');
  const run = read.text(fields, 'liste', RUN);
  const total = read.wholeNumber(fields, 'antall', 1, LARGEST);
  if (fields.problems.length > 0) return { kind: 'malformed', problems: fields.problems };
  return { kind: 'manifest', envelope: { list: schoolListOf(institution), run, type: 'FULL', total } };
}

const RUN: read.TextForm = {
  accepts: (text) => /^[\p{L}\p{N}:._+-]{1,80}$/u.test(text) && !/(?<!\d)\d{11}(?!\d)/.test(text),
  must: FIELD.nb.noListId,
  cure: CURE.nb.listId,
};
