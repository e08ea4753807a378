import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { HttpProblem } from '../httpProblem.ts';
import type { ApiParts } from '../parts.ts';
import { addRaw, defineRoute } from '../route.ts';

export const LOCAL_LOGIN_PATH = '/lokal-innlogging';

const responses = { 200: { description: 'Fra den lokale utstederen' } };
const read = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: LOCAL_LOGIN_PATH,
  hide: true,
  responses,
});
const write = defineRoute({
  'x-access': 'public',
  method: 'post',
  path: LOCAL_LOGIN_PATH,
  hide: true,
  responses,
});

/** An issuer of this very process, to try with. It answers by itself: 404 where there is none. */
export function localLoginRoutes(api: Api, { login }: Pick<ApiParts, 'login'>): void {
  const answer = async (c: Context<ApiEnv>) => {
    const { incoming, outgoing }: Partial<HttpBindings> = c.env ?? {};
    if (login.local === undefined || incoming === undefined || outgoing === undefined) throw absent();
    if (!('setHeader' in outgoing) || !('socket' in incoming)) throw absent();
    await login.local(incoming, outgoing);
    return RESPONSE_ALREADY_SENT;
  };
  for (const route of [read, write]) {
    addRaw(api, route, answer);
    addRaw(api, route, answer, `${LOCAL_LOGIN_PATH}/*`);
  }
}

function absent(): HttpProblem {
  return new HttpProblem(
    'NOT_FOUND',
    'Her er det ingen lokal innlogging: den finnes bare når du prøver broen på din egen maskin.',
  );
}
