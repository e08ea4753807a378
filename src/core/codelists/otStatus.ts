import type { IsoDate } from '../date.ts';
import type { ViaOt } from '../statusEvent.ts';
import { CODES, GROUPS, LISTS } from './data/otLists.ts';
import { MAPPING_2011_2016 } from './data/otMapping.ts';
import { AMBIGUOUS, aliasesOf } from './otAlias.ts';

// OT status codes in their versions. Group digits and even the same code mean different things in different
// versions (OTFA is inside the target group in 2011, OTVF outside it), so nothing here works without a list.

export interface OtCode {
  /** The code list it stands in, e.g. `OT-2016-07`. */
  list: string;
  /** Number in the published list, e.g. `3.4`. */
  number: string;
  code: string;
  /** Bokmål, as published. */
  text: string;
  group: number;
  targetGroup: boolean | null;
  /** The adviser is asked whether OT arranged it; «no» is the `_IM` code. */
  viaOtQuestion: boolean;
  /** Still understood, no longer to be chosen. */
  passive: boolean;
}

export interface OtList {
  id: string;
  /** First day; null = since before the documents. */
  from: IsoDate | null;
  /** Last day, as published (not half-open); null = still valid. */
  to: IsoDate | null;
  source: string;
}

export type StatusLookup =
  | {
      ok: true;
      code: string;
      list: string;
      group: number;
      targetGroup: boolean;
      /** Null = the text says nothing about it. */
      viaOt: ViaOt | null;
      /** The list of that time is lost; the code was accepted because a neighbouring list has it. */
      flagged: boolean;
    }
  | { ok: false; reason: 'UNKNOWN_CODE' | 'AMBIGUOUS_CODE' };

export const OT_LISTS: readonly OtList[] = LISTS;

const LOST = 'OT-2011-09';
/** Weaker first: the code of 2016 wins over that of 2011. */
const NEIGHBOURS = ['OT-2011-01', 'OT-2016-07'];
const NOT_VIA_OT = new Set(['OTAR_IM', 'OTEV_IM', 'OTVF_IM', 'OTLL_IM']);
const UNKNOWN: StatusLookup = Object.freeze({ ok: false, reason: 'UNKNOWN_CODE' });
const UNDECIDED: StatusLookup = Object.freeze({ ok: false, reason: 'AMBIGUOUS_CODE' });

const ENTRIES: ReadonlyMap<string, ReadonlyMap<string, OtCode>> = new Map(
  OT_LISTS.map(({ id }) => [id, new Map(entriesOf(id).map((entry) => [entry.code, entry]))]),
);
const SPELLINGS: ReadonlyMap<string, ReadonlyMap<string, StatusLookup>> = new Map(
  OT_LISTS.map(({ id }) => [id, spellingsOf(id)]),
);
const MAPPING = new Map<string, { code: string; type: string; alternatives: readonly string[] }>(
  MAPPING_2011_2016.map(({ from, to, type, alternatives }) => [from, { code: to, type, alternatives }]),
);

/**
 * What a written status means on a date. Looks up the whole text, never a part of it: `OTAR` and `OTAR_IM` are
 * different codes on different sides of the target group, and a prefix would move people across.
 */
export function lookupStatus(raw: string, on: IsoDate): StatusLookup {
  return SPELLINGS.get(listOn(on))?.get(canonicalSpelling(raw)) ?? UNKNOWN;
}

/** The list that is valid on a date. */
export function listOn(date: IsoDate): string {
  let valid = '';
  for (const list of OT_LISTS) if (list.from === null || list.from <= date) valid = list.id;
  return valid;
}

/** The entry of a canonical code. In the lost list `OT-2011-09`: that of the neighbour that is used for it. */
export function statusIn(list: string, code: string): OtCode | undefined {
  return ENTRIES.get(list)?.get(code);
}

/** May an adviser choose the code today? */
export function selectable(list: string, code: string): boolean {
  return statusIn(list, code)?.passive === false;
}

/** Bokmål label of a main group; its number alone where the list has no labels. */
export function groupLabel(list: string, group: number): string {
  const label = GROUPS.find((entry) => entry.list === list && entry.group === group)?.text;
  return label === undefined || label.startsWith('(') ? `Hovedgruppe ${group}` : label;
}

/** The default successor of a code of 2011; `code: null` = quarantine (no code, or none of 2011). */
export function mapFrom2011(code: string | null): {
  code: string | null;
  type: string;
  alternatives: readonly string[];
} {
  return MAPPING.get(code ?? '') ?? { code: null, type: 'quarantine', alternatives: [] };
}

function canonicalSpelling(raw: string): string {
  return raw
    .trim()
    .normalize('NFC')
    .toUpperCase()
    .replace(/[-– ]IM$/, '_IM');
}

function entriesOf(list: string): readonly OtCode[] {
  if (list !== LOST) return CODES.filter((entry) => entry.list === list);
  return NEIGHBOURS.flatMap(entriesOf).map((entry) => ({ ...entry, list }));
}

/** Every text that is understood in a list; later ones win: aliases, then the codes themselves. */
function spellingsOf(list: string): Map<string, StatusLookup> {
  const spellings = new Map<string, StatusLookup>();
  for (const neighbour of list === LOST ? NEIGHBOURS : [list]) {
    for (const [text, alias] of aliasesOf(neighbour)) {
      spellings.set(text, alias === AMBIGUOUS ? UNDECIDED : found(list, alias.code, alias.viaOt));
    }
  }
  for (const code of ENTRIES.get(list)?.keys() ?? []) spellings.set(code, found(list, code, null));
  return spellings;
}

function found(list: string, code: string, viaOt: ViaOt | null): StatusLookup {
  const entry = statusIn(list, code);
  if (entry === undefined || entry.targetGroup === null) throw new Error(`${code} is not a code of ${list}`);
  return Object.freeze({
    ok: true,
    code,
    list,
    group: entry.group,
    targetGroup: entry.targetGroup,
    viaOt: NOT_VIA_OT.has(code) ? 'NEI' : viaOt,
    flagged: list === LOST,
  });
}
