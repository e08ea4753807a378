import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessStore } from '../access/accessStore.ts';
import type { LoginSettings } from '../access/people/loginSettings.ts';
import { createPeople, type LoginEvent, type People } from '../access/people/people.ts';
import type { LoginPort } from '../api/parts.ts';
import type { PersonPrincipal } from '../core/access/principal.ts';
import { repeat } from '../jobs/repeat.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { AccessParts } from './access.ts';
import type { LocalIssuer } from './localIssuer.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';

const EXPIRED_EVERY_MS = 5 * 60_000;

export interface Login {
  port: LoginPort;
  /** Of a request with a session. */
  sessionOf(request: Request): Promise<PersonPrincipal | undefined>;
  /** Tokens of a local issuer, and what it has granted; undefined without one. */
  localIssuer(): ReturnType<NonNullable<AccessParts['localIssuer']>>;
  /** What is given to persons and organisations: by the installation, and by a local issuer once it is open. */
  given(): AccessStore;
  /** Once the server listens: a local issuer has its address. */
  open(origin: string): void;
  stop(): Promise<void>;
}

/** @param own what the installation has given to persons and organisations */
export function createLogin(
  options: Pick<BridgeOptions, 'login' | 'localIssuer'>,
  parts: Pick<BridgeParts, 'sessions' | 'vault' | 'organisations' | 'log' | 'jobs'>,
  own: AccessStore,
): Login {
  let people: People | undefined;
  let local: LocalIssuer | undefined;
  let tokenIssuer: ReturnType<Login['localIssuer']>;
  let given = own;
  const peopleOf = (settings: LoginSettings, access: AccessStore) =>
    createPeople(settings, {
      sessions: parts.sessions,
      access,
      vault: parts.vault,
      now: Date.now,
      log: (event) => logged(parts.log, event),
    });
  if (options.login) people = peopleOf(options.login, own);
  const expired = repeat({
    everyMs: EXPIRED_EVERY_MS,
    work: async () => people?.removeExpired(),
    failed: (error) => parts.log.event('work.failed', { part: 'sessions', error }),
    seen: parts.jobs.enter('sessions', EXPIRED_EVERY_MS),
  });
  const { localIssuer } = options;
  return {
    port: {
      people: () => people,
      ...(localIssuer && {
        async local(request: IncomingMessage, response: ServerResponse) {
          await local?.handle(request, response);
        },
      }),
    },
    sessionOf: async (request) => people?.sessionOf(request),
    localIssuer: () => tokenIssuer,
    given: () => given,
    open(origin) {
      if (localIssuer === undefined) return;
      local = localIssuer({
        origin,
        organisations: parts.organisations.all,
        loginTag: parts.vault.loginTag,
      });
      const access = local.access(own);
      given = access;
      people = peopleOf(local.login, access);
      tokenIssuer = { maskinporten: local.maskinporten, grantsOf: access.grantsOf };
    },
    stop: () => expired.stop(),
  };
}

function logged(log: Logger, event: LoginEvent): void {
  if (event.event === 'login.succeeded')
    log.event('login.succeeded', { high: event.high, stepUp: event.stepUp });
  else log.event('login.refused', { reason: event.reason, code: event.code });
}
