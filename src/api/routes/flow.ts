import { flowOf } from '../../desk/standstill/flow.ts';
import { standingInWords } from '../../desk/standstill/standingText.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { FlowSchema } from '../schema/flowSchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { OrgParams } from './params.ts';

const route = defineRoute({
  'x-access': 'flow:read',
  method: 'get',
  path: '/organisations/{org}/flow',
  tags: ['operations'],
  summary:
    'Om hver strøm kommer som den skal, og alt som står stille: hva, siden når, hvorfor og hva du gjør',
  request: { params: OrgParams },
  responses: {
    200: { description: 'Strømmene', content: { 'application/json': { schema: FlowSchema } } },
    ...refusals({ 404: 'Ukjent organisasjon' }),
  },
});

export function flowRoutes(
  api: Api,
  parts: ReadingParts & Pick<ApiParts, 'subscriptions' | 'laneLook' | 'policyOf' | 'navAs'>,
): void {
  api.openapi(route, async (c) => {
    c.get('audit').subjects([]);
    const desk = { ...deskFor(c, parts), nav: parts.navAs(c.get('permission')) };
    const { feeds, lists, standing } = await flowOf(desk, c.get('organisation'));
    return c.json({ feeds, lists, standing: standing.map((each) => standingInWords('nb', each)) }, 200);
  });
}
