import type { FeedAdapter } from '../../core/feedAdapter.ts';
import type { Problem } from '../../core/problem.ts';

/** Why a JSON document is rejected. None of these concerns a person. */
export type DocumentFailure = 'ERROR_MESSAGE' | 'COUNT_MISMATCH' | 'MISSING_LIST' | 'BAD_DOCUMENT';

export type Judged =
  | { ok: true; rows: unknown[] }
  /** `fields`: codes and field names, for the log. `final`: a retry cannot help. */
  | { ok: false; code: DocumentFailure; final: boolean; fields?: string };

/** Applies the adapter's rules for the whole document. Shrinkage is judged later, from the persons missing. */
export function judgeDocument(document: unknown, adapter: FeedAdapter, run: string): Judged {
  const unpacked = adapter.unpack?.(document, run);
  if (!unpacked) return { ok: false, code: 'MISSING_LIST', final: false };
  if (unpacked.kind === 'malformed') {
    const fields = unpacked.problems.map(({ code, field }) => `${code}:${field}`).join(' ');
    return { ok: false, code: codeOf(unpacked.problems), final: false, fields };
  }
  return { ok: true, rows: unpacked.rows };
}

function codeOf(problems: readonly Problem[]): DocumentFailure {
  const about = (field: string) => problems.some((problem) => problem.field === field);
  if (about('errorMessage')) return 'ERROR_MESSAGE';
  if (about('antall')) return 'COUNT_MISMATCH';
  return problems.some(({ code }) => code === 'INCOMPLETE_LIST') ? 'MISSING_LIST' : 'BAD_DOCUMENT';
}
