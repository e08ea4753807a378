import type { Conflict } from './conflict.ts';
import type { Settings, Variable } from './environment.ts';
import { isLoopback } from './loopback.ts';

// Who may call is decided by where the API listens and which issuers it knows, never by a switch that turns a lock off.

const NEED_MASKINPORTEN = [
  'MASKINPORTEN_AUDIENCE',
  'MASKINPORTEN_SCOPE_PREFIX',
  'MASKINPORTEN_DELEGATION_SOURCE',
  'MASKINPORTEN_WELL_KNOWN_URL',
  'MASKINPORTEN_JWKS_URI',
] as const;
const NEED_LOGIN = [
  'LOGIN_CLIENT_ID',
  'LOGIN_CLIENT_KEY_FILE',
  'LOGIN_RESOURCE',
  'LOGIN_ACR',
  'LOGIN_TENANT',
] as const;
const FENCES = ['PUBLIC_URL', 'MASKINPORTEN_ISSUER', 'LOGIN_ISSUER'] as const;

export function accessConflicts(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  return [...together(given), ...mode(set, given)];
}

function together(given: (name: Variable) => boolean): Conflict[] {
  const needing = (names: readonly Variable[], need: Variable) =>
    given(need) ? [] : names.filter(given).map((name) => ({ name, text: `virker ikke uten ${need}` }));
  const needed = (names: readonly Variable[], by: Variable) =>
    given(by)
      ? names.filter((name) => !given(name)).map((name) => ({ name, text: `må settes når ${by} er satt` }))
      : [];
  return [
    ...needing(NEED_MASKINPORTEN, 'MASKINPORTEN_ISSUER'),
    ...needed(['MASKINPORTEN_AUDIENCE'], 'MASKINPORTEN_ISSUER'),
    ...needing(NEED_LOGIN, 'LOGIN_ISSUER'),
    ...needed(['LOGIN_CLIENT_ID', 'LOGIN_CLIENT_KEY_FILE'], 'LOGIN_ISSUER'),
  ];
}

function mode(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  // A process that only consumes answers no callers.
  if (!(set.ROLES?.includes('api') ?? true)) return [];
  const lacking = FENCES.filter((name) => !given(name));
  if (set.HTTP_HOST !== undefined && !isLoopback(set.HTTP_HOST)) {
    if (lacking.length > 0) {
      return [
        { name: 'HTTP_HOST', text: `kan bare være loopback (127.0.0.1) uten ${listed(lacking)}: sett dem` },
      ];
    }
    return plainAddress(set);
  }
  if (set.OT_ENVIRONMENT === 'production') {
    if (lacking.length > 0) {
      const why = 'også på 127.0.0.1, for bak en omvendt proxy er alle lokale';
      return [
        {
          name: 'OT_ENVIRONMENT',
          text: `kan ikke være production uten ${listed(lacking)}, ${why}: sett dem`,
        },
      ];
    }
    return plainAddress(set);
  }
  return openBehindProxy(set, given);
}

function plainAddress({ PUBLIC_URL }: Settings): Conflict[] {
  if (PUBLIC_URL === undefined || PUBLIC_URL.startsWith('https:')) return [];
  return [{ name: 'PUBLIC_URL', text: 'skal være en https-adresse når andre enn denne maskinen når API-et' }];
}

/** Without issuers every caller may do everything: the address must stay on this machine. */
function openBehindProxy(set: Settings, given: (name: Variable) => boolean): Conflict[] {
  if (given('MASKINPORTEN_ISSUER') || given('LOGIN_ISSUER')) return [];
  const cure = 'sett MASKINPORTEN_ISSUER eller LOGIN_ISSUER, ellers kan alle utenfra gjøre alt';
  const found: Conflict[] = [];
  if (set.PUBLIC_URL !== undefined && !isLoopback(new URL(set.PUBLIC_URL).hostname)) {
    found.push({ name: 'PUBLIC_URL', text: `kan bare være en loopback-adresse uten innlogging: ${cure}` });
  }
  if (given('TRUSTED_PROXY')) {
    found.push({ name: 'TRUSTED_PROXY', text: `kan ikke brukes uten innlogging: ${cure}` });
  }
  return found;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} og ${names.at(-1)}`;
}
