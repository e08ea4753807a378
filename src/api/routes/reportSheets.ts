import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Permission } from '../../core/access/permission.ts';
import { countyNumber } from '../../core/organisation.ts';
import { AUDIENCES } from '../../core/report/sheet.ts';
import { SHEET_NAMES, type SheetName } from '../../core/report/sheetName.ts';
import { STEPS } from '../../core/report/sheets/series.ts';
import { parseDate } from '../../core/time/date.ts';
import { UUID } from '../../core/uuid.ts';
import { onlySchools, reportSheet, tableNamed } from '../../desk/reports/reports.ts';
import { sheetCsv } from '../../reports/sheetCsv.ts';
import { type SheetDocument, SheetSchema } from '../../reports/sheetShape.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { notFound } from '../invalidRequest.ts';
import { oneOfFew } from '../limits/oneOfFew.ts';
import { otherReport } from '../otherReport.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { csvAnswer, wantsCsv } from '../spreadsheet.ts';
import { OrgParams } from './params.ts';

const route = defineRoute({
  'x-access': 'report:read',
  method: 'get',
  path: '/organisations/{org}/reports/{date}/{report}',
  middleware: oneOfFew,
  tags: ['reports'],
  summary: 'En rapport talt fra hendelsene, slik de var kjent da den skulle kjøres',
  description:
    'På en referansedato (15.11, 15.02, 15.06) telles det som var kommet inn da rapporten ble kjørt; andre dager ' +
    'det som var kommet inn ved dagens slutt. Med Accept: text/csv kommer én tabell som regneark.',
  request: {
    params: OrgParams.extend({
      date: z
        .string()
        .openapi({ param: { name: 'date', in: 'path' }, example: '2021-06-15', format: 'date' }),
      report: z.enum(SHEET_NAMES).openapi({ param: { name: 'report', in: 'path' } }),
    }),
    query: z.object({
      audience: z.enum(AUDIENCES).default('ot').openapi({
        description:
          'ot: alt. ekstern: uten lister over ungdommer, og uten tall så små at noen kan kjennes igjen.',
      }),
      step: z.enum(STEPS).default('maaned').openapi({ description: 'Bare for series.' }),
      county: z
        .string()
        .regex(/^\d{2}$/)
        .transform(countyNumber)
        .optional()
        .openapi({ description: 'Fylkesnummeret den gang, når fylket er slått sammen av flere siden.' }),
      table: z
        .string()
        .max(40)
        .optional()
        .openapi({ description: 'Hvilken tabell CSV-en skal ha; ellers den første.' }),
    }),
  },
  responses: {
    200: {
      description: 'Rapporten',
      content: {
        'application/json': { schema: SheetSchema },
        'text/csv': { schema: z.string() },
      },
    },
    ...refusals({ 400: 'Ugyldig valg', 404: 'Ukjent rapport eller organisasjon' }),
  },
});

/** Lists of youths have the references in a column of their own. */
export function refsIn(tables: SheetDocument['tables']): string[] {
  const lists = tables.filter(({ personal }) => personal);
  const cells = lists.flatMap(({ rows }) => rows.flatMap(({ values }) => Object.values(values)));
  return cells.filter((cell) => typeof cell === 'string' && UUID.test(cell)).map(String);
}

/** The report as far as its caller may see it. @throws HttpProblem, DeskRefusal */
async function sheetFor(
  c: Context<ApiEnv>,
  parts: Parts,
  asked: Omit<Parameters<typeof reportSheet>[2], 'masked' | 'organisations'>,
): Promise<SheetDocument> {
  const { masked, organisations, within } = permitReport(c, asked.name);
  const whole = await reportSheet(deskFor(c, parts), c.get('organisation'), {
    ...asked,
    ...{ masked, organisations },
  });
  return within(whole);
}

/** The caller's permission to a report, by which it is read from then on; `within` is what they may see of it.
 *  @throws HttpProblem */
export function permitReport(
  c: Context<ApiEnv>,
  name: SheetName,
): Permission & { within(whole: SheetDocument): SheetDocument } {
  const permission = c.get('permission');
  if (permission.sheets !== null && !permission.sheets.includes(name)) throw otherReport();
  const schools = permission.reach.kind === 'institutions' ? permission.reach.institutions : null;
  // A school's row is counted from all of them: the others are taken out of what is shown.
  if (schools !== null) c.set('permission', { ...permission, reach: { kind: 'county' }, masked: true });
  const within = (whole: SheetDocument) => (schools === null ? whole : onlySchools(whole, schools));
  return { ...c.get('permission'), within };
}

type Parts = ReadingParts & Pick<ApiParts, 'organisations' | 'policyOf'>;

export function reportSheetRoutes(api: Api, parts: Parts): void {
  api.openapi(route, async (c) => {
    const { date, report: name } = c.req.valid('param');
    const { audience, step, county = null, table } = c.req.valid('query');
    const on = parseDate(date);
    if (on === undefined) throw notFound();
    const document = await sheetFor(c, parts, { name, on, county, step, audience });
    if (!wantsCsv(c)) {
      c.get('audit').subjects(refsIn(document.tables));
      return c.json(document, 200);
    }
    const shown = tableNamed(document, table);
    c.get('audit').subjects(refsIn([shown]));
    const file = `${name}-${on}${audience === 'ot' ? '' : `-${audience}`}`;
    return csvAnswer(c, file, sheetCsv(document, shown));
  });
}
