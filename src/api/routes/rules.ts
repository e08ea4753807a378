import { z } from '@hono/zod-openapi';
import { codeListPage, codeLists } from '../../desk/rules/codeListViews.ts';
import { ruleNamed, ruleViews } from '../../desk/rules/ruleViews.ts';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { CodeListSchema, CodeListsSchema, RuleSchema, RulesSchema } from '../schema/ruleSchema.ts';
import { wholeNumberOr } from '../schema/wholeNumber.ts';
import { Limit, OrgParams } from './params.ts';

const rules = defineRoute({
  'x-access': 'rule:read',
  method: 'get',
  path: '/organisations/{org}/rules',
  tags: ['rules'],
  summary: 'Alle reglene: setning, kilde, hva de fører til, og testene som holder dem',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Reglene', content: { 'application/json': { schema: RulesSchema } } },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

const rule = defineRoute({
  'x-access': 'rule:read',
  method: 'get',
  path: '/organisations/{org}/rules/{rule}',
  tags: ['rules'],
  summary: 'En regel',
  request: {
    params: OrgParams.extend({
      rule: z
        .string()
        .regex(/^[A-Z]\d{1,2}$/)
        .openapi({ param: { name: 'rule', in: 'path' }, example: 'R27' }),
    }),
  },
  responses: {
    200: { description: 'Regelen', content: { 'application/json': { schema: RuleSchema } } },
    ...refusals({ 404: 'Ukjent organisasjon eller regel' }),
  },
});

const lists = defineRoute({
  'x-access': 'rule:read',
  method: 'get',
  path: '/organisations/{org}/codelists',
  tags: ['rules'],
  summary: 'Kodelistene broen leser etter, hver utgave for seg',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Kodelistene', content: { 'application/json': { schema: CodeListsSchema } } },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

const list = defineRoute({
  'x-access': 'rule:read',
  method: 'get',
  path: '/organisations/{org}/codelists/{list}',
  tags: ['rules'],
  summary: 'Kodene i en liste, med offisielt navn og når de gjelder',
  request: {
    params: OrgParams.extend({
      list: z
        .string()
        .regex(/^[\w-]{1,40}$/)
        .openapi({ param: { name: 'list', in: 'path' }, example: 'OT-2016-07' }),
    }),
    query: z.object({
      after: wholeNumberOr(0, 0, 100_000).openapi({ description: '`next` fra siden før.' }),
      limit: Limit,
    }),
  },
  responses: {
    200: { description: 'Kodene', content: { 'application/json': { schema: CodeListSchema } } },
    ...refusals({ 400: 'Spørringen er ugyldig', 404: 'Ukjent organisasjon eller kodeliste' }),
  },
});

export function ruleRoutes(api: Api, { policyOf }: Pick<ApiParts, 'policyOf'>): void {
  api.openapi(rules, async (c) => {
    c.get('audit').subjects([]);
    return c.json({ rules: ruleViews(policyOf(c.get('organisation').id)) }, 200);
  });
  api.openapi(rule, async (c) => {
    c.get('audit').subjects([]);
    return c.json(ruleNamed(policyOf(c.get('organisation').id), c.req.valid('param').rule), 200);
  });
  api.openapi(lists, async (c) => {
    c.get('audit').subjects([]);
    return c.json({ lists: codeLists() }, 200);
  });
  api.openapi(list, async (c) => {
    c.get('audit').subjects([]);
    return c.json(codeListPage(c.req.valid('param').list, c.req.valid('query')), 200);
  });
}
