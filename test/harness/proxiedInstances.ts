import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVault } from '../../src/store/vault.ts';
import { AUDIENCE, startIssuer } from './maskinporten.ts';
import { startOidcServer } from './oidcServer.ts';
import { createFetch, type Fetch } from './ownFetch.ts';
import { createHome, runProgram } from './program.ts';
import { createTestDatabase, testBrokers } from './sharedParts.ts';
import { createTestAuthority } from './testCertificates.ts';
import { startTlsProxy } from './tlsProxy.ts';

/** The name that callers know the installation by. Only the tests' own `fetch` finds it. */
const NAME = 'ot.fylke.example';
/** Of the proxy, as instances see it; what other addresses say of a caller is not believed. */
const PROXY_ADDRESS = '127.0.0.9';
const VAULT_KEY = Buffer.alloc(32, 7);
const INSTANCES = 2;

export interface ProxiedPlan {
  org: string;
  /** Content of ACCESS_FILE for the organisation. @param keyOf key of the person with that identity number */
  accesses(keyOf: (pid: string) => string): object;
  /** Variables on top of those that the installation needs. */
  variables: Record<string, string>;
}

export type ProxiedInstances = Awaited<ReturnType<typeof startProxiedInstances>>;

/** Two processes of the program on one Kafka and one PostgreSQL, behind a proxy that ends TLS, with real issuers. */
export async function startProxiedInstances(plan: ProxiedPlan) {
  const dir = mkdtempSync(join(tmpdir(), 'ot-bridge-proxied-'));
  const authority = await createTestAuthority();
  const proxy = await startTlsProxy(
    await authority.issue({ name: NAME, hosts: [NAME, 'elsewhere.example'] }),
    PROXY_ADDRESS,
  );
  const url = `https://${NAME}:${proxy.port}`;
  const [brokers, database, machines, people] = await Promise.all([
    testBrokers(),
    createTestDatabase(),
    startIssuer(),
    startOidcServer(url),
  ]);
  const vault = createVault(VAULT_KEY);
  const keyOf = (pid: string) => vault.loginTag('person', people.issuer, pid).toString('hex');
  const file = (name: string, content: string) => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const { privateKey } = generateKeyPairSync('ed25519');
  const checkpoints = join(dir, 'checkpoints');
  mkdirSync(checkpoints);
  const settings = {
    KAFKA_BROKERS: brokers.join(','),
    DATABASE_URL: database.url,
    ORGANISATIONS: `${plan.org}:40`,
    OT_ENVIRONMENT: 'test',
    VAULT_KEY: VAULT_KEY.toString('base64'),
    TOPIC_REPLICATION: '1',
    LOG_LEVEL: 'debug',
    HTTP_HOST: '0.0.0.0',
    PUBLIC_URL: url,
    TRUSTED_PROXY: PROXY_ADDRESS,
    MASKINPORTEN_ISSUER: machines.issuer,
    MASKINPORTEN_AUDIENCE: AUDIENCE,
    LOGIN_ISSUER: people.issuer,
    LOGIN_CLIENT_ID: people.clientId,
    LOGIN_CLIENT_KEY_FILE: file('login.jwk', people.clientKey),
    LOGIN_ACR: 'high',
    ACCESS_FILE: file('access.json', JSON.stringify({ [plan.org]: plan.accesses(keyOf) })),
    AUDIT_KEY_FILE: file('audit.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    AUDIT_CHECKPOINT_DIR: checkpoints,
    ...plan.variables,
  };
  chmodSync(dir, 0o755);
  const homes = await Promise.all(Array.from({ length: INSTANCES }, createHome));
  const ports = homes.map((home) => Number(home.settings.HTTP_PORT));
  const programs = homes.map((home) => runProgram({ ...home.settings, ...settings }));
  proxy.sendTo(ports);
  const clients = new Map<string, Fetch & { close(): void }>();
  const installation = {
    url,
    people,
    machines,
    database,
    checkpoints,
    /** Of each instance, without the proxy. */
    direct: ports.map((port) => `http://127.0.0.1:${port}`),
    /** The proxy under a name that is not the installation's. */
    elsewhere: `https://elsewhere.example:${proxy.port}`,
    /** @param address of this machine, e.g. `127.0.0.5` */
    fetchFrom(address: string): Fetch {
      const client = clients.get(address) ?? createFetch({ ca: authority.ca, from: address });
      clients.set(address, client);
      return client;
    },
    proxyAddress: PROXY_ADDRESS,
    /** What both have written. */
    written: () => programs.map((program) => program.screen() + program.complaint()).join('\n'),
    async stop() {
      for (const program of programs) program.interrupt();
      await Promise.all(programs.map(({ ended }) => ended));
      for (const client of clients.values()) client.close();
      await Promise.all([proxy.close(), machines.stop(), people.close()]);
      await database.drop();
      await Promise.all(homes.map((home) => home.remove()));
      rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all(programs.map((program) => program.shows(/Ctrl-C stopper/)));
  } catch (error) {
    await installation.stop();
    throw error;
  }
  return installation;
}
