import type { CountyNumber, Organisation, OrgId } from '../core/organisation.ts';
import type { Policy } from '../core/policy.ts';
import { OWNER_KINDS } from '../core/report/ownership.ts';
import { type Line, type RegisterScope, readRegister } from '../core/report/register.ts';
import type { ReplayScope } from '../core/report/replay.ts';
import { cutoffOf, referenceDates, reportedSchoolYear } from '../core/report/report.ts';
import { numbersOn } from '../core/report/reportedCounty.ts';
import type { Sheet } from '../core/report/sheet.ts';
import type { SheetName } from '../core/report/sheetName.ts';
import { checksSheet } from '../core/report/sheets/checks.ts';
import { CONTACT_KINDS, contactTimeSheet } from '../core/report/sheets/contactTime.ts';
import { flowSheet } from '../core/report/sheets/flow.ts';
import { kostraPeriod, kostraSheet } from '../core/report/sheets/kostra.ts';
import { lateArrivalsSheet } from '../core/report/sheets/lateArrivals.ts';
import { nationalSheet } from '../core/report/sheets/national.ts';
import type { SheetOrder } from '../core/report/sheets/order.ts';
import { overridesSheet } from '../core/report/sheets/overrides.ts';
import { reconciliationSheet } from '../core/report/sheets/reconciliation.ts';
import { LAG_KINDS, schoolLagSheet } from '../core/report/sheets/schoolLag.ts';
import { type Step, seriesSheet } from '../core/report/sheets/series.ts';
import { stockSheet } from '../core/report/sheets/stockSheet.ts';
import { unknownAgeSheet } from '../core/report/sheets/unknownAge.ts';
import { type KnownYouth, readYouths } from '../core/report/youths.ts';
import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import { startOfOsloDay } from '../core/time/oslo.ts';
import type { Queries } from '../store/queriesPort.ts';
import { replayedUpto } from './replayedHistory.ts';
import { EVERYTHING } from './snapshot.ts';

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

/**
 * Counts a report from the events as of its cut-off: deterministic for the same events.
 * @param others all organisations counted with it in the figures of several counties
 */
export async function buildSheet(
  queries: Pick<Queries, 'recordedUpto'>,
  organisation: ReportingOrganisation,
  others: readonly ReportingOrganisation[],
  request: SheetRequest,
): Promise<BuiltSheet> {
  const ordered = orderOfSheet(organisation, request);
  if (!ordered.ok) return ordered;
  return { ok: true, sheet: await count(queries, organisation, others, request, ordered.order) };
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

async function count(
  queries: Pick<Queries, 'recordedUpto'>,
  organisation: ReportingOrganisation,
  others: readonly ReportingOrganisation[],
  { name, step }: SheetRequest,
  order: SheetOrder,
): Promise<Sheet> {
  const { id, policy } = organisation;
  const replay = { policy, until: earlier(order.cutoff, startOfOsloDay(order.shownOn)) };
  const lines = (kinds: Parameters<typeof readRegister>[1] = []) =>
    linesOf(queries, id, replay, order, kinds);
  switch (name) {
    case 'stock':
      return stockSheet(await lines(), order);
    case 'reconciliation':
      return reconciliationSheet(await lines(), order);
    case 'flow':
      return flowSheet(await lines(), order);
    case 'kostra':
      return kostraSheet(await lines(), order);
    case 'series':
      return seriesSheet(await lines(), order, step);
    case 'unknown-age':
      return unknownAgeSheet(await lines(), order);
    case 'school-lag':
      return schoolLagSheet(await lines(LAG_KINDS), order);
    case 'contact-time':
      return contactTimeSheet(await lines(CONTACT_KINDS), order);
    case 'late-arrivals':
      return lateArrivalsSheet(await linesOf(queries, id, replay, { ...order, cutoff: EVERYTHING }), order);
    case 'overrides':
      return overridesSheet(await youthsOf(queries, id, replay, order.cutoff), order);
    case 'checks':
      return checksSheet(await youthsOf(queries, id, replay, order.cutoff), order);
    case 'national': {
      const counties = [];
      for (const each of [organisation, ...others.filter((other) => other.id !== id)]) {
        for (const county of numbersOn(each.county, order.on)) {
          const found = await linesOf(
            queries,
            each.id,
            { ...replay, policy: each.policy },
            { ...order, county },
          );
          counties.push({ county, lines: found, policy: each.policy });
        }
      }
      return nationalSheet(counties, order);
    }
  }
}

/** Later events are unknown, also when the day asked for lies ahead. */
function earlier(one: IsoInstant, other: IsoInstant): IsoInstant {
  return one < other ? one : other;
}

/** The whole log is read, also past the cut-off: an address hidden since must not be published. */
async function linesOf(
  queries: Pick<Queries, 'recordedUpto'>,
  org: OrgId,
  replay: ReplayScope,
  scope: RegisterScope,
  kinds: Parameters<typeof readRegister>[1] = [],
): Promise<Line[]> {
  const register = readRegister(scope, [...OWNER_KINDS, ...kinds]);
  for await (const record of replayedUpto(queries, org, EVERYTHING, replay)) register.add(record);
  return register.finish();
}

async function youthsOf(
  queries: Pick<Queries, 'recordedUpto'>,
  org: OrgId,
  replay: ReplayScope,
  cutoff: IsoInstant,
): Promise<KnownYouth[]> {
  const youths = readYouths(cutoff);
  for await (const record of replayedUpto(queries, org, cutoff, replay)) youths.add(record);
  return youths.finish();
}
