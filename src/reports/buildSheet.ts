import type { CountyNumber, Organisation } from '../core/organisation.ts';
import type { Policy } from '../core/policy.ts';
import { OWNER_KINDS } from '../core/report/ownership.ts';
import type { Line, RegisterScope } from '../core/report/register.ts';
import { cutoffOf, referenceDates, reportedSchoolYear } from '../core/report/report.ts';
import { numbersOn } from '../core/report/reportedCounty.ts';
import type { Sheet } from '../core/report/sheet.ts';
import type { SheetName } from '../core/report/sheetName.ts';
import { checksOf, checksSheet } from '../core/report/sheets/checks.ts';
import { CONTACT_KINDS, contactTimeSheet } from '../core/report/sheets/contactTime.ts';
import { flowSheet } from '../core/report/sheets/flow.ts';
import { kostraPeriod, kostraSheet } from '../core/report/sheets/kostra.ts';
import { lateArrivalsSheet } from '../core/report/sheets/lateArrivals.ts';
import { nationalSheet } from '../core/report/sheets/national.ts';
import type { SheetOrder } from '../core/report/sheets/order.ts';
import { overridesOf, overridesSheet } from '../core/report/sheets/overrides.ts';
import { reconciliationSheet } from '../core/report/sheets/reconciliation.ts';
import { LAG_KINDS, schoolLagSheet } from '../core/report/sheets/schoolLag.ts';
import { type Step, seriesSheet } from '../core/report/sheets/series.ts';
import { stockSheet } from '../core/report/sheets/stockSheet.ts';
import { unknownAgeSheet } from '../core/report/sheets/unknownAge.ts';
import type { KnownYouth } from '../core/report/youths.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import { startOfOsloDay } from '../core/time/oslo.ts';
import type { Queries } from '../store/queriesPort.ts';
import { EVERYTHING } from './replayedHistory.ts';
import { type LinesAsked, type Reading, startReading } from './sheetReading.ts';

/** An organisation whose figures are counted. */
export interface ReportingOrganisation extends Pick<Organisation, 'id' | 'county'> {
  policy: Policy;
}

export interface SheetRequest {
  name: SheetName;
  /** The day the figures describe. For a reference date they are as of the day its report was run. */
  on: IsoDate;
  /** County number on that day, where the county has since been merged from several. */
  county: CountyNumber | null;
  step: Step;
  /** Today, by the organisation's clock. */
  today: IsoDate;
}

/** `AMBIGUOUS_COUNTY`: today's county was several then, and the request names none of them. */
export type BuiltSheet =
  | { ok: true; sheet: Sheet }
  | { ok: false; code: 'AMBIGUOUS_COUNTY'; counties: readonly string[] };

/** A report that is to be counted. */
export interface SheetAsked {
  request: SheetRequest;
  /** All organisations counted with it in the figures of several counties. */
  others: readonly ReportingOrganisation[];
}

/** Counts a report from the events as of its cut-off: deterministic for the same events. */
export async function buildSheet(
  queries: Pick<Queries, 'recordedUpto'>,
  organisation: ReportingOrganisation,
  others: readonly ReportingOrganisation[],
  request: SheetRequest,
): Promise<BuiltSheet> {
  const ordered = orderOfSheet(organisation, request);
  if (!ordered.ok) return ordered;
  const reading = startReading();
  const sheet = startSheet(reading, organisation, { others, request }, ordered.order);
  await reading.read(queries);
  return { ok: true, sheet: sheet() };
}

/** The same of several reports, from one reading of the events. One is given when its turn comes: all of them are in memory
 *  in their packed form alone. @throws when the county of one is not named unambiguously */
export async function* buildSheets(
  queries: Pick<Queries, 'recordedUpto'>,
  organisation: ReportingOrganisation,
  asked: readonly SheetAsked[],
): AsyncGenerator<Sheet> {
  const reading = startReading();
  const sheets = asked.map((each) => {
    const ordered = orderOfSheet(organisation, each.request);
    if (!ordered.ok) throw new Error('the county of the report is not named unambiguously');
    return startSheet(reading, organisation, each, ordered.order);
  });
  await reading.read(queries);
  for (const sheet of sheets) yield sheet();
}

/** What the report is to be of, before anything is counted. */
export function orderOfSheet(
  organisation: ReportingOrganisation,
  request: SheetRequest,
): { ok: true; order: SheetOrder } | Extract<BuiltSheet, { ok: false }> {
  const numbers = numbersOn(organisation.county, request.on);
  const county = request.county === null && numbers.length === 1 ? numbers[0] : request.county;
  if (county === undefined || county === null || !numbers.includes(county))
    return { ok: false, code: 'AMBIGUOUS_COUNTY', counties: numbers };
  return { ok: true, order: orderOf(request, organisation.policy, county) };
}

function orderOf({ name, on, today }: SheetRequest, policy: Policy, county: CountyNumber): SheetOrder {
  const schoolYear = reportedSchoolYear(on);
  const reported = referenceDates(schoolYear).includes(on);
  // KOSTRA's period ends on a fixed day, not when a report was run.
  const last = name === 'kostra' ? kostraPeriod(schoolYear).to : on;
  const whole = name === 'kostra' || !reported;
  const cutoff = cutoffOf(last, whole ? { reportDaysBefore: 0 } : policy);
  return { county, schoolYear, on: last, cutoff, shownOn: today, policy };
}

/** Says what the report reads. @returns what it is, when that has been read */
function startSheet(
  reading: Reading,
  organisation: ReportingOrganisation,
  { others, request: { name, step } }: SheetAsked,
  order: SheetOrder,
): () => Sheet {
  const { id, policy } = organisation;
  const replay = { policy, until: earlier(order.cutoff, startOfOsloDay(order.shownOn)) };
  const ofLines = (
    sheet: (lines: readonly Line[], order: SheetOrder) => Sheet,
    { kinds = [], scope = order }: { kinds?: LinesAsked['kinds']; scope?: RegisterScope } = {},
  ) => {
    const lines = reading.lines(id, { replay, scope, kinds: [...OWNER_KINDS, ...kinds] });
    return () => sheet(lines, order);
  };
  const ofYouths = <Found>(
    of: (known: KnownYouth, order: SheetOrder) => Found[],
    sheet: (found: readonly Found[], order: SheetOrder) => Sheet,
  ) => {
    const found: Found[] = [];
    reading.youths(id, { replay, cutoff: order.cutoff }, (known) => found.push(...of(known, order)));
    return () => sheet(found, order);
  };
  switch (name) {
    case 'stock':
      return ofLines(stockSheet);
    case 'reconciliation':
      return ofLines(reconciliationSheet);
    case 'flow':
      return ofLines(flowSheet);
    case 'kostra':
      return ofLines(kostraSheet);
    case 'series':
      return ofLines((lines) => seriesSheet(lines, order, step));
    case 'unknown-age':
      return ofLines(unknownAgeSheet);
    case 'school-lag':
      return ofLines(schoolLagSheet, { kinds: LAG_KINDS });
    case 'contact-time':
      return ofLines(contactTimeSheet, { kinds: CONTACT_KINDS });
    case 'late-arrivals':
      return ofLines(lateArrivalsSheet, { scope: { ...order, cutoff: EVERYTHING } });
    case 'overrides':
      return ofYouths(overridesOf, overridesSheet);
    case 'checks':
      return ofYouths(checksOf, checksSheet);
    case 'national': {
      const counties = [organisation, ...others.filter((other) => other.id !== id)].flatMap((each) =>
        numbersOn(each.county, order.on).map((county) => {
          const asked = { replay: { ...replay, policy: each.policy }, scope: { ...order, county } };
          const lines = reading.lines(each.id, { ...asked, kinds: OWNER_KINDS });
          return { county, lines, policy: each.policy };
        }),
      );
      return () => nationalSheet(counties, order);
    }
  }
}

/** Later events are unknown, also when the day asked for lies ahead. */
function earlier(one: IsoInstant, other: IsoInstant): IsoInstant {
  return one < other ? one : other;
}
