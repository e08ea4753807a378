import type { PersonRef } from '../core/person/reference.ts';

/** What the handler of a route says of its answer, for the audit trail. */
export interface AuditNotes {
  /** Whose data the answer holds, or on whom the act had an effect. Said by every handler: an answer without it is not
   *  sent. */
  subjects(refs: Iterable<PersonRef | string>): void;
  /** Persons asked for that the answer is silent about. @param code why, as a refusal of the API */
  refused(code: string, refs: readonly string[]): void;
  purpose(purpose: string): void;
  /** What else it is about, e.g. `receipt:…`; nothing that could be content. */
  item(item: string | null): void;
  /** Of an answer that is a page and no problem document: the code of what it refuses. */
  outcome(code: string): void;
}

export interface NotedAudit {
  /** Undefined: the handler has said nothing. */
  subjects: Set<string> | undefined;
  refused: { code: string; refs: readonly string[] }[];
  purpose: string | null;
  item: string | null;
  outcome: string | null;
}

export function takeNotes(): { notes: AuditNotes; noted: NotedAudit } {
  const noted: NotedAudit = { subjects: undefined, refused: [], purpose: null, item: null, outcome: null };
  return {
    noted,
    notes: {
      subjects(refs) {
        noted.subjects ??= new Set();
        for (const ref of refs) noted.subjects.add(ref);
      },
      refused(code, refs) {
        if (refs.length > 0) noted.refused.push({ code, refs });
      },
      purpose(purpose) {
        noted.purpose = purpose;
      },
      item(item) {
        noted.item = item;
      },
      outcome(code) {
        noted.outcome = code;
      },
    },
  };
}
