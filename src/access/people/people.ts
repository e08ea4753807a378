import type { PersonKey, PersonPrincipal } from '../../core/access/principal.ts';
import { instantOf } from '../../core/time/date.ts';
import type { Sessions, StoredSession } from '../../store/sessionsPort.ts';
import type { Vault } from '../../store/vault.ts';
import type { AccessStore } from '../accessStore.ts';
import type { LoggedIn } from './claims.ts';
import { cookieNames, cookieValue, drawValue, setCookie, valueHash } from './cookies.ts';
import { createLoginIssuer, type LoginIssuer } from './loginIssuer.ts';
import type { LoginSettings } from './loginSettings.ts';
import { createLogoutTokens } from './logoutToken.ts';
import { isOwnPath } from './returnPath.ts';
import { attemptExpiresAt, expiresAt, IDLE_MS, isOver, isToBeNoted } from './sessionLife.ts';

// Login of people: to the issuer and back, the session, and out again. Nothing is kept in the process that another instance
// needs.

export type LoginRefusal =
  /** Not this browser's login, used before, or begun too long ago. */
  | 'LOST'
  /** The issuer or its answer says no. */
  | 'REFUSED'
  | 'ISSUER_AWAY'
  /** Another tenant's, or another person's than the one who had to log in again. */
  | 'FOREIGN'
  /** Lower level of assurance than asked for, or not a fresh login where one was asked for. */
  | 'TOO_WEAK';

export type LoginEvent =
  | { event: 'login.succeeded'; high: boolean; stepUp: boolean }
  | { event: 'login.refused'; reason: LoginRefusal; code: string };

export interface People {
  /** Origin that browsers know the bridge by. */
  origin: string;
  /** Of a request with a live session, with the roles in force now. */
  sessionOf(request: Request): Promise<PersonPrincipal | undefined>;
  /**
   * @param stepUp the person must prove again who they are
   * @returns where to send the browser, and cookies to set
   * @throws IssuerAway
   */
  begin(request: Request, returnTo: string, stepUp: boolean): Promise<Sent>;
  /** The browser has come back from the issuer. */
  finish(request: Request): Promise<({ ok: true } & Sent) | { ok: false; reason: LoginRefusal }>;
  /** Also without a session. `location` is null when the issuer has no address for it, or does not answer. */
  end(request: Request): Promise<{ location: string | null; cookies: readonly string[] }>;
  /** OpenID Connect Back-Channel Logout. False for what is no logout token. @throws IssuerAway */
  endByToken(token: string): Promise<boolean>;
  /** OpenID Connect Front-Channel Logout. */
  endBySession(issuer: string, sid: string): Promise<void>;
  /** Forgets what has expired. @returns how many sessions */
  removeExpired(): Promise<number>;
}

interface Sent {
  location: string;
  /** `Set-Cookie`. */
  cookies: readonly string[];
}

export interface PeopleParts {
  sessions: Sessions;
  access: Pick<AccessStore, 'rolesOf'>;
  vault: Pick<Vault, 'loginTag' | 'seal' | 'open'>;
  /** Epoch milliseconds. */
  now(): number;
  /** Also of the logins that failed; without who it was. */
  log(event: LoginEvent): void;
}

/** What a login under way remembers, sealed. */
interface Attempt {
  nonce: string;
  verifier: string;
  returnTo: string;
  /** The person who has to log in again; null for a first login. */
  again: PersonKey | null;
  stepUp: boolean;
  began: number;
}

/** Of clocks, ours and the issuer's. */
const SKEW_MS = 30_000;

export function createPeople(settings: LoginSettings, parts: PeopleParts): People {
  const { sessions, vault, now } = parts;
  const names = cookieNames(settings.publicUrl);
  const issuer = createLoginIssuer(settings, now);
  const logoutTokens = createLogoutTokens(issuer, now);
  const tag = (use: 'subject' | 'session', value: string) => vault.loginTag(use, settings.issuer, value);

  async function liveSession(request: Request): Promise<StoredSession | undefined> {
    const value = cookieValue(request.headers.get('cookie'), names.session);
    if (value === undefined) return undefined;
    const session = await sessions.sessionOf(valueHash(value));
    // Of another issuer: the installation was set up differently when it began.
    if (session === undefined || session.issuer !== settings.issuer) return undefined;
    return isOver(session, now()) ? undefined : session;
  }

  async function sessionOf(request: Request): Promise<PersonPrincipal | undefined> {
    const session = await liveSession(request);
    if (session === undefined) return undefined;
    // Asked for each time: a revoked role is gone with the next request.
    const roles = await parts.access.rolesOf(session);
    if (isToBeNoted(session, now())) await sessions.sessionSeen(session.hash, instantOf(now()));
    return {
      kind: 'person',
      name: session.person.slice(0, 12),
      key: `person:${session.person}`,
      person: session.person,
      roles,
      orgnrs: session.orgnrs,
      groups: session.groups,
      high: session.high,
      authenticated: session.authenticated,
      session: session.hash.toString('hex'),
    };
  }

  function refused(reason: LoginRefusal, code: string = reason): { ok: false; reason: LoginRefusal } {
    parts.log({ event: 'login.refused', reason, code });
    return { ok: false, reason };
  }

  return {
    origin: new URL(settings.publicUrl).origin,
    sessionOf,
    async begin(request, returnTo, stepUp) {
      const session = stepUp ? await liveSession(request) : undefined;
      const state = drawValue();
      const attempt: Attempt = {
        nonce: drawValue(),
        verifier: drawValue(),
        returnTo: isOwnPath(returnTo) ? returnTo : '/',
        again: session?.person ?? null,
        stepUp,
        began: now(),
      };
      const location = await issuer.ask({ state, ...attempt });
      // One cookie for the logins of all tabs: each is found by the cookie and its own state.
      const cookie = cookieValue(request.headers.get('cookie'), names.login) ?? drawValue();
      await sessions.addAttempt({
        hash: valueHash(cookie, state),
        sealed: vault.seal(Buffer.from(JSON.stringify(attempt))),
        expires: attemptExpiresAt(now()),
      });
      return { location: location.href, cookies: [setCookie(names.login, cookie, names)] };
    },
    async finish(request) {
      const returned = new URL(request.url);
      const attempt = await takeAttempt(request, returned.searchParams.get('state'));
      if (attempt === undefined) return refused('LOST');
      const { state, ...remembered } = attempt;
      const answer = await issuer.answer(returned, { state, ...remembered });
      if (!answer.ok) return refused(answer.reason, answer.code);
      const { who } = answer;
      const person = personOf(who);
      if (remembered.again !== null && remembered.again !== person) return refused('FOREIGN', 'OTHER_PERSON');
      if (!who.enough) return refused('TOO_WEAK');
      if (remembered.stepUp && !isFresh(who, remembered.began)) return refused('TOO_WEAK', 'NOT_FRESH');
      const cookie = await replaceSession(request, who, person);
      parts.log({ event: 'login.succeeded', high: who.high, stepUp: remembered.stepUp });
      return { ok: true, location: remembered.returnTo, cookies: [setCookie(names.session, cookie, names)] };
    },
    async end(request) {
      const value = cookieValue(request.headers.get('cookie'), names.session);
      const had = value !== undefined && (await sessions.removeSession(valueHash(value)));
      return {
        location: had ? await endSessionAddress(issuer) : null,
        // A fresh value, not a removed cookie: browsers show a page from before the log-out again after Back unless a
        // cookie of the page has changed.
        cookies: [setCookie(names.session, drawValue(), names)],
      };
    },
    async endByToken(token) {
      const out = await logoutTokens.read(token);
      if (out === undefined) return false;
      const { subject, sid, tokenId } = out;
      if (!(await sessions.noteLogoutToken(valueHash(settings.issuer, tokenId), attemptExpiresAt(now()))))
        return false;
      await sessions.removeSessions({
        ...(subject !== null && { subject: tag('subject', subject) }),
        ...(sid !== null && { sid: tag('session', sid) }),
      });
      return true;
    },
    async endBySession(named, sid) {
      if (named === (await issuer.identity()).issuer)
        await sessions.removeSessions({ sid: tag('session', sid) });
    },
    removeExpired: () => sessions.removeExpired(instantOf(now()), instantOf(now() - IDLE_MS)),
  };

  async function takeAttempt(
    request: Request,
    state: string | null,
  ): Promise<(Attempt & { state: string }) | undefined> {
    const cookie = cookieValue(request.headers.get('cookie'), names.login);
    if (cookie === undefined || state === null) return undefined;
    const taken = await sessions.takeAttempt(valueHash(cookie, state));
    if (taken === undefined || taken.expires <= instantOf(now())) return undefined;
    return { ...JSON.parse(vault.open(taken.sealed).toString()), state };
  }

  /** Another cookie than before the login: one that was planted in the browser opens nothing. */
  async function replaceSession(request: Request, who: LoggedIn, person: PersonKey): Promise<string> {
    const before = cookieValue(request.headers.get('cookie'), names.session);
    if (before !== undefined) await sessions.removeSession(valueHash(before));
    const cookie = drawValue();
    const at = now();
    await sessions.addSession({
      hash: valueHash(cookie),
      issuer: settings.issuer,
      person,
      subject: tag('subject', who.subject),
      sid: who.sid === null ? null : tag('session', who.sid),
      orgnrs: who.orgnrs,
      groups: who.groups,
      acr: who.acr,
      high: who.high,
      // An issuer that does not say when: nothing that needs a fresh login is permitted.
      authenticated: instantOf(Math.min((who.authenticated ?? 0) * 1_000, at)),
      created: instantOf(at),
      seen: instantOf(at),
      expires: expiresAt(at),
    });
    return cookie;
  }

  function personOf({ person }: LoggedIn): PersonKey {
    return vault.loginTag('person', settings.issuer, person).toString('hex') as PersonKey;
  }
}

function isFresh({ authenticated }: LoggedIn, began: number): boolean {
  return authenticated !== null && authenticated * 1_000 >= began - SKEW_MS;
}

async function endSessionAddress(issuer: LoginIssuer): Promise<string | null> {
  // The session here is over in any case.
  return issuer.endSession().then(
    (address) => address?.href ?? null,
    () => null,
  );
}
