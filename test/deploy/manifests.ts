import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod';

// What deploy/ says, as values.

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DEPLOY = join(ROOT, 'deploy');

export const deployed = (path: string): string => readFileSync(join(DEPLOY, path), 'utf8');
export const filesOf = (folder: string): string[] => readdirSync(join(DEPLOY, folder)).toSorted();
export const documentsOf = (path: string): unknown[] =>
  parseAllDocuments(deployed(path)).map((document) => document.toJS());

const text = z.record(z.string(), z.string());

const service = z.object({
  image: z.string(),
  environment: text.default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  network_mode: z.string().optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  mem_limit: z.string().optional(),
  restart: z.string().optional(),
  ports: z.array(z.string()).default([]),
});

const compose = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

export type Compose = z.infer<typeof compose>;

export function readCompose(): Compose {
  return compose.parse(parse(deployed('compose.yaml')));
}

const variable = z.object({ name: z.string(), value: z.string() });

const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }) });

const container = z.object({
  image: z.string(),
  env: z.array(variable),
  ports: z.array(z.object({ name: z.string(), containerPort: z.int() })),
  startupProbe: probe,
  livenessProbe: probe,
  readinessProbe: probe,
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ memory: z.string() }),
  }),
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(
    z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().default(false) }),
  ),
});

const deployment = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    replicas: z.int(),
    selector: z.object({ matchLabels: text }),
    template: z.object({
      metadata: z.object({ labels: text }),
      spec: z.object({
        serviceAccountName: z.string(),
        automountServiceAccountToken: z.literal(false),
        securityContext: z.object({
          runAsNonRoot: z.literal(true),
          runAsUser: z.int().min(1),
          runAsGroup: z.int().min(1),
          seccompProfile: z.object({ type: z.literal('RuntimeDefault') }),
        }),
        containers: z.tuple([container]),
        volumes: z.array(z.object({ name: z.string(), secret: z.unknown().optional() })),
      }),
    }),
  }),
});

export type Deployment = z.infer<typeof deployment>;

export function readDeployment(role: Role): Deployment {
  return deployment.parse(parse(deployed(`kubernetes/${role}.yaml`)));
}

const application = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({
    env: z.array(variable),
    kafka: z.object({ pool: z.string() }),
    maskinporten: z
      .object({ scopes: z.object({ exposes: z.array(z.object({ product: z.string(), name: z.string() })) }) })
      .optional(),
  }),
});

export type Application = z.infer<typeof application>;

export function readApplication(role: Role): Application {
  return application.parse(parse(deployed(`nais/application-${role}.yaml`)));
}

export const ROLES = ['consume', 'api'] as const;
export type Role = (typeof ROLES)[number];

/** The image's own variables. */
export function imageVariables(): Record<string, string> {
  const [, line = ''] = /^ENV (.+)$/m.exec(deployed('Dockerfile')) ?? [];
  return Object.fromEntries(line.split(' ').map((each) => each.split('=') as [string, string]));
}

/** A way to run the bridge, with the variables it starts with. */
export interface Way {
  name: string;
  variables: Record<string, string>;
}

/** What the person who sets up compose.yaml must say. */
const SAID: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'https://ot.example.no',
  TRUSTED_PROXY: '172.18.0.1',
  MASKINPORTEN_AUDIENCE: 'https://ot.example.no',
  LOGIN_CLIENT_ID: '00000000-0000-0000-0000-000000000000',
};

/** What NAIS itself gives an application, and the secret for DATABASE_URL. */
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----';
const GIVEN_BY_NAIS = {
  KAFKA_BROKERS: 'kafka-1.example.no:26484,kafka-2.example.no:26484',
  KAFKA_CA: CERTIFICATE,
  KAFKA_CERTIFICATE: CERTIFICATE,
  KAFKA_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----',
  DATABASE_URL: 'postgres://bridge@postgres.example.no:5432/bridge?sslmode=verify-full',
};
const GIVEN_WITH_MASKINPORTEN = {
  MASKINPORTEN_ISSUER: 'https://maskinporten.no/',
  MASKINPORTEN_WELL_KNOWN_URL: 'https://maskinporten.no/.well-known/oauth-authorization-server',
  MASKINPORTEN_JWKS_URI: 'https://maskinporten.no/jwk',
};

export function waysToRun(): Way[] {
  const image = imageVariables();
  const { bridge } = readCompose().services;
  const common = Object.fromEntries(
    deployed('kubernetes/ot-bridge.env')
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const listed = (each: readonly { name: string; value: string }[]) =>
    Object.fromEntries(each.map(({ name, value }) => [name, value]));
  return [
    { name: 'compose', variables: { ...image, ...filledIn(bridge?.environment ?? {}) } },
    ...ROLES.map((role) => ({
      name: `kubernetes ${role}`,
      variables: {
        ...image,
        ...common,
        ...listed(readDeployment(role).spec.template.spec.containers[0].env),
      },
    })),
    ...ROLES.map((role) => ({
      name: `nais ${role}`,
      variables: {
        ...image,
        ...GIVEN_BY_NAIS,
        ...(role === 'api' && GIVEN_WITH_MASKINPORTEN),
        ...listed(readApplication(role).spec.env),
      },
    })),
  ];
}

export function wayNamed(name: string): Way {
  const found = waysToRun().find((way) => way.name === name);
  if (found === undefined) throw new Error(`deploy/ has no way ${name}`);
  return found;
}

/** `${NAME:-default}` and `${NAME:?why}` as Compose reads them. */
function filledIn(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replace(/^\$\{(\w+):([-?])([^}]*)\}$/, (_all, asked, kind, rest) =>
        kind === '-' ? rest : (SAID[asked] ?? ''),
      ),
    ]),
  );
}
