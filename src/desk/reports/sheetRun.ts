import { type Permission, WHOLE_COUNTY } from '../../core/access/permission.ts';
import type { Organisation } from '../../core/organisation.ts';
import { SHEET_NAMES } from '../../core/report/sheetName.ts';
import { instantOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { CountSheets, CountWatch } from '../../reports/countedSheet.ts';
import type { Queries } from '../../store/queriesPort.ts';
import type { LeasedSheet, SheetKey, SheetRecords, SheetWithin } from '../../store/sheetsPort.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { reachedQueries } from '../reach/reachedQueries.ts';
import { basisOf, isDue, MOST_WAITING } from './builtSheets.ts';
import { countedTogether, reporting } from './reports.ts';

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'organisations' | 'policyOf' | 'now'> & {
  sheets: SheetRecords;
};

/** Of a process that dies another takes over after it. */
const LEASE_MS = 60_000;
/** How often the lease is made longer, and said how far the counting has come. */
const BEAT_MS = 2_000;
/** Hours in Oslo at which every report of the day is counted: no adviser works, and the lists of the night have come. */
const QUIET = { from: 3, to: 5 };
/** A report is kept so long after the last look at it, and one without a look so long after it was counted. */
const [SEEN_KEPT, UNSEEN_KEPT] = [14 * 86_400_000, 2 * 86_400_000];

export interface SheetRun {
  /** Counts the report that has waited longest, and those that wait and are counted from the same. @returns how many they were */
  step(): Promise<number>;
  /** In the quiet hours asks for every report of today. */
  askForToday(): Promise<void>;
  /** Removes what is looked at no longer. */
  clean(): Promise<void>;
}

/**
 * Counts the reports that wait; one process counts each, from one reading of the events those that can be.
 * @param parts not within anyone's permission: a report is counted once for all who may see it
 * @param by the process's own id
 * @param failed receives the error of a report that could not be counted
 */
export function createSheetRun(
  parts: Parts,
  {
    by,
    count,
    failed,
    signal,
  }: { by: string; count: CountSheets; failed(error: unknown): void; signal?: AbortSignal },
): SheetRun {
  const real = () => instantOf(parts.now());

  async function step(): Promise<number> {
    const organisations = parts.organisations.map(({ id }) => id);
    const lease = { by, now: real(), until: leaseEnd(parts.now()) };
    const leased = await parts.sheets.leaseSheets(organisations, lease);
    const left = new Set(leased.map(({ id }) => id));
    if (left.size > 0) await beating(left, (watch) => countAll(leased, left, watch));
    return leased.length;
  }

  /** @param left loses those that are kept, and those that cannot be counted */
  async function countAll(
    leased: readonly LeasedSheet[],
    left: Set<string>,
    watch: CountWatch,
  ): Promise<void> {
    try {
      return await countTogether(leased, left, watch);
    } catch (error) {
      if (watch.signal.aborted) return;
      failed(error);
    }
    const rest = leased.filter(({ id }) => left.has(id));
    // One that cannot be counted takes no other with it.
    if (leased.length > 1) for (const each of rest) await countAll([each], left, watch);
    else for (const { id } of rest) await giveBack(id);

    async function giveBack(id: string): Promise<void> {
      await parts.sheets.returnSheets({ ids: [id], by }, real());
      left.delete(id);
    }
  }

  async function countTogether(
    leased: readonly LeasedSheet[],
    left: Set<string>,
    watch: CountWatch,
  ): Promise<void> {
    const [first] = leased;
    const organisation = parts.organisations.find(({ id }) => id === first?.key.org);
    if (first === undefined || organisation === undefined)
      throw new Error('a report of an organisation that is none of ours');
    const permission = permissionOf(first.key);
    const asOf = await nowOf(parts, organisation);
    const today = osloDate(asOf);
    // What is committed now is all counted.
    const heads = await parts.queries.heads();
    const together = countedTogether(parts, organisation);
    const asked = leased.map(({ key: { report, on, step: by, counted } }) => ({
      request: { name: report, on, step: by, today, county: null },
      others: together.filter(({ id }) => counted.includes(id)),
    }));
    const queries = reachedQueries(parts.queries, permission, async () => today);
    const counted = await count(queries, { organisation: reporting(parts, organisation), asked }, watch);
    for (const [at, { id, key }] of leased.entries()) {
      const sheet = counted[at];
      const request = asked[at]?.request;
      if (sheet === undefined || request === undefined) throw new Error('a report was not counted');
      const { rules } = basisOf(parts, organisation, { ...request, permission }, today);
      const position = positionOf(heads, key);
      await parts.sheets.keepSheet({ id, by }, { ...sheet, rules, position, asOf, built: real() });
      left.delete(id);
    }
  }

  /** Holds them while they are counted; gives back what is left of them then. */
  async function beating(
    left: ReadonlySet<string>,
    work: (watch: CountWatch) => Promise<void>,
  ): Promise<void> {
    const lost = new AbortController();
    let records = 0;
    const beat = async () => {
      const held = { ids: [...left], by };
      const holds = await parts.sheets.sheetsRead(held, { records, until: leaseEnd(parts.now()) });
      if (!holds && left.size > 0) lost.abort();
    };
    // A beat that fails is followed by the next, long before the lease ends.
    const beats = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
    const seen = (so: number) => {
      records = so;
    };
    try {
      await work({
        seen,
        signal: signal === undefined ? lost.signal : AbortSignal.any([lost.signal, signal]),
      });
    } finally {
      clearInterval(beats);
      // Of one that is another's by now nothing comes.
      if (left.size > 0) await parts.sheets.returnSheets({ ids: [...left], by }, null);
    }
  }

  async function askFor(organisation: Organisation): Promise<void> {
    const now = await nowOf(parts, organisation);
    const on = osloDate(now);
    for (const name of SHEET_NAMES) {
      const asked = { name, on, step: 'maaned' as const, permission: WHOLE_COUNTY };
      const basis = basisOf(parts, organisation, asked, on);
      const kept = await parts.sheets.keptSheet(basis.key);
      if (kept?.asked != null) continue;
      const heads = () => parts.queries.heads();
      if (await isDue({ heads }, kept, { basis, now, real: real() }))
        await parts.sheets.askSheet(basis.key, real(), MOST_WAITING);
    }
  }

  return {
    step,
    async askForToday() {
      const hour = Temporal.Instant.fromEpochMilliseconds(parts.now()).toZonedDateTimeISO('Europe/Oslo').hour;
      if (hour < QUIET.from || hour >= QUIET.to) return;
      for (const organisation of parts.organisations) await askFor(organisation);
    },
    async clean() {
      const now = parts.now();
      const before = { seen: instantOf(now - SEEN_KEPT), neverSeen: instantOf(now - UNSEEN_KEPT) };
      for (const { id } of parts.organisations) await parts.sheets.dropSheets(id, before);
    },
  };
}

function leaseEnd(now: number) {
  return instantOf(now + LEASE_MS);
}

function positionOf(
  heads: Awaited<ReturnType<Queries['heads']>>,
  { org, counted }: SheetKey,
): Map<number, bigint> {
  const own = heads.filter((head) => head.org === org || counted.includes(head.org));
  return new Map(own.map(({ id, nextOffset }) => [id, nextOffset]));
}

/** Whose youths are counted. */
function permissionOf({ within, org, counted }: SheetKey): Permission {
  if (within === null) return WHOLE_COUNTY;
  return { ...WHOLE_COUNTY, ...ofUnits(within), organisations: [...new Set([org, ...counted])] };
}

function ofUnits({ units, hiddenUnits }: SheetWithin) {
  return {
    reach: { kind: 'units' as const, units },
    protectedYouths: hiddenUnits.length > 0,
    protectedUnits: hiddenUnits,
  };
}
