import type { Access } from '../access/access.ts';
import type { Principal } from '../access/principal.ts';
import type { OrgId } from '../organisation.ts';
import { maskNumbers } from '../person/numberInText.ts';
import type { IsoInstant } from '../time/date.ts';
import { UUID } from '../uuid.ts';

/** One read of persons, or one act: who, by which right, what, about whom, to what end, with what outcome. Never what was
 *  read. */
export interface AuditEntry {
  at: IsoInstant;
  /** `anonymous`: a caller who was refused before they were known. */
  kind: Principal['kind'] | 'anonymous';
  /** Name of the principal. */
  who: string;
  /** Key of the principal; the same for the same caller. */
  key: string;
  /** Role or scope that gave the access; null when nothing did. */
  capacity: string | null;
  /** Organisation number that acts on behalf of the caller. */
  supplier: string | null;
  /** Client and token of a machine, as the issuer names them. */
  client: string | null;
  token: string | null;
  access: Access;
  /** Method and path template, e.g. `GET /organisations/{org}/youths/{ref}`. */
  operation: string;
  purpose: string | null;
  /** What else it was about: `receipt:…`, `quarantine:…`, `list:…`, a worklist or letter. */
  item: string | null;
  /** `OK`, `STARTED` before an act, or the code of the refusal. */
  outcome: string;
  /** How often it happened: more than once only for refusals of anonymous callers. */
  times: number;
  /** References of the persons shown or acted upon, sorted, each once. */
  subjects: readonly string[];
  /** Trace id of W3C Trace Context: 32 hex digits. */
  trace: string | null;
}

/** The chain an entry belongs to: an organisation's, or that of operations about no single organisation. */
export type AuditChain = OrgId | typeof INSTALLATION;

/** No organisation is named so. */
export const INSTALLATION = '*';

const MAX_TEXT = 200;
const CONTROL = /\p{Cc}/gu;

/** As it may be stored: no identity number, no control character, no endless text. References that are none are left
 *  out. */
export function safeEntry(entry: AuditEntry): AuditEntry {
  return {
    ...entry,
    who: text(entry.who) ?? '-',
    key: plain(entry.key) ?? '-',
    capacity: text(entry.capacity),
    supplier: text(entry.supplier),
    client: text(entry.client),
    token: text(entry.token),
    operation: text(entry.operation) ?? '-',
    purpose: text(entry.purpose),
    item: text(entry.item),
    outcome: text(entry.outcome) ?? '-',
    subjects: [...new Set(entry.subjects)].filter((ref) => UUID.test(ref)).sort(),
    trace: text(entry.trace),
  };
}

function text(value: string | null): string | null {
  return value === null ? null : plain(maskNumbers(value.normalize('NFKC')));
}

function plain(value: string): string | null {
  return value.replace(CONTROL, ' ').slice(0, MAX_TEXT).toWellFormed() || null;
}
