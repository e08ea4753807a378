import { randomUUID } from 'node:crypto';
import type { AccessStore } from '../../src/access/accessStore.ts';
import type { LoginSettings } from '../../src/access/people/loginSettings.ts';
import { createPeople, type LoginEvent, type People } from '../../src/access/people/people.ts';
import { framesFromElsewhere, opensFromElsewhere } from '../../src/api/openedFromElsewhere.ts';
import type { Fences } from '../../src/api/parts.ts';
import { type ApiServer, startServer } from '../../src/api/server.ts';
import { accessControlOf, OPEN } from '../../src/bridge/access.ts';
import { createMemorySessions } from '../../src/store/memory/sessions.ts';
import type { Sessions } from '../../src/store/sessionsPort.ts';
import { createVault } from '../../src/store/vault.ts';
import { appOf, type TestParts, testParts } from '../api/parts.ts';

/** One instance of the API with login, on a port of its own. */
export interface LoginServer extends ApiServer {
  people: People;
  /** What was logged of logins. */
  logged: LoginEvent[];
  parts: TestParts;
}

export interface LoginServerOptions {
  /** Everything but the address of this server, which an issuer must know. */
  settings(origin: string): Promise<Omit<LoginSettings, 'publicUrl'>> | Omit<LoginSettings, 'publicUrl'>;
  sessions?: Sessions;
  rolesOf?: AccessStore['rolesOf'];
  /** Of sessions; issuers and their tokens go by the real time. */
  now?: () => number;
  /** Where browsers come in, when it is not this server. */
  publicUrl?: string;
}

export async function startLoginServer(options: LoginServerOptions): Promise<LoginServer> {
  const parts = testParts();
  const logged: LoginEvent[] = [];
  let people: People | undefined;
  const { app } = appOf({
    ...parts,
    access: accessControlOf(OPEN, {
      grantsOf: async () => [],
      sessionOf: async (request) => people?.sessionOf(request),
      now: Date.now,
      onIssuerTrouble: (error) => parts.problems.push({ id: 'issuer', error }),
    }),
    login: { people: () => people },
    fences: loginFences(parts),
  });
  const server = await startServer({
    fetch: (request, bindings) => app.fetch(request, bindings),
    loopbackOnly: true,
    host: '127.0.0.1',
    port: 0,
    logProblem: (problem) => parts.problems.push(problem),
    newId: randomUUID,
  });
  const publicUrl = options.publicUrl ?? server.url;
  people = createPeople(
    { ...(await options.settings(publicUrl)), publicUrl },
    {
      sessions: options.sessions ?? createMemorySessions(),
      access: { rolesOf: options.rolesOf ?? (async () => []) },
      vault: createVault(Buffer.alloc(32, 7)),
      now: options.now ?? Date.now,
      log: (event) => logged.push(event),
    },
  );
  return { ...server, people, logged, parts };
}

/** As the bridge has them: an issuer sends browsers here. */
export function loginFences(parts: TestParts): Fences {
  const own = { ...parts.fences.own, opensFromElsewhere: opensFromElsewhere(true), framesFromElsewhere };
  return { ...parts.fences, own };
}
