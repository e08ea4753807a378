import type { IsoDate } from '../time/date.ts';
import { ALIASES, CODES, GROUPS, LISTS } from './data/otLists.ts';
import type { OtAlias, OtCode, OtList, StatusLookup, Succession } from './otCode.ts';
import { type Activations, lookupIn } from './otLookup.ts';
import { SUCCESSIONS } from './otSuccessions.ts';
import { listValidOn, type OtVocabulary, vocabularyOf } from './otVocabulary.ts';

// The published OT status lists. Group digits and even the same code mean different things in different versions (OTFA
// is inside the target group in 2011, OTVF outside it), so nothing here works without a list.

const ALL_ALIASES: readonly ({ list: string } & OtAlias)[] = ALIASES;
const ALL_CODES: readonly OtCode[] = CODES;

export const OT_LISTS: readonly OtList[] = LISTS.map((list) => ({
  ...list,
  codes: ALL_CODES.filter((entry) => entry.list === list.id),
  groups: GROUPS.filter((entry) => entry.list === list.id),
  aliases: ALL_ALIASES.filter((entry) => entry.list === list.id),
  successions: SUCCESSIONS[list.id] ?? [],
}));

export const OT_VOCABULARY: OtVocabulary = vocabularyOf(OT_LISTS);

const BY_ID: ReadonlyMap<string, OtList> = new Map(OT_LISTS.map((list) => [list.id, list]));
const NOT_ACTIVATED_LATER: Activations = {};
const QUARANTINE: Succession2011 = { code: null, type: 'quarantine', alternatives: [], decides: null };

/** What a written status means on its effective date. `activations`: those of the county's policy. */
export function lookupStatus(
  raw: string,
  on: IsoDate,
  activations: Activations = NOT_ACTIVATED_LATER,
): StatusLookup {
  return lookupIn(OT_VOCABULARY, raw, on, activations);
}

/** The list that is valid on a date. */
export function listOn(date: IsoDate): string {
  return listValidOn(OT_VOCABULARY, date)?.id ?? '';
}

/** The codes that may be chosen for something new on a date. */
export function statusCodesOn(date: IsoDate): string[] {
  const entries = OT_VOCABULARY.entries.get(listOn(date))?.values() ?? [];
  return [...entries].filter(({ passive }) => !passive).map(({ code }) => code);
}

/** The entry of a canonical code. In the lost list `OT-2011-09`: that of the neighbour that is used for it. */
export function statusIn(list: string, code: string): OtCode | undefined {
  return OT_VOCABULARY.entries.get(list)?.get(code);
}

/** The wording of a code on a date; `undefined` when the list has no such code. */
export function statusText(list: string, code: string, on: IsoDate): string | undefined {
  const entry = statusIn(list, code);
  return entry?.revisions.findLast((revision) => revision.from <= on)?.text ?? entry?.text;
}

/** May the code be chosen for something new? A passive one is history (U04). */
export function selectable(list: string, code: string): boolean {
  return statusIn(list, code)?.passive === false;
}

/** A list's main groups, ascending. `targetGroup`: the side of its codes; null when they lie on both. */
export function groupsOf(list: string): { group: number; text: string; targetGroup: boolean | null }[] {
  const entries = [...(OT_VOCABULARY.entries.get(list)?.values() ?? [])];
  const byGroup = Map.groupBy(entries, ({ group }) => group);
  return [...byGroup]
    .sort(([one], [other]) => one - other)
    .map(([group, codes]) => {
      const sides = new Set(codes.map(({ targetGroup }) => targetGroup));
      const [side = null] = sides;
      return { group, text: groupLabel(list, group), targetGroup: sides.size === 1 ? side : null };
    });
}

/** Bokmål label of a main group; its number alone where the list has no labels. */
export function groupLabel(list: string, group: number): string {
  const label = BY_ID.get(list)?.groups.find((entry) => entry.group === group)?.text;
  return label === undefined || label.startsWith('(') ? `Hovedgruppe ${group}` : label;
}

/** `code` null = quarantine (no code, or none of 2011). */
export interface Succession2011 extends Omit<Succession, 'from' | 'to'> {
  code: string | null;
}

/** What a code of `OT-2011-01` is in `OT-2016-07`, with the alternatives and what decides between them. */
export function mapFrom2011(code: string | null): Succession2011 {
  const row = OT_VOCABULARY.successions.get('OT-2016-07')?.get(code ?? '');
  if (row === undefined) return QUARANTINE;
  const { to, type, alternatives, decides } = row;
  return { code: to, type, alternatives, decides };
}
