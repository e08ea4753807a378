import { z } from '@hono/zod-openapi';
import { LOG_FINDINGS } from '../../core/audit/logControl.ts';
import { logLinesOf, logOfWeek, logWeeksOf, signLog } from '../../desk/audit/logControl.ts';
import { LOG_PARTS } from '../../store/logPort.ts';
import type { Api } from '../apiEnv.ts';
import { smallBody } from '../body/smallBody.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import { defineRoute } from '../route.ts';
import { lineOfText } from '../schema/freeText.ts';
import { LogLinesSchema, LogWeekSchema, LogWeekUseSchema } from '../schema/logSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { DateText, Limit, OrgParams, SeqAfter } from './params.ts';

const AT = '/organisations/{org}/log-controls';
const WeekParams = OrgParams.extend({
  week: DateText.openapi({
    param: { name: 'week', in: 'path' },
    description: 'Mandagen uken begynner med.',
    example: '2026-11-23',
  }),
});

/** What was found; no personal data. */
export const LogNote = lineOfText(3, 500).openapi({
  description: 'Hva som er funnet, uten personopplysninger. Må være med når det er avvik.',
  example: 'Et oppslag uten kjent formål er tatt opp med lederen.',
});

const weeks = defineRoute({
  'x-access': 'log:read',
  method: 'get',
  path: AT,
  tags: ['log'],
  summary: 'Ukene i revisjonssporet, og om loggkontrollen av dem er signert',
  request: { params: OrgParams },
  responses: {
    200: {
      description: 'Det siste halvåret, nyeste uke først',
      content: { 'application/json': { schema: z.object({ weeks: z.array(LogWeekSchema) }) } },
    },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

const one = defineRoute({
  'x-access': 'log:read',
  method: 'get',
  path: `${AT}/{week}`,
  tags: ['log'],
  summary: 'Hvem som har sett og gjort noe i en uke, med antall; ingen ungdommer',
  request: { params: WeekParams },
  responses: {
    200: {
      description: 'De som har fått vist mest, først',
      content: { 'application/json': { schema: LogWeekUseSchema } },
    },
    ...refusals({ 400: 'Ikke en dato', 404: 'Ukjent organisasjon eller uke' }),
  },
});

const lines = defineRoute({
  'x-access': 'log:read',
  method: 'get',
  path: `${AT}/{week}/lines`,
  tags: ['log'],
  summary: 'Linjene i revisjonssporet i en uke: når, hvem, hva og hvor mange ungdommer',
  request: {
    params: WeekParams,
    query: z.object({
      part: z.enum(LOG_PARTS).default('all').openapi({
        description:
          'outside: ansatte utenom kontortid. identified: nummer og navn er gitt. refused: det som er avvist.',
      }),
      limit: Limit,
      after: SeqAfter,
    }),
  },
  responses: {
    200: { description: 'Nyeste først', content: { 'application/json': { schema: LogLinesSchema } } },
    ...refusals({ 400: 'Ugyldig side', 404: 'Ukjent organisasjon eller uke' }),
  },
});

const sign = defineRoute({
  'x-access': 'log:sign',
  method: 'post',
  path: `${AT}/{week}/sign`,
  tags: ['log'],
  middleware: smallBody,
  summary: 'Signer loggkontrollen av en uke, med hva som er funnet',
  request: {
    params: WeekParams,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .strictObject({ found: z.enum(LOG_FINDINGS), note: LogNote.optional() })
            .openapi('SignLogControl'),
        },
      },
    },
  },
  responses: {
    200: { description: 'Signert', content: { 'application/json': { schema: LogWeekSchema } } },
    ...refusals({
      400: 'Ugyldig innhold',
      404: 'Ukjent organisasjon eller uke',
      409: 'Uken er ikke over, eller er signert',
      413: 'For stort',
      415: 'Ikke JSON',
    }),
  },
});

export function logControlRoutes(api: Api, parts: ReadingParts): void {
  api.openapi(weeks, async (c) => {
    c.get('audit').subjects([]);
    return c.json({ weeks: await logWeeksOf(deskFor(c, parts), c.get('organisation')) }, 200);
  });
  api.openapi(one, async (c) => {
    c.get('audit').subjects([]);
    const { week } = c.req.valid('param');
    return c.json(await logOfWeek(deskFor(c, parts), c.get('organisation'), week), 200);
  });
  api.openapi(lines, async (c) => {
    c.get('audit').subjects([]);
    const { part, limit, after = null } = c.req.valid('query');
    const asked = { week: c.req.valid('param').week, part, limit, after };
    return c.json(await logLinesOf(deskFor(c, parts), c.get('organisation'), asked), 200);
  });
  api.openapi(sign, async (c) => {
    c.get('audit').subjects([]);
    const { found, note = null } = c.req.valid('json');
    const { week } = c.req.valid('param');
    const act = { week, found, note, principal: c.get('principal') };
    return c.json(await signLog(deskFor(c, parts), c.get('organisation'), act), 200);
  });
}
