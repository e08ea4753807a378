import type { IsoDate } from '../time/date.ts';
import type { OtCode, OtList, StatusLookup, Succession } from './otCode.ts';

// Code lists, indexed for reading. Built once from data; a mistake in the data stops the build, because a wrong list
// silently moves people in or out of the target group.

export interface OtVocabulary {
  lists: readonly OtList[];
  /** list → code → entry. */
  entries: ReadonlyMap<string, ReadonlyMap<string, OtCode>>;
  /** list → spelled text → what it means in that list alone. */
  spellings: ReadonlyMap<string, ReadonlyMap<string, StatusLookup>>;
  /** list → code of the known list before it → its successor. */
  successions: ReadonlyMap<string, ReadonlyMap<string, Succession>>;
}

export const UNKNOWN: StatusLookup = Object.freeze({ ok: false, reason: 'UNKNOWN_CODE' });
export const UNDECIDED: StatusLookup = Object.freeze({ ok: false, reason: 'AMBIGUOUS_CODE' });

/** Codes that are themselves the answer «no» to whether OT arranged it. */
const NOT_VIA_OT: ReadonlySet<string> = new Set(['OTAR_IM', 'OTEV_IM', 'OTVF_IM', 'OTLL_IM']);

/** @throws when a list overlaps the one before it, or names a code or a successor that does not exist. */
export function vocabularyOf(lists: readonly OtList[]): OtVocabulary {
  checkOrder(lists);
  const entries = new Map(lists.map((list, at) => [list.id, entriesOf(lists, list, at)]));
  const spellings = new Map(lists.map((list, at) => [list.id, spellingsOf(lists, list, at, entries)]));
  const successions = new Map(
    lists.map((list) => [list.id, new Map(list.successions.map((row) => [row.from, row]))]),
  );
  for (const [at, list] of lists.entries()) checkSuccessions(lists, list, at, entries);
  return { lists, entries, spellings, successions };
}

export function listValidOn({ lists }: OtVocabulary, date: IsoDate): OtList | undefined {
  for (let place = lists.length - 1; place >= 0; place -= 1) {
    const list = lists[place];
    if (list !== undefined && (list.from === null || list.from <= date)) return list;
  }
  return undefined;
}

/** What a code means in a list, as the result of reading it. */
export function readingOf(entry: OtCode, flagged: boolean): StatusLookup {
  const { code, list, group, targetGroup, passive } = entry;
  if (targetGroup === null) throw new Error(`${code} of ${list} lies on no side of the target group`);
  const viaOt = NOT_VIA_OT.has(code) ? 'NEI' : null;
  return Object.freeze({
    ok: true,
    code,
    list,
    group,
    targetGroup,
    viaOt,
    flagged,
    passive,
    translatedFrom: null,
  });
}

/** The lists a list is read by: itself, or both neighbours of a lost one; the later is read last and wins. */
function contentOf(lists: readonly OtList[], list: OtList, at: number): readonly OtList[] {
  return list.known ? [list] : [lists[at - 1], lists[at + 1]].filter((each) => each !== undefined);
}

function entriesOf(lists: readonly OtList[], list: OtList, at: number): ReadonlyMap<string, OtCode> {
  const codes = contentOf(lists, list, at).flatMap((each) => each.codes);
  return new Map(codes.map((entry) => [entry.code, { ...entry, list: list.id }]));
}

/** Every text that is understood in a list; later ones win: aliases, then the codes themselves. */
function spellingsOf(
  lists: readonly OtList[],
  list: OtList,
  at: number,
  entries: ReadonlyMap<string, ReadonlyMap<string, OtCode>>,
): ReadonlyMap<string, StatusLookup> {
  const codes = entries.get(list.id) ?? new Map<string, OtCode>();
  const spellings = new Map<string, StatusLookup>();
  for (const { text, code, viaOt } of contentOf(lists, list, at).flatMap((each) => each.aliases)) {
    if (code === null) {
      spellings.set(text, UNDECIDED);
      continue;
    }
    const entry = codes.get(code);
    if (entry === undefined) throw new Error(`${code} is not a code of ${list.id}`);
    const reading = readingOf(entry, !list.known);
    spellings.set(text, viaOt === null || !reading.ok ? reading : Object.freeze({ ...reading, viaOt }));
  }
  for (const [code, entry] of codes) spellings.set(code, readingOf(entry, !list.known));
  return spellings;
}

function checkOrder(lists: readonly OtList[]): void {
  for (const [at, list] of lists.entries()) {
    const before = lists[at - 1];
    if (before === undefined) continue;
    if (list.from === null || (before.from !== null && before.from >= list.from)) {
      throw new Error(`${list.id} does not begin after ${before.id}`);
    }
  }
}

/** A code without a successor would be read as new, and a successor that does not exist could not be reported. */
function checkSuccessions(
  lists: readonly OtList[],
  list: OtList,
  at: number,
  entries: ReadonlyMap<string, ReadonlyMap<string, OtCode>>,
): void {
  const old = lists.slice(0, at).findLast((each) => each.known);
  if (old === undefined || !list.known) return;
  const told = new Set(list.successions.map((row) => row.from));
  const missing = old.codes.filter((entry) => !told.has(entry.code)).map((entry) => entry.code);
  const codes = entries.get(list.id);
  const strange = list.successions.flatMap((row) =>
    [row.to, ...row.alternatives].filter((code) => !codes?.has(code)),
  );
  if (missing.length + strange.length > 0) {
    throw new Error(`${list.id}: no successor of ${missing.join()}, unknown successor ${strange.join()}`);
  }
}
