import type { Tilmeldingskode } from '../youth/statusEvent.ts';
import type { Counted } from './counted.ts';
import { crossFoot, type Figures, figureOf, type Sum } from './figures.ts';
import { livesHidden, OWNER_KINDS } from './ownership.ts';
import { type Line, type RecordedEvents, type RegisterScope, readRegister } from './register.ts';
import { statusesUntil } from './registrationState.ts';
import { byPerson } from './samePerson.ts';
import { tally } from './tally.ts';
import { type Exclusion, linesIn, type ViewScope, viewOf } from './view.ts';

/** In the order of the published table. */
export const TILMELDINGSKODER = ['IKKE_SOKT', 'TAKKET_NEI', 'AVBRUTT', 'ANDRE_GRUNNER'] as const;

export type StockScope = ViewScope & RegisterScope;

export interface Stock {
  /** Code list version of every status counted; null when no youth is registered. */
  list: string | null;
  tilmelding: Record<Tilmeldingskode, number>;
  /** Registrations whose tilmeldingskode is not known. */
  tilmeldingUnknown: number;
  /** By main group digit. */
  groups: Record<string, number>;
  /** By status code. */
  codes: Record<string, number>;
  targetGroup: number;
  outside: number;
  total: number;
  /** Flow: youths that had the status at least once, whatever they have now. */
  everHad: Record<string, number>;
  /** Registered, and not in the figures above. */
  excluded: Record<Exclusion, number>;
  /** In the figures without a known birth date. */
  ageUnknown: number;
}

/** The stock at a cut-off, from the events alone, in whatever order they are read.
 *  @throws when the tables do not cross-foot. */
export function stockAsOf(records: Iterable<RecordedEvents>, scope: StockScope): Stock {
  const count = startStock(scope);
  for (const record of records) count.add(record);
  return count.finish();
}

/** The same, one record at a time, for a source too large for memory. */
export function startStock(scope: StockScope): { add(record: RecordedEvents): void; finish(): Stock } {
  const register = readRegister(scope, OWNER_KINDS);
  return { add: (record) => register.add(record), finish: () => stockOf(register.finish(), scope) };
}

/** @throws when the tables do not cross-foot. */
export function stockOf(lines: readonly Line[], scope: StockScope): Stock {
  const viewed = viewOf(lines, scope);
  const { figures } = stockFigures(viewed.counted, scope.on);
  const value = (name: string) => figureOf(figures, name).value;
  const below = (prefix: string) => namedBelow(figures, prefix, value);
  const tilmelding = { IKKE_SOKT: 0, TAKKET_NEI: 0, AVBRUTT: 0, ANDRE_GRUNNER: 0 };
  for (const kode of TILMELDINGSKODER) tilmelding[kode] = value(`tilmelding.${kode}`);
  const excluded = { OVER_ALDERSGRENSEN: 0, ANNET_FYLKE: 0, DOBBELT: 0 };
  for (const { reason } of viewed.excluded) excluded[reason] += 1;
  return {
    list: listOf(viewed.counted),
    tilmelding,
    tilmeldingUnknown: value('tilmelding.UKJENT'),
    groups: below('gruppe.'),
    codes: below('kode.'),
    targetGroup: value('malgruppe'),
    outside: value('utenfor'),
    total: value('alle'),
    everHad: everHad(linesIn(lines, scope), scope),
    excluded,
    ageUnknown: viewed.counted.filter(({ line }) => line.born === null).length,
  };
}

/**
 * Tables 1 and 2 as figures: `alle`, `tilmelding.<kode>`, `malgruppe`, `utenfor`, `gruppe.<siffer>`, `kode.<kode>`.
 * @throws when the tables do not cross-foot: a registration that is in the first and not in the second.
 */
export function stockFigures(counted: readonly Counted[], shownOn: string): Figures {
  listOf(counted);
  const groups = new Map<string, Set<string>>();
  const sides = new Map<string, Set<string>>([
    ['malgruppe', new Set()],
    ['utenfor', new Set()],
  ]);
  for (const { registration } of counted) {
    const [side, group, code] = statusFigures(registration);
    sides.get(side)?.add(group);
    groups.set(group, (groups.get(group) ?? new Set()).add(code));
  }
  const tilmelding = [...TILMELDINGSKODER, 'UKJENT'].map((kode) => `tilmelding.${kode}`);
  const figures = tally(
    counted,
    ({ registration }) => [
      'alle',
      `tilmelding.${registration.tilmeldingskode ?? 'UKJENT'}`,
      ...statusFigures(registration),
    ],
    ({ line }) => livesHidden(line, shownOn),
    ['alle', 'malgruppe', 'utenfor', ...tilmelding],
  );
  const sums: Sum[] = [
    { total: 'alle', parts: tilmelding },
    { total: 'alle', parts: ['malgruppe', 'utenfor'] },
    ...[...sides, ...groups].map(([total, parts]) => ({ total, parts: [...parts].sort() })),
  ];
  crossFoot({ figures, sums });
  return { figures, sums };
}

function statusFigures({ status }: Counted['registration']): [string, string, string] {
  return [status.targetGroup ? 'malgruppe' : 'utenfor', `gruppe.${status.group}`, `kode.${status.code}`];
}

/** A group digit means different things in different lists: such a sum would be a wrong figure. */
export function listOf(counted: readonly Counted[]): string | null {
  const lists = [...new Set(counted.map(({ registration }) => registration.status.list))].sort();
  if (lists.length > 1) throw new Error(`statuses of ${lists.join(' and ')} cannot be summed by group`);
  return lists[0] ?? null;
}

function everHad(lines: readonly Line[], scope: StockScope): Record<string, number> {
  const figures = tally(
    byPerson(lines),
    (person) => person.flatMap((line) => statusesUntil(line, scope)).map(({ code }) => code),
    () => false,
  );
  return namedBelow(figures, '', (name) => figureOf(figures, name).value);
}

function namedBelow(
  figures: Figures['figures'],
  prefix: string,
  value: (name: string) => number,
): Record<string, number> {
  const names = [...figures.keys()].filter((name) => name.startsWith(prefix)).sort();
  return Object.fromEntries(names.map((name) => [name.slice(prefix.length), value(name)]));
}
