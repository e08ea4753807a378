import { createHash } from 'node:crypto';
import * as z from 'zod';
import { startBridge } from '../../src/bridge/bridge.ts';
import type { OrganisationNumber, PersonKey } from '../../src/core/access/principal.ts';
import { ROLES, type Role } from '../../src/core/access/role.ts';
import { SCOPES } from '../../src/core/access/scope.ts';
import { instantOf } from '../../src/core/time/date.ts';
import { createVault } from '../../src/store/vault.ts';
import { createBrowser } from '../harness/browser.ts';
import {
  ALTINN,
  AUDIENCE,
  CONSUMER,
  OTHER_CONSUMER,
  organisation,
  PREFIX,
  startIssuer,
} from '../harness/maskinporten.ts';
import { startOidcServer } from '../harness/oidcServer.ts';
import { freePort } from '../harness/realParts.ts';
import type { RealPipeline } from '../harness/realPipeline.ts';

const PID = '23840672131';
/** Where a role must name an institution or a unit. */
const BOUND: { [R in Role]?: { institution?: string; unit?: string } } = {
  skole: { institution: '40014' },
  radgiver: { unit: '40200' },
};
/** The longest that is accepted is ten minutes. */
const TOKEN_SECONDS = 590;

export type SecuredBridge = Awaited<ReturnType<typeof startSecuredBridge>>;

/** A second bridge on the parts of a pipeline, with issuers of tokens and logins: one consumer has every grant, another
 *  none, and one person has every role. */
export async function startSecuredBridge({ options, org }: RealPipeline) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [machines, people] = await Promise.all([startIssuer(), startOidcServer(url)]);
  const person = createVault(options.vaultKey).loginTag('person', people.issuer, PID).toString('hex');
  const basis = {
    ...{ org, institution: null, protectedYouths: true, from: instantOf(0), to: null },
    ...{ reason: 'Alt', grantedBy: 'ACCESS_FILE', approvedBy: null },
  };
  const bridge = await startBridge({
    ...options,
    roles: { consume: false, api: true },
    http: { host: '127.0.0.1', port },
    access: {
      maskinporten: {
        ...{ issuer: machines.issuer, metadataUrl: machines.metadataUrl, jwksUri: null },
        ...{ audience: AUDIENCE, scopePrefix: PREFIX, delegationSource: ALTINN },
      },
      login: null,
      publicUrl: null,
      trustedProxies: [],
    },
    login: {
      ...{ issuer: people.issuer, clientId: people.clientId, clientKey: people.clientKey },
      ...{ resource: null, acr: 'high', tenant: null, publicUrl: url },
    },
    // Handlers are what is tried here; limits have tests of their own.
    limits: { requestsPerMinute: 10_000_000, addressPerMinute: 10_000_000, personsPerHour: 10_000_000 },
    accesses: {
      grants: SCOPES.map((scope) => ({
        ...{ ...basis, id: idOf(`${org} ${scope}`), scope, orgnr: CONSUMER as OrganisationNumber },
      })),
      roles: (Object.keys(ROLES) as Role[]).map((role) => ({
        ...{
          ...basis,
          id: idOf(`${org} ${role}`),
          role,
          unit: null,
          assignee: { person: person as PersonKey },
          ...BOUND[role],
        },
      })),
      agreements: [],
    },
  });
  const scope = SCOPES.map((each) => `${PREFIX}:${each}`).join(' ');
  const bearer = async (orgnr: string) => {
    const exp = Math.floor(Date.now() / 1000) + TOKEN_SECONDS;
    return `Bearer ${await machines.token(scope, { consumer: organisation(orgnr), exp })}`;
  };
  return {
    url,
    /** `Authorization` of a machine with every grant, and of one with none; good for ten minutes. */
    granted: () => bearer(CONSUMER),
    ungranted: () => bearer(OTHER_CONSUMER),
    /** `Cookie` of the person, who has just logged in. */
    async session(): Promise<string> {
      people.person = { sub: 'subject-1', acr: 'high', claims: { pid: PID } };
      const browser = createBrowser();
      await browser.go(`${url}/login`);
      const [name] = [...browser.cookies.keys()].filter((each) => each === 'ot-local');
      return `${name}=${browser.cookies.get(name ?? '')}`;
    },
    async stop() {
      await bridge.stop();
      await Promise.all([machines.stop(), people.close()]);
    },
  };
}

function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export interface DescribedOperation {
  /** `GET /me`. */
  name: string;
  access: string;
  /** Whether a request is one of this operation in the organisation. */
  matches(request: { method: string; path: string }): boolean;
}

const description = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.object({ 'x-access': z.string() }).loose())),
});

/** Operations of the API as it describes itself. @param org the value of `{org}` */
export async function operationsOf(url: string, org: string): Promise<DescribedOperation[]> {
  const answer = await fetch(`${url}/openapi.json`);
  const { paths } = description.parse(JSON.parse(await answer.text()));
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const pattern = new RegExp(`^${path.replace('{org}', org).replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      return {
        name: `${method.toUpperCase()} ${path}`,
        access: operation['x-access'],
        matches: (request: { method: string; path: string }) =>
          request.method === method.toUpperCase() && pattern.test(request.path),
      };
    }),
  );
}
