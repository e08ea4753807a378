import { z } from '@hono/zod-openapi';
import type { Api } from '../apiEnv.ts';
import type { ApiParts } from '../parts.ts';
import { addRaw, defineRoute } from '../route.ts';

const ROOT = '/schema-registry';

/** Described as one path: what lies below is Confluent's read API, which its clients know by heart. */
const route = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: `${ROOT}/{path}`,
  tags: ['schemas'],
  summary: 'Avro-skjemaene, med Confluents lesegrensesnitt',
  request: {
    params: z.object({
      path: z.string().openapi({ param: { name: 'path', in: 'path' }, example: 'schemas/ids/1' }),
    }),
  },
  responses: {
    200: {
      description: 'Som hos Confluent',
      content: { 'application/vnd.schemaregistry.v1+json': { schema: {} } },
    },
    404: {
      description: 'Confluents feilformat',
      content: {
        'application/vnd.schemaregistry.v1+json': {
          schema: z.object({ error_code: z.number().int(), message: z.string() }).openapi('RegistryError'),
        },
      },
    },
  },
});

export function schemaRegistryRoutes(api: Api, parts: Pick<ApiParts, 'registry'>): void {
  const answer = (path: string) => {
    const { status, body } = parts.registry(path);
    const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
    return new Response(JSON.stringify(body), { status, headers });
  };
  addRaw(api, route, (c) => answer(c.req.path.slice(ROOT.length)), `${ROOT}/*`);
}
