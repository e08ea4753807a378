import { randomUUID } from 'node:crypto';
import type { AccessStore } from '../../src/access/accessStore.ts';
import { type ApiServer, startServer } from '../../src/api/server.ts';
import { accessControlOf, OPEN } from '../../src/bridge/access.ts';
import { createLogin } from '../../src/bridge/login.ts';
import { createOrganisations } from '../../src/bridge/organisations.ts';
import { createLocalIssuer } from '../../src/local/login/localIssuer.ts';
import type { AccessHolder } from '../../src/store/accessPort.ts';
import { createMemorySessions } from '../../src/store/memory/sessions.ts';
import { createJobBook } from '../../src/telemetry/jobBook.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { appOf, type TestParts, testParts } from '../api/parts.ts';
import { loginFences } from './loginServer.ts';

/** The API as `npm start` opens it: everything permitted on this machine, and a local login to try with.
 *  @param issuing false: as in an installation without development dependencies */
export async function startLocalLoginServer(
  issuing = true,
  parts: TestParts = testParts(),
): Promise<ApiServer> {
  const given: AccessStore = { grantsOf: async () => [], rolesOf: async () => [] };
  const login = createLogin(
    issuing ? { localIssuer: createLocalIssuer } : {},
    {
      sessions: createMemorySessions(),
      vault: parts.vault,
      organisations: createOrganisations(parts.organisations),
      log: createLogger({ level: 'silent' }),
      jobs: createJobBook(Date.now),
    },
    given,
  );
  const access = accessControlOf(OPEN, {
    grantsOf: given.grantsOf,
    sessionOf: login.sessionOf,
    localIssuer: login.localIssuer,
    now: Date.now,
    onIssuerTrouble: (error) => parts.problems.push({ id: 'issuer', error }),
  });
  const { app } = appOf({ ...parts, access, login: login.port, fences: loginFences(parts) });
  const server = await startServer({
    fetch: (request, bindings) => app.fetch(request, bindings),
    loopbackOnly: true,
    host: '127.0.0.1',
    port: 0,
    logProblem: (problem) => parts.problems.push(problem),
    newId: randomUUID,
  });
  login.open(server.url);
  // What works off jobs asks as the installation does.
  Object.assign(parts, {
    accessRecords: { ...parts.accessRecords, rolesOf: (who: AccessHolder) => login.given().rolesOf(who) },
  });
  return {
    ...server,
    async close() {
      await server.close();
      await login.stop();
    },
  };
}
