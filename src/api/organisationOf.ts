import type { Context, MiddlewareHandler } from 'hono';
import type { Organisation } from '../core/organisation.ts';
import type { ApiEnv } from './apiEnv.ts';
import { HttpProblem } from './httpProblem.ts';

/** On every path below an organisation: an unknown one is refused before any lookup. */
export function organisationOf(organisations: readonly Organisation[]): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (isKnown(c)) c.set('organisation', organisationNamed(organisations, c.req.param('org') ?? ''));
    await next();
  };
}

/** On the short addresses: the organisation of the header, or the only one on real time. */
export function organisationOfHeader(organisations: readonly Organisation[]): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (isKnown(c)) c.set('organisation', organisationMeant(organisations, c.req.header('x-organisasjon')));
    await next();
  };
}

/** The guard refuses all others: they do not learn which organisations there are. */
function isKnown(c: Context<ApiEnv>): boolean {
  return c.get('caller') !== undefined;
}

/** @throws HttpProblem UNKNOWN_ORGANISATION, ORGANISATION_NEEDED */
function organisationMeant(organisations: readonly Organisation[], header: string | undefined): Organisation {
  if (header !== undefined) return organisationNamed(organisations, header);
  const [only, another] = organisations.filter((organisation) => !organisation.virtualClock);
  if (only && !another) return only;
  throw new HttpProblem(
    'ORGANISATION_NEEDED',
    'Den korte adressen kan ikke vite hvem dette gjelder. Oppgi organisasjonen i hodet X-Organisasjon, eller bruk /organisations/{org}/feeds/{feed}.',
  );
}

function organisationNamed(organisations: readonly Organisation[], id: string): Organisation {
  const found = organisations.find((organisation) => organisation.id === id);
  if (found) return found;
  throw new HttpProblem(
    'UNKNOWN_ORGANISATION',
    'Organisasjonen er ikke satt opp her. Skriv den som i emnenavnene, for eksempel «vestfoldfylke-no».',
  );
}
