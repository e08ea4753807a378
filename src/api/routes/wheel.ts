import { wheelOf } from '../../desk/wheelView.ts';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';
import { WheelSchema } from '../schema/wheelSchema.ts';
import { OrgParams, SchoolYearText } from './params.ts';

const route = defineRoute({
  'x-access': 'wheel:read',
  method: 'get',
  path: '/organisations/{org}/wheel/{schoolYear}',
  tags: ['wheel'],
  summary: 'Årshjulet for et skoleår, med fylkets egne datoer',
  request: {
    params: OrgParams.extend({
      schoolYear: SchoolYearText.openapi({
        param: { name: 'schoolYear', in: 'path' },
        example: '2026-27',
      }),
    }),
  },
  responses: {
    200: { description: 'Årshjulet etter dato', content: { 'application/json': { schema: WheelSchema } } },
    ...refusals({ 404: 'Ukjent organisasjon, eller ikke et skoleår' }),
  },
});

export function wheelRoutes(api: Api, parts: Pick<ApiParts, 'policyOf'>): void {
  api.openapi(route, (c) => {
    c.get('audit').subjects([]);
    return c.json(wheelOf(parts, c.get('organisation'), c.req.valid('param').schoolYear), 200);
  });
}
