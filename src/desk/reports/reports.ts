import type { Permission } from '../../core/access/permission.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Problem } from '../../core/problem.ts';
import { type Audience, showSheet } from '../../core/report/sheet.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { buildSheet, type SheetRequest } from '../../reports/buildSheet.ts';
import { sheetDocument } from '../../reports/sheetDocument.ts';
import type { SheetDocument } from '../../reports/sheetShape.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'organisations' | 'policyOf' | 'now'>;

interface SheetAsked extends Omit<SheetRequest, 'today'>, Pick<Permission, 'organisations'> {
  audience: Audience;
  /** Small figures and lists of youths are left out, whatever the audience. */
  masked: boolean;
}

/** The report of a reference date as it was saved: its JSON, the same bytes each time. @throws DeskRefusal REPORT_NOT_BUILT */
export async function snapshotOf(
  { operations }: Pick<DeskParts, 'operations'>,
  { id: org }: Organisation,
  referenceDate: IsoDate,
): Promise<Buffer> {
  const snapshot = await operations.snapshot(org, referenceDate);
  if (snapshot) return snapshot.content;
  throw new DeskRefusal(
    'REPORT_NOT_BUILT',
    'Det er ikke laget noen rapport per denne datoen. Den lages når fristen er ute.',
  );
}

/** A report counted from the events. @throws DeskRefusal INVALID_REQUEST when the county of that day is not named
 *  unambiguously */
export async function reportSheet(
  parts: Parts,
  organisation: Organisation,
  { audience, masked, organisations, ...asked }: SheetAsked,
): Promise<SheetDocument> {
  const today = await todayOf(parts, organisation);
  const built = await buildSheet(
    parts.queries,
    reporting(parts, organisation),
    countedTogether(parts, organisation).filter(
      ({ id }) => organisations === null || organisations.includes(id),
    ),
    { ...asked, today },
  );
  if (!built.ok) throw ambiguous(built.counties);
  const { smallCell } = parts.policyOf(organisation.id);
  return sheetDocument(showSheet(built.sheet, masked ? 'ekstern' : audience, smallCell));
}

/** The tables that have a row for each school, with the rows of these alone. */
export function onlySchools(document: SheetDocument, schools: readonly string[]): SheetDocument {
  const own = (school: unknown) => typeof school === 'string' && schools.includes(school);
  const tables = document.tables
    .filter(({ columns }) => columns.some(({ name }) => name === 'skole'))
    .map((table) => ({ ...table, rows: table.rows.filter(({ values }) => own(values.skole)) }));
  return { ...document, tables };
}

/** @param name undefined: the first table @throws DeskRefusal INVALID_REQUEST */
export function tableNamed(
  { tables }: SheetDocument,
  name: string | undefined,
): SheetDocument['tables'][number] {
  const found = name === undefined ? tables[0] : tables.find((table) => table.name === name);
  if (found !== undefined) return found;
  throw invalid({
    code: 'INVALID_VALUE',
    field: 'table',
    text: 'Rapporten har ingen tabell med det navnet for denne mottakeren.',
    cure: `Velg en av: ${tables.map((table) => table.name).join(', ')}.`,
  });
}

/** The organisation as it is counted. */
export function reporting({ policyOf }: Pick<Parts, 'policyOf'>, { id, county }: Organisation) {
  return { id, county, policy: policyOf(id) };
}

/** A sample is never counted together with real youths. */
export function countedTogether(
  parts: Pick<Parts, 'organisations' | 'policyOf'>,
  { virtualClock }: Organisation,
) {
  return parts.organisations
    .filter((other) => other.virtualClock === virtualClock)
    .map((other) => reporting(parts, other));
}

export function ambiguous(counties: readonly string[]): DeskRefusal {
  const cure =
    counties.length === 0
      ? 'Velg en dato da fylket fantes.'
      : `Oppgi county, ett av: ${counties.join(', ')}.`;
  return invalid({
    code: 'INVALID_VALUE',
    field: 'county',
    text: 'Fylket hadde ikke ett entydig nummer på denne datoen, eller ikke det som er oppgitt.',
    cure,
  });
}

function invalid(problem: Problem): DeskRefusal {
  return new DeskRefusal('INVALID_REQUEST', DESK.nb.fixBelow, {
    problems: [problem],
  });
}
