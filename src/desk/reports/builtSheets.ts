import type { Permission } from '../../core/access/permission.ts';
import { isProtected } from '../../core/access/reach.ts';
import type { Organisation } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import { type Audience, type Sheet, showSheet } from '../../core/report/sheet.ts';
import { epochOf, type IsoDate, type IsoInstant, instantOf } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { UUID } from '../../core/uuid.ts';
import { orderOfSheet, type SheetRequest } from '../../reports/buildSheet.ts';
import { countingRules } from '../../reports/countingRules.ts';
import { sheetDocument } from '../../reports/sheetDocument.ts';
import { unpackSheet } from '../../reports/sheetForm.ts';
import type { SheetDocument } from '../../reports/sheetShape.ts';
import { readable } from '../../store/readable.ts';
import type {
  BuiltSheet,
  KeptSheet,
  SheetKey,
  SheetReading,
  SheetRecords,
  SheetWithin,
} from '../../store/sheetsPort.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { ambiguous, countedTogether, reporting } from './reports.ts';

// Reports as pages show them: as they were last counted. A page has them counted again when they are too old, and never
// counts itself.

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'organisations' | 'policyOf' | 'now'> & {
  /** Within the caller's permission. */
  sheets: SheetReading;
  /** Past it: what has the report counted, and whether it must be. */
  asking: Pick<SheetRecords, 'askSheet' | 'sheetSeen' | 'protectionChanged'>;
  /** Past it: how far all is committed. */
  heads: DeskParts['queries']['heads'];
};

/** As a page asks. */
export interface BuiltAsked extends Pick<SheetRequest, 'name' | 'on' | 'step'> {
  audience: Audience;
  permission: Permission;
}

/** A report as it was last counted, and whether it is being counted again. */
export interface SheetLook {
  shown: {
    document: SheetDocument;
    /** Rows of tables that the document has the first of. */
    rows: ReadonlyMap<string, number>;
    /** What had come by then is in it; by the organisation's clock. */
    asOf: IsoInstant;
    /** The same moment in real time. */
    built: IsoInstant;
  } | null;
  /** Null: it is not waiting to be counted. */
  making: { underWay: boolean; records: number } | null;
  /** The last try came to nothing. */
  failed: boolean;
  /** So many reports wait that it could not be asked for. */
  crowded: boolean;
  /** It may be asked for again. */
  renewable: boolean;
}

/** Figures of a time that is not over, in milliseconds. Of one that is, they change with the day at most. */
const OLD_AFTER = 60 * 60_000;
/** Sooner nothing much can have come. */
const RENEW_AFTER = 60_000;
/** After an unsuccessful try. */
const AGAIN_AFTER = 60 * 60_000;
/** Of an organisation; one takes minutes in a large county. */
export const MOST_WAITING = 30;
/** A look at it is written down once in so long. */
const SEEN_EVERY = 6 * 60 * 60_000;
/** Youths of a list that are looked up at a time. */
const PORTION = 500;

/** The report as it was last counted; asks for it when there is none or it is too old. @throws DeskRefusal INVALID_REQUEST when
 *  the county of that day is not named unambiguously */
export async function lookAtSheet(
  parts: Parts,
  organisation: Organisation,
  asked: BuiltAsked,
): Promise<SheetLook> {
  const now = await nowOf(parts, organisation);
  const basis = basisOf(parts, organisation, asked, osloDate(now));
  const found = await parts.sheets.keptSheet(basis.key);
  const counted = found && whatHolds(found, basis.rules);
  const discloses = counted?.built != null && (await mayDisclose(parts, asked, basis.key, counted.built));
  const kept = discloses ? { ...counted, built: null } : counted;
  const real = instantOf(parts.now());
  if (found !== undefined && since(found.seen, real) > SEEN_EVERY)
    await parts.asking.sheetSeen(basis.key, real);
  let waits = kept?.asked != null;
  let crowded = false;
  if (!waits && (await isDue(parts, kept, { basis, now, real }))) {
    waits = await parts.asking.askSheet(basis.key, real, MOST_WAITING);
    crowded = !waits;
  }
  const { built = null, failed = null } = kept ?? {};
  const parted = built && {
    ...(await shownOf(parts, organisation, asked, built.head)),
    ...{ asOf: built.asOf, built: built.built },
  };
  return {
    shown: parted,
    making: waits ? { underWay: kept?.underWay ?? false, records: kept?.records ?? 0 } : null,
    failed: failed !== null && !waits,
    crowded,
    renewable: !waits && (built === null || since(built.built, real) > RENEW_AFTER),
  };
}

/** The report with all rows of its lists. @throws DeskRefusal REPORT_NOT_BUILT, INVALID_REQUEST */
export async function wholeBuiltSheet(
  parts: Omit<Parts, 'heads'>,
  organisation: Organisation,
  asked: BuiltAsked,
): Promise<{ document: SheetDocument; asOf: IsoInstant }> {
  const { key, rules } = basisOf(parts, organisation, asked, osloDate(await nowOf(parts, organisation)));
  const kept = await parts.sheets.wholeSheet(key);
  if (kept === undefined || kept.rules !== rules || (await mayDisclose(parts, asked, key, kept)))
    throw new DeskRefusal(
      'REPORT_NOT_BUILT',
      'Rapporten er ikke laget ennå. Åpne den, og hent regnearket når tallene er der.',
    );
  return { document: (await shownOf(parts, organisation, asked, kept.content)).document, asOf: kept.asOf };
}

/** Has it counted again. @returns false when too many wait already */
export async function renewSheet(
  parts: Parts,
  organisation: Organisation,
  asked: BuiltAsked,
): Promise<boolean> {
  const { key, rules } = basisOf(parts, organisation, asked, osloDate(await nowOf(parts, organisation)));
  const found = await parts.sheets.keptSheet(key);
  const kept = found && whatHolds(found, rules);
  const real = instantOf(parts.now());
  if (kept?.asked != null || since(kept?.built?.built ?? null, real) <= RENEW_AFTER) return true;
  return parts.asking.askSheet(key, real, MOST_WAITING);
}

/** What is counted by whom: the same for all readers who are shown the same. @throws DeskRefusal INVALID_REQUEST */
export function basisOf(
  parts: Pick<Parts, 'organisations' | 'policyOf'>,
  organisation: Organisation,
  { name, on, step, permission }: Omit<BuiltAsked, 'audience'>,
  today: IsoDate,
) {
  const own = reporting(parts, organisation);
  const ordered = orderOfSheet(own, { name, on, step, today, county: null });
  if (!ordered.ok) throw ambiguous(ordered.counties);
  const others =
    name === 'national'
      ? countedTogether(parts, organisation).filter(
          ({ id }) => permission.organisations === null || permission.organisations.includes(id),
        )
      : [];
  const key: SheetKey = {
    ...{ org: organisation.id, report: name, on },
    step: name === 'series' ? step : 'maaned',
    counted: [...new Set(others.map(({ id }) => id))].sort(),
    within: withinOf(permission),
  };
  const rules = countingRules([own, ...others].map(({ policy }) => policy));
  return { key, rules, order: ordered.order };
}

/** Schools are shown their rows of the whole county's report. */
function withinOf({ reach, protectedYouths, protectedUnits }: Permission): SheetWithin | null {
  if (reach.kind === 'county') return null;
  if (reach.kind !== 'units') return { units: [], hiddenUnits: [] };
  const hidden = protectedYouths ? (protectedUnits ?? reach.units) : [];
  const once = (units: readonly string[]) => [...new Set(units)].sort();
  return { units: once(reach.units), hiddenUnits: once(hidden) };
}

/** What was counted by other rules is not shown. */
function whatHolds(kept: KeptSheet, rules: string): KeptSheet {
  return kept.built === null || kept.built.rules === rules ? kept : { ...kept, built: null };
}

/** Small figures are hidden by how many in them live hidden, so figures that were counted before an address was hidden may show
 *  one that must not be seen: to those from whom small ones are hidden they are not shown until they have been counted again.
 *  OT sees all its own small figures. */
async function mayDisclose(
  { asking }: Pick<Parts, 'asking'>,
  { audience, permission }: Pick<BuiltAsked, 'audience' | 'permission'>,
  { org, counted, report }: SheetKey,
  { position }: Pick<BuiltSheet, 'position'>,
): Promise<boolean> {
  if (readerOf({ audience, permission }) === 'ot' && report !== 'national') return false;
  return asking.protectionChanged([...new Set([org, ...counted])], position);
}

function readerOf({ audience, permission }: Pick<BuiltAsked, 'audience' | 'permission'>): Audience {
  return permission.masked ? 'ekstern' : audience;
}

/** Is it to be counted, or counted again? */
export async function isDue(
  { heads }: Pick<Parts, 'heads'>,
  kept: KeptSheet | undefined,
  { basis, now, real }: { basis: ReturnType<typeof basisOf>; now: IsoInstant; real: IsoInstant },
): Promise<boolean> {
  if (kept?.failed != null && since(kept.failed, real) <= AGAIN_AFTER) return false;
  if (kept?.built == null || kept.built.rules !== basis.rules) return true;
  const { asOf, built, position } = kept.built;
  // Whose address is hidden is judged by the day.
  if (osloDate(asOf) !== osloDate(now)) return true;
  const over = basis.order.cutoff < asOf && basis.key.report !== 'late-arrivals';
  if (over || since(built, real) <= OLD_AFTER) return false;
  const counted = [basis.key.org, ...basis.key.counted];
  return (await heads()).some(
    ({ org, id, nextOffset }) => counted.includes(org) && position.get(id) !== nextOffset,
  );
}

function since(moment: IsoInstant | null, now: IsoInstant): number {
  return moment === null ? Number.POSITIVE_INFINITY : epochOf(now) - epochOf(moment);
}

async function shownOf(
  parts: Pick<Parts, 'queries' | 'policyOf' | 'operations' | 'now'>,
  organisation: Organisation,
  { audience, permission }: BuiltAsked,
  content: string,
): Promise<Pick<NonNullable<SheetLook['shown']>, 'document' | 'rows'>> {
  const { sheet, rows } = unpackSheet(content);
  const { smallCell } = parts.policyOf(organisation.id);
  const reader = readerOf({ audience, permission });
  const today = osloDate(await nowOf(parts, organisation));
  const named = reader === 'ot' ? await withoutHidden(parts, organisation, { sheet, today }) : sheet;
  return { document: sheetDocument(showSheet(named, reader, smallCell)), rows };
}

/** Lists without the references of youths that have gone into hiding, or out of the caller's reach, since they were counted. */
async function withoutHidden(
  { queries }: Pick<Parts, 'queries'>,
  { id: org }: Organisation,
  { sheet, today }: { sheet: Sheet; today: IsoDate },
): Promise<Sheet> {
  const lists = sheet.tables.filter(({ personal }) => personal);
  const refs = new Set(
    lists.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.flatMap((cell) => refOf(cell) ?? []))),
  );
  if (refs.size === 0) return sheet;
  const shown = new Set<PersonRef>();
  const all = [...refs];
  for (let at = 0; at < all.length; at += PORTION)
    for (const [ref, loaded] of await queries.youthsNamed(org, all.slice(at, at + PORTION))) {
      const youth = readable(loaded);
      if (youth !== undefined && !isProtected(youth, today)) shown.add(ref);
    }
  const tables = sheet.tables.map((table) => ({
    ...table,
    rows: table.personal
      ? table.rows.map((row) => ({
          ...row,
          cells: row.cells.map((cell) => {
            const ref = refOf(cell);
            return ref === undefined || shown.has(ref) ? cell : { text: null };
          }),
        }))
      : table.rows,
  }));
  return { ...sheet, tables };
}

function refOf(cell: Sheet['tables'][number]['rows'][number]['cells'][number]): PersonRef | undefined {
  return 'text' in cell && cell.text !== null && UUID.test(cell.text) ? personRef(cell.text) : undefined;
}
