import type { OrgId } from '../core/organisation.ts';
import { type Line, type RecordedEvents, type RegisterScope, readLines } from '../core/report/register.ts';
import type { ReplayScope } from '../core/report/replay.ts';
import { type KnownYouth, youthAt } from '../core/report/youths.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { Fact } from '../core/youth/youthEvent.ts';
import type { Queries } from '../store/queriesPort.ts';
import { EVERYTHING, type HistoryReader, readHistories } from './replayedHistory.ts';

// What the reports that are counted together read: the events once, and of each youth once what several of them count.

export interface LinesAsked {
  replay: ReplayScope;
  scope: RegisterScope;
  /** Facts that the lines carry. */
  kinds: readonly Fact['kind'][];
}

export interface Reading {
  /** Lines of the register, sorted by reference: empty until all is read. The whole log is read for them, also past the
   *  cut-off: an address hidden since must not be published. */
  lines(org: OrgId, asked: LinesAsked): readonly Line[];
  /** Gives each youth as it was at the cut-off, and keeps none. */
  youths(org: OrgId, at: YouthsAt, each: (known: KnownYouth) => void): void;
  read(queries: Pick<Queries, 'recordedUpto'>): Promise<void>;
}

interface YouthsAt {
  replay: ReplayScope;
  cutoff: IsoInstant;
}

export function startReading(): Reading {
  const organisations = new Map<OrgId, { lines: LineReader[]; youths: YouthReader[] }>();
  const readersOf = (org: OrgId) => {
    const readers = organisations.get(org) ?? { lines: [], youths: [] };
    organisations.set(org, readers);
    return readers;
  };
  return {
    lines(org, { replay, scope, kinds }) {
      const { lines } = readersOf(org);
      const known = lines.find((reader) => sameReplay(reader.replay, replay));
      const reader = known ?? lineReader(replay);
      if (known === undefined) lines.push(reader);
      return reader.ask(scope, kinds);
    },
    youths(org, { replay, cutoff }, each) {
      const { youths } = readersOf(org);
      const known = youths.find((reader) => sameReplay(reader.replay, replay) && reader.upto === cutoff);
      const reader = known ?? youthReader(replay, cutoff);
      if (known === undefined) youths.push(reader);
      reader.each.push(each);
    },
    async read(queries) {
      for (const [org, { lines, youths }] of organisations)
        await readHistories(queries, org, [...lines, ...youths]);
    },
  };
}

function sameReplay(one: ReplayScope, other: ReplayScope): boolean {
  return one.policy === other.policy && one.until === other.until;
}

interface LineReader extends HistoryReader {
  ask(scope: RegisterScope, kinds: LinesAsked['kinds']): readonly Line[];
}

function lineReader(replay: ReplayScope): LineReader {
  /** Which facts lines carry: each once. */
  const kinds: ReadonlySet<Fact['kind']>[] = [];
  const asked: { scope: RegisterScope; kind: number; lines: Line[] }[] = [];
  return {
    replay,
    upto: EVERYTHING,
    ask(scope, wanted) {
      let kind = kinds.findIndex((each) => each.symmetricDifference(new Set(wanted)).size === 0);
      if (kind < 0) kind = kinds.push(new Set(wanted)) - 1;
      const known = asked.find((each) => each.kind === kind && sameScope(each.scope, scope));
      if (known !== undefined) return known.lines;
      const lines: Line[] = [];
      asked.push({ scope, kind, lines });
      return lines;
    },
    read(records) {
      // Of most youths nothing came after any of the cut-offs: all scopes have the same lines.
      const made = new Map<string, Line[]>();
      for (const { scope, kind, lines } of asked) {
        const name = `${scope.county} ${scope.schoolYear} ${knownAt(records, scope.cutoff)}`;
        const own = made.get(name) ?? readLines(records, scope, kinds);
        made.set(name, own);
        const line = own[kind];
        if (line !== undefined) lines.push(line);
      }
    },
  };
}

function sameScope(one: RegisterScope, other: RegisterScope): boolean {
  return one.county === other.county && one.schoolYear === other.schoolYear && one.cutoff === other.cutoff;
}

/** How many of them: of two cut-offs one knows all that the other does. */
function knownAt(records: readonly RecordedEvents[], cutoff: IsoInstant): number {
  let known = 0;
  for (const { recorded } of records) if (recorded <= cutoff) known += 1;
  return known;
}

interface YouthReader extends HistoryReader {
  each: ((known: KnownYouth) => void)[];
}

function youthReader(replay: ReplayScope, cutoff: IsoInstant): YouthReader {
  const each: YouthReader['each'] = [];
  return {
    ...{ replay, upto: cutoff, each },
    read(records) {
      const known = youthAt(records, cutoff);
      if (known === undefined) return;
      for (const give of each) give(known);
    },
  };
}
