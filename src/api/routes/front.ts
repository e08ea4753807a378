import { z } from '@hono/zod-openapi';
import { accepts } from 'hono/accepts';
import { todayOf } from '../../desk/organisationToday.ts';
import type { Api } from '../apiEnv.ts';
import { frontPage } from '../front/frontPage.ts';
import { FrontSchema, frontView } from '../front/frontView.ts';
import { PAGE_HEADERS } from '../front/page.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';

const route = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/',
  tags: ['internal'],
  summary: 'Hva dette er, og hvor du går videre; en side for den som kommer med nettleser',
  responses: {
    200: {
      description: 'Adressene å begynne med',
      content: { 'application/json': { schema: FrontSchema }, 'text/html': { schema: z.string() } },
    },
    ...refusals({}),
  },
});

export function frontRoutes(
  api: Api,
  parts: Pick<ApiParts, 'organisations' | 'operations' | 'now' | 'login'>,
): void {
  api.openapi(route, async (c) => {
    const front = frontView(
      await Promise.all(
        parts.organisations.map(async (organisation) => ({
          organisation,
          today: await todayOf(parts, organisation),
        })),
      ),
      parts.login.people() !== undefined,
    );
    c.header('vary', 'Accept');
    const wanted = accepts(c, {
      header: 'Accept',
      supports: ['application/json', 'text/html'],
      default: 'application/json',
    });
    if (wanted !== 'text/html') return c.json(front, 200);
    for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value);
    return c.html(await frontPage(front, c.get('caller'), parts.login.local !== undefined), 200);
  });
}
