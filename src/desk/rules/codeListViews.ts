import {
  type ListSubject,
  PUBLISHED_LISTS,
  type PublishedCode,
  type PublishedList,
} from '../../core/codelists/published.ts';
import { CODE_LIST_NAMES } from '../../text/names.ts';
import { DeskRefusal } from '../refusal.ts';

/** One edition of a code list, without its codes. Texts in bokmål. */
export interface CodeListSummary {
  id: string;
  subject: ListSubject;
  name: string;
  from: string | null;
  to: string | null;
  source: string;
  /** How many it has. */
  codes: number;
}

export interface CodeListPage extends Omit<CodeListSummary, 'codes'> {
  total: number;
  codes: PublishedCode[];
  /** `after` of the next page; null on the last. */
  next: string | null;
}

export function codeLists(): CodeListSummary[] {
  return PUBLISHED_LISTS.map((list) => ({ ...headOf(list), codes: list.codes.length }));
}

/** Codes of a list, in its order. @param after how many go before the page
 *  @throws DeskRefusal UNKNOWN_CODE_LIST */
export function codeListPage(id: string, { after, limit }: { after: number; limit: number }): CodeListPage {
  const list = PUBLISHED_LISTS.find((each) => each.id === id);
  if (list === undefined) {
    const known = PUBLISHED_LISTS.map((each) => each.id).join(', ');
    throw new DeskRefusal('UNKNOWN_CODE_LIST', `Kodelisten finnes ikke. Velg en av: ${known}.`);
  }
  const end = after + limit;
  return {
    ...headOf(list),
    total: list.codes.length,
    codes: list.codes.slice(after, end),
    next: end < list.codes.length ? String(end) : null,
  };
}

function headOf({ id, subject, from, to, source }: PublishedList): Omit<CodeListSummary, 'codes'> {
  return { id, subject, name: CODE_LIST_NAMES.nb[subject], from, to, source };
}
