import type { Problem } from '../core/problem.ts';
import type { FeedAdapter } from './adapter.ts';
import { type ShrinkageLimit, shrunk } from './shrinkage.ts';

/** Why a document that is JSON is not used. None of these says anything about anybody. */
export type DocumentFailure = 'ERROR_MESSAGE' | 'COUNT_MISMATCH' | 'MISSING_LIST' | 'BAD_DOCUMENT' | 'SHRUNK';

export type Judged =
  | { ok: true; rows: unknown[] }
  /** `fields`: codes and field names, for the log. `final`: asking again cannot help. */
  | { ok: false; code: DocumentFailure; final: boolean; fields?: string; gone?: number };

/**
 * The adapter's rules for the whole document, then the size against the last list somebody concluded from.
 * @param previousTotal null when there is none, or when a human has confirmed that the list may shrink.
 */
export function judgeDocument(
  document: unknown,
  expected: { adapter: FeedAdapter; run: string; previousTotal: number | null; limit: ShrinkageLimit },
): Judged {
  const unpacked = expected.adapter.unpack?.(document, expected.run);
  if (!unpacked) return { ok: false, code: 'MISSING_LIST', final: false };
  if (unpacked.verdict === 'malformed') {
    const fields = unpacked.problems.map(({ code, field }) => `${code}:${field}`).join(' ');
    return { ok: false, code: codeOf(unpacked.problems), final: false, fields };
  }
  const { rows } = unpacked;
  const gone = (expected.previousTotal ?? 0) - rows.length;
  if (expected.previousTotal !== null && shrunk(expected.previousTotal, gone, expected.limit)) {
    return { ok: false, code: 'SHRUNK', final: true, gone };
  }
  return { ok: true, rows };
}

function codeOf(problems: readonly Problem[]): DocumentFailure {
  const about = (field: string) => problems.some((problem) => problem.field === field);
  if (about('errorMessage')) return 'ERROR_MESSAGE';
  if (about('antall')) return 'COUNT_MISMATCH';
  return problems.some(({ code }) => code === 'INCOMPLETE_LIST') ? 'MISSING_LIST' : 'BAD_DOCUMENT';
}
