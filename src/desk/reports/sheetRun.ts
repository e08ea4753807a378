import { type Permission, WHOLE_COUNTY } from '../../core/access/permission.ts';
import type { Organisation } from '../../core/organisation.ts';
import { SHEET_NAMES } from '../../core/report/sheetName.ts';
import { instantOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { CountedSheet, CountSheet } from '../../reports/countedSheet.ts';
import type { Queries } from '../../store/queriesPort.ts';
import type { HeldSheet, SheetKey, SheetRecords, SheetWithin } from '../../store/sheetsPort.ts';
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
  /** Counts the report that has waited longest. @returns false when none waits */
  step(): Promise<boolean>;
  /** In the quiet hours asks for every report of today. */
  askForToday(): Promise<void>;
  /** Removes what is looked at no longer. */
  clean(): Promise<void>;
}

/**
 * Counts the reports that wait; one process counts each.
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
  }: { by: string; count: CountSheet; failed(error: unknown): void; signal?: AbortSignal },
): SheetRun {
  const real = () => instantOf(parts.now());

  async function step(): Promise<boolean> {
    const organisations = parts.organisations.map(({ id }) => id);
    const lease = { by, now: real(), until: leaseEnd(parts.now()) };
    const leased = await parts.sheets.leaseSheet(organisations, lease);
    if (leased === undefined) return false;
    const held = { id: leased.id, by };
    try {
      await countHeld(held, leased.key);
    } catch (error) {
      const stopped = signal?.aborted === true;
      await parts.sheets.returnSheet(held, stopped ? null : real());
      if (!stopped) failed(error);
    }
    return true;
  }

  async function countHeld(held: HeldSheet, key: SheetKey): Promise<void> {
    const organisation = parts.organisations.find(({ id }) => id === key.org);
    if (organisation === undefined) throw new Error('a report of an organisation that is none of ours');
    const permission = permissionOf(key);
    const asOf = await nowOf(parts, organisation);
    const asked = { name: key.report, on: key.on, step: key.step };
    const { rules } = basisOf(parts, organisation, { ...asked, permission }, osloDate(asOf));
    // What is committed now is all counted.
    const position = await positionOf(parts.queries, key);
    const others = countedTogether(parts, organisation).filter(({ id }) => key.counted.includes(id));
    const request = { ...asked, today: osloDate(asOf), county: null };
    const order = { organisation: reporting(parts, organisation), others, request };
    const queries = reachedQueries(parts.queries, permission, async () => osloDate(asOf));
    const counted = await beating(held, (seen, lost) => count(queries, order, { seen, signal: lost }));
    if (counted === null) return;
    await parts.sheets.keepSheet(held, { ...counted, rules, position, asOf, built: real() });
  }

  /** Null when the report is another's by now. */
  async function beating(
    held: HeldSheet,
    work: (seen: (records: number) => void, lost: AbortSignal) => Promise<CountedSheet>,
  ): Promise<CountedSheet | null> {
    const lost = new AbortController();
    let records = 0;
    const beat = async () => {
      const holds = await parts.sheets.sheetReads(held, { records, until: leaseEnd(parts.now()) });
      if (!holds) lost.abort();
    };
    // A beat that fails is followed by the next, long before the lease ends.
    const beats = setInterval(() => void beat().catch(() => undefined), BEAT_MS);
    try {
      const ends = signal === undefined ? lost.signal : AbortSignal.any([lost.signal, signal]);
      return await work((so) => {
        records = so;
      }, ends);
    } catch (error) {
      if (lost.signal.aborted) return null;
      throw error;
    } finally {
      clearInterval(beats);
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

async function positionOf(
  queries: Pick<Queries, 'heads'>,
  { org, counted }: SheetKey,
): Promise<Map<number, bigint>> {
  const heads = (await queries.heads()).filter((head) => head.org === org || counted.includes(head.org));
  return new Map(heads.map(({ id, nextOffset }) => [id, nextOffset]));
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
