import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';
import { IssuerAway } from '../../access/people/loginIssuer.ts';
import type { LoginRefusal, People } from '../../access/people/people.ts';
import { isOwnPath } from '../../access/people/returnPath.ts';
import { isLoopback } from '../../config/loopback.ts';
import type { Api, ApiEnv } from '../apiEnv.ts';
import { smallForm } from '../body/smallForm.ts';
import { loggedOut, loginStopped } from '../front/loginPages.ts';
import { PAGE_HEADERS } from '../front/page.ts';
import { HttpProblem, problemResponse } from '../httpProblem.ts';
import { fromOwnPage } from '../ownOrigin.ts';
import type { ApiParts } from '../parts.ts';
import { REFUSALS, type RefusalCode } from '../refusalCodes.ts';
import { addRaw, defineRoute, prepare } from '../route.ts';
import { refusals } from '../schema/problemSchema.ts';

const tags = ['login'];
const PAGE = { 'text/html': { schema: z.string() } };

const begin = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/login',
  tags,
  summary: 'Send nettleseren til innloggingen',
  request: {
    query: z.object({
      return: z
        .string()
        .refine(isOwnPath)
        .optional()
        .openapi({ description: 'Siden å komme tilbake til: en sti her.', example: '/' }),
      'step-up': z
        .literal('1')
        .optional()
        .openapi({ description: 'Må logge inn på nytt, også om hun er innlogget.' }),
    }),
  },
  responses: {
    303: { description: 'Til innloggingen' },
    ...refusals({ 400: 'Ikke en sti her', 404: 'Ingen innlogging', 503: 'Innloggingen svarer ikke' }),
  },
});

const callback = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/login/callback',
  tags,
  summary: 'Nettleseren kommer tilbake fra innloggingen',
  responses: {
    303: { description: 'Innlogget, til siden hun kom fra' },
    ...refusals({
      400: 'Ikke fullført',
      403: 'Ikke sterk nok, eller ikke for her',
      404: 'Ingen innlogging',
      503: 'Innloggingen svarer ikke',
    }),
  },
});

const out = defineRoute({
  'x-access': 'public',
  method: 'post',
  path: '/logout',
  tags,
  summary: 'Logg ut her, og så der hun logget inn',
  responses: {
    200: { description: 'Logget ut', content: PAGE },
    ...refusals({ 403: 'Fra et annet nettsted', 404: 'Ingen innlogging' }),
  },
});

const backChannel = defineRoute({
  'x-access': 'public',
  method: 'post',
  path: '/login/backchannel-logout',
  tags,
  summary: 'Utstederen logger noen ut (OpenID Connect Back-Channel Logout)',
  middleware: smallForm,
  request: {
    body: {
      required: true,
      content: { 'application/x-www-form-urlencoded': { schema: z.object({ logout_token: z.string() }) } },
    },
  },
  responses: {
    200: { description: 'Logget ut' },
    ...refusals({
      400: 'Ikke et utloggingstoken herfra',
      404: 'Ingen innlogging',
      413: 'For stort',
      415: 'Ikke et skjema',
      503: 'Utstederens nøkler kan ikke hentes',
    }),
  },
});

const frontChannel = defineRoute({
  'x-access': 'public',
  method: 'get',
  path: '/login/frontchannel-logout',
  tags,
  summary: 'Utstederen logger noen ut gjennom nettleseren (OpenID Connect Front-Channel Logout)',
  request: { query: z.object({ iss: z.string().optional(), sid: z.string().optional() }) },
  responses: {
    200: { description: 'Mottatt, også når ingen var innlogget', content: PAGE },
    ...refusals({ 404: 'Ingen innlogging', 503: 'Utstederen svarer ikke' }),
  },
});

const STOPPED: Readonly<Record<LoginRefusal, { code: RefusalCode; detail: string }>> = {
  LOST: {
    code: 'LOGIN_FAILED',
    detail:
      'Innloggingen er brukt, for gammel eller begynt i en annen nettleser. Logg inn på nytt, og bruk samme nettleser hele veien.',
  },
  REFUSED: {
    code: 'LOGIN_FAILED',
    detail: 'Innloggingen ble avbrutt, eller svaret derfra kunne ikke godtas. Logg inn på nytt.',
  },
  ISSUER_AWAY: { code: 'ISSUER_AWAY', detail: 'Innloggingen svarer ikke nå. Prøv igjen om litt.' },
  FOREIGN: {
    code: 'LOGIN_FOREIGN',
    detail:
      'Du logget inn som en annen, eller med en konto som ikke hører til her. Logg inn på nytt med kontoen din i fylkeskommunen.',
  },
  TOO_WEAK: {
    code: 'LOGIN_TOO_WEAK',
    detail:
      'Dette krever en ny innlogging på et høyere nivå. Logg inn på nytt med BankID, Buypass eller Commfides, eller slik fylkeskommunen har bestemt.',
  },
};

/** Login of people and the end of it. Answers a browser with pages. */
export function loginRoutes(api: Api, { login }: Pick<ApiParts, 'login'>): void {
  const local = login.local !== undefined;
  const people = (): People => {
    const found = login.people();
    if (found !== undefined) return found;
    throw new HttpProblem('NOT_FOUND', 'Her er det ingen innlogging: LOGIN_ISSUER er ikke satt.');
  };
  const stopped = async (c: Context<ApiEnv>, reason: LoginRefusal) => {
    const { code, detail } = STOPPED[reason];
    const supports = ['application/problem+json', 'text/html'];
    if (accepts(c, { header: 'Accept', supports, default: 'application/problem+json' }) !== 'text/html')
      return problemResponse(new HttpProblem(code, detail));
    const { status, title } = REFUSALS[code];
    return pageResponse(await loginStopped(title, detail, local), status);
  };

  api.openapi(begin, async (c) => {
    const here = new URL(c.req.url);
    const { origin } = people();
    // Cookies belong to a name: a login begun at `localhost` would not be known at 127.0.0.1.
    if (isLoopback(here.hostname) && isLoopback(new URL(origin).hostname) && here.origin !== origin)
      return goTo(`${origin}${here.pathname}${here.search}`, []);
    const { return: returnTo = '/', 'step-up': stepUp } = c.req.valid('query');
    try {
      const { location, cookies } = await people().begin(c.req.raw, returnTo, stepUp !== undefined);
      return goTo(location, cookies);
    } catch (error) {
      if (error instanceof IssuerAway) return stopped(c, 'ISSUER_AWAY');
      throw error;
    }
  });
  addRaw(api, callback, async (c) => {
    const done = await people().finish(c.req.raw);
    return done.ok ? goTo(done.location, done.cookies) : stopped(c, done.reason);
  });
  prepare(api, out, fromOwnPage(login));
  addRaw(api, out, async (c) => {
    const { location, cookies } = await people().end(c.req.raw);
    return pageResponse(await loggedOut(location, local), 200, cookies);
  });
  api.openapi(backChannel, async (c) => {
    if (await answering(people().endByToken(c.req.valid('form').logout_token))) return c.body(null, 200);
    throw new HttpProblem(
      'NOT_A_LOGOUT_TOKEN',
      'Utloggingstokenet er ikke fra utstederen til denne klienten, er for gammelt eller brukt før.',
    );
  });
  api.openapi(frontChannel, async (c) => {
    const { iss, sid } = c.req.valid('query');
    if (iss !== undefined && sid !== undefined) await answering(people().endBySession(iss, sid));
    else people();
    return pageResponse(await loggedOut(null, local), 200);
  });
}

async function answering<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw error instanceof IssuerAway
      ? new HttpProblem('ISSUER_AWAY', 'Utstederens nøkler kan ikke hentes nå. Prøv igjen om litt.')
      : error;
  });
}

function goTo(location: string, cookies: readonly string[]): Response {
  return new Response(null, { status: 303, headers: withCookies({ location }, cookies) });
}

function pageResponse(page: unknown, status: number, cookies: readonly string[] = []): Response {
  const headers = { 'content-type': 'text/html; charset=UTF-8', ...PAGE_HEADERS };
  return new Response(String(page), { status, headers: withCookies(headers, cookies) });
}

function withCookies(headers: Record<string, string>, cookies: readonly string[]): Headers {
  const all = new Headers(headers);
  for (const cookie of cookies) all.append('set-cookie', cookie);
  return all;
}
