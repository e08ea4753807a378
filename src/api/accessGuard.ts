import type { Context, MiddlewareHandler } from 'hono';
import type { Access } from '../core/access/access.ts';
import type { AccessRefusal, Permission } from '../core/access/permission.ts';
import type { Principal } from '../core/access/principal.ts';
import type { AccessControl } from './access.ts';
import type { ApiEnv } from './apiEnv.ts';
import { HttpProblem } from './httpProblem.ts';

/** Before all routes: finds out who calls. */
export function identifyCaller(control: AccessControl): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    c.set('control', control);
    c.set('caller', await control.principalOf(c.req.raw, c.env?.incoming?.socket.remoteAddress ?? null));
    await next();
  };
}

/** Before one route: the caller may use it, or gets 401 or 403. */
export function requireAccess(access: Access): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    if (access === 'public') return next();
    const control = c.get('control');
    const caller = c.get('caller');
    if (caller === undefined) throw missing(control.challenge);
    const asked = { feed: c.req.param('feed') ?? null };
    const decision = control.decide(caller, access, c.get('organisation') ?? null, asked);
    if (!decision.permitted) throw refused(decision.refusal, access, control.challenge);
    c.set('principal', caller);
    c.set('permission', decision.permission);
    await next();
  };
}

/** The same question as before the route, for an answer that lasts. @throws HttpProblem when it is no longer permitted */
export async function decideAgain(
  c: Context<ApiEnv>,
  access: Access,
): Promise<{ principal: Principal; permission: Permission }> {
  const control = c.get('control');
  const principal = await control.principalOf(c.req.raw, c.env?.incoming?.socket.remoteAddress ?? null);
  if (principal === undefined) throw missing(control.challenge);
  const decision = control.decide(principal, access, c.get('organisation'), { feed: null });
  if (!decision.permitted) throw refused(decision.refusal, access, control.challenge);
  return { principal, permission: decision.permission };
}

/** What the caller may do on a feed that the address does not name. @throws HttpProblem when it is nothing */
export function permissionOn(c: Context<ApiEnv>, access: Access, feed: string): Permission {
  const control = c.get('control');
  const decision = control.decide(c.get('principal'), access, c.get('organisation'), { feed });
  if (!decision.permitted) throw refused(decision.refusal, access, control.challenge);
  return decision.permission;
}

function missing(challenge: string): HttpProblem {
  return new HttpProblem('TOKEN_MISSING', 'Adressen krever et token eller innlogging.', { challenge });
}

function refused(refusal: AccessRefusal, access: Access, challenge: string): HttpProblem {
  switch (refusal.code) {
    case 'SCOPE_MISSING':
      return new HttpProblem(
        'SCOPE_MISSING',
        `Tokenet mangler scopet ${refusal.scope}. Be om det i Maskinporten.`,
        {
          challenge: `${challenge}, error="insufficient_scope", scope="${refusal.scope}"`,
        },
      );
    case 'NO_GRANT':
      return new HttpProblem(
        'NO_GRANT',
        'Organisasjonsnummeret har ikke avtale om dette her. Be fylkeskommunen om tilgang.',
      );
    case 'LOGIN_TOO_OLD':
      return new HttpProblem(
        'LOGIN_TOO_OLD',
        'Dette krever at du nettopp har logget inn på høyt nivå. Logg inn på nytt.',
        {
          challenge,
        },
      );
    case 'NOT_PERMITTED':
      return new HttpProblem(
        'NOT_PERMITTED',
        `Du har ikke tilgangen ${access} her. Be den som styrer tilgangene om den.`,
      );
  }
}
