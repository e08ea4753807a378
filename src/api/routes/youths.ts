import { z } from '@hono/zod-openapi';
import { entryNamedBy, refAsked, youthNamedBy } from '../../desk/subscriptions/names.ts';
import { youthHistory, youthNamed } from '../../desk/youths/youths.ts';
import type { Api } from '../apiEnv.ts';
import { deskFor, type ReadingParts } from '../deskFor.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { EntrySchema } from '../schema/historySchema.ts';
import { refusals } from '../schema/problemSchema.ts';
import { YouthSchema } from '../schema/youthSchema.ts';
import { AnyRefParams } from './params.ts';

const youth = defineRoute({
  'x-access': 'youth:read',
  method: 'get',
  path: '/organisations/{org}/youths/{ref}',
  tags: ['youths'],
  summary: 'Registreringer og åpne varsler for en ungdom',
  request: { params: AnyRefParams },
  responses: {
    200: { description: 'Ungdommen', content: { 'application/json': { schema: YouthSchema } } },
    ...refusals({ 404: 'Ukjent ungdom' }),
  },
});

const history = defineRoute({
  'x-access': 'youth:read',
  method: 'get',
  path: '/organisations/{org}/youths/{ref}/history',
  tags: ['youths'],
  summary: 'Alt som er meldt og avgjort om en ungdom, eldst først, med regel og begrunnelse',
  request: { params: AnyRefParams },
  responses: {
    200: {
      description: 'Historikken',
      content: {
        'application/json': { schema: z.object({ ref: z.string(), entries: z.array(EntrySchema) }) },
      },
    },
    ...refusals({ 404: 'Ukjent ungdom' }),
  },
});

export function youthRoutes(
  api: Api,
  parts: ReadingParts & Pick<ApiParts, 'policyOf' | 'agreementsOf' | 'vault' | 'newId'>,
): void {
  api.openapi(youth, async (c) => {
    const { ref, names } = refAsked(
      parts,
      c.get('organisation'),
      c.get('principal'),
      c.req.valid('param').ref,
    );
    const { masked } = c.get('permission');
    const shown = await youthNamed(deskFor(c, parts), c.get('organisation'), { ref, masked });
    c.get('audit').subjects([shown.ref]);
    return c.json(youthNamedBy(names, shown), 200);
  });
  api.openapi(history, async (c) => {
    const { ref, names } = refAsked(
      parts,
      c.get('organisation'),
      c.get('principal'),
      c.req.valid('param').ref,
    );
    const { masked } = c.get('permission');
    const entries = await youthHistory(deskFor(c, parts), c.get('organisation'), { ref, masked });
    c.get('audit').subjects([ref]);
    return c.json({ ref: names.ref(ref), entries: entries.map((each) => entryNamedBy(names, each)) }, 200);
  });
}
