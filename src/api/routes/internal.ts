import { z } from '@hono/zod-openapi';
import type { Api } from '../apiEnv.ts';
import { HttpProblem } from '../httpProblem.ts';
import { INTERNAL_PATHS } from '../internalPaths.ts';
import type { ApiParts } from '../parts.ts';
import { defineRoute } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';

const Ok = z.object({ ok: z.literal(true) }).openapi('Ok');

const alive = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: INTERNAL_PATHS.alive,
  tags: ['internal'],
  summary: 'Gjør den framskritt? 503 betyr: start på nytt',
  responses: {
    200: { description: 'Ja', content: { 'application/json': { schema: Ok } } },
    ...refusals({ 503: 'Delene som står stille' }),
  },
});

const ready = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: INTERNAL_PATHS.ready,
  tags: ['internal'],
  summary: 'Kan den ta imot nå? 503 betyr: vent',
  responses: {
    200: { description: 'Ja', content: { 'application/json': { schema: Ok } } },
    ...refusals({ 503: 'Delene som ikke er klare' }),
  },
});

const metrics = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: INTERNAL_PATHS.metrics,
  tags: ['internal'],
  summary: 'Måltall i Prometheus-format',
  responses: {
    200: { description: 'Måltallene', content: { 'text/plain': { schema: z.string() } } },
    ...refusals({}),
  },
});

export function internalRoutes(api: Api, parts: Pick<ApiParts, 'health' | 'metrics'>): void {
  api.openapi(alive, (c) => {
    const stuck = parts.health.stuck();
    if (stuck.length > 0)
      throw new HttpProblem('NOT_ALIVE', `Står stille: ${stuck.join(', ')}.`, { parts: stuck });
    return c.json({ ok: true as const }, 200);
  });
  api.openapi(ready, async (c) => {
    const waiting = await parts.health.notReady();
    if (waiting.length > 0) {
      throw new HttpProblem('NOT_READY', `Ikke klar ennå: ${waiting.join(', ')}.`, {
        parts: waiting,
        retryAfterSeconds: 5,
      });
    }
    return c.json({ ok: true as const }, 200);
  });
  api.openapi(metrics, async (c) =>
    c.text(await parts.metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
}
