import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { loadAccesses } from '../config/accessFile.ts';
import type { Config } from '../config/config.ts';
import { loadPolicies } from '../config/policy.ts';
import { loadSecret, loadVaultKey, readText } from '../config/secret.ts';
import type { SecretSource } from '../config/secretSource.ts';
import type { TlsConfig } from '../config/transport.ts';
import { type Finding, fault, ok, warning } from '../text/findings.ts';
import { examineTrail } from './trail.ts';

const SOON_MS = 30 * 86_400_000;

/** What the configuration names: files, keys, certificates, ports. */
export async function examineSettings(config: Config): Promise<Finding[]> {
  const { http } = config;
  return [
    ok('Miljøvariabler', `kan brukes (OT_ENVIRONMENT=${config.environment})`),
    organisations(config),
    policy(config),
    accesses(config),
    vaultKey(config),
    ...examineTrail(config),
    ...(config.kafka.embedded ? [] : certificates(config.kafka.security.tls, 'KAFKA')),
    ...(config.postgres.embedded ? [] : certificates(config.postgres.security.tls, 'DATABASE')),
    ...(config.access.login ? [loginKey(config.access.login.clientKeyFile)] : []),
    ...(config.vigo ? [secret(config.vigo.apiKey, 'VIGO_API_KEY_FILE')] : []),
    ...(config.roles.api ? [await port('HTTP_PORT', http.port)] : []),
    ...(http.internalPort === null ? [] : [await port('INTERNAL_PORT', http.internalPort)]),
  ];
}

function organisations({ organisations: all, kafka, postgres }: Config): Finding {
  const names = all.map(({ id }) => id).join(', ');
  if (kafka.embedded || postgres.embedded)
    return warning(
      'Organisasjoner',
      `${names}, på innebygde deler`,
      'Sett KAFKA_BROKERS og DATABASE_URL i drift: innebygde deler er bare til å prøve med.',
    );
  return ok('Organisasjoner', names);
}

function policy(config: Config): Finding {
  const read = loadPolicies(config.policy, config.organisations);
  if (!read.ok)
    return fault('POLICY_FILE', read.message, 'Rett filen; broen starter ikke før den er riktig.');
  return ok('POLICY_FILE', config.policy ? 'kan brukes' : 'ikke satt: standardverdiene gjelder');
}

function accesses(config: Config): Finding {
  const read = loadAccesses(config.accessFile, config.organisations);
  if (!read.ok)
    return fault('ACCESS_FILE', read.message, 'Rett filen; broen starter ikke før den er riktig.');
  return ok('ACCESS_FILE', config.accessFile ? 'kan brukes' : 'ikke satt');
}

function vaultKey({ vaultKey: source }: Config): Finding {
  if (source.from === 'embedded' && !existsSync(source.path))
    return ok('Hvelvnøkkel', 'finnes ikke ennå: den lages ved første start');
  const read = loadVaultKey(source, false);
  return read.ok
    ? ok('Hvelvnøkkel', 'kan leses')
    : fault('Hvelvnøkkel', read.message, 'Legg tilbake nøkkelen fra sikkerhetskopien; lag ikke en ny.');
}

function certificates(tls: TlsConfig | undefined, prefix: 'KAFKA' | 'DATABASE'): Finding[] {
  const all: [string, SecretSource | undefined][] = [
    [`${prefix}_CA_FILE`, tls?.ca],
    [`${prefix}_CERT_FILE`, tls?.client?.certificate],
  ];
  return all.flatMap(([name, source]) => (source === undefined ? [] : [certificate(name, source)]));
}

function certificate(name: string, source: SecretSource): Finding {
  const read = loadSecret(source, name);
  if (!read.ok) return fault(name, read.message, 'Legg filen der, og gi broen lov til å lese den.');
  let until: number;
  try {
    until = new X509Certificate(read.value).validToDate.getTime();
  } catch {
    return fault(name, 'er ikke et sertifikat i PEM', 'Legg inn sertifikatet (-----BEGIN CERTIFICATE-----).');
  }
  const text = `gjelder til ${new Date(until).toISOString().slice(0, 10)}`;
  if (until < Date.now()) return fault(name, `${text}: det er utløpt`, 'Forny det nå.');
  return until < Date.now() + SOON_MS ? warning(name, text, 'Forny det i god tid.') : ok(name, text);
}

function loginKey(path: string): Finding {
  const name = 'LOGIN_CLIENT_KEY_FILE';
  const read = readText(path, name);
  if (!read.ok) return fault(name, read.message, 'Legg nøkkelen der, og gi broen lov til å lese den.');
  try {
    const key = read.value.startsWith('{')
      ? createPrivateKey({ key: JSON.parse(read.value), format: 'jwk' })
      : createPrivateKey(read.value);
    return ok(name, `kan brukes (${key.asymmetricKeyType})`);
  } catch {
    return fault(name, 'er ikke en privat nøkkel', 'Legg inn klientens private nøkkel som JWK eller PEM.');
  }
}

function secret(source: SecretSource, name: string): Finding {
  const read = loadSecret(source, name);
  return read.ok
    ? ok(name, 'kan leses')
    : fault(name, read.message, 'Legg filen der, og gi broen lov til å lese den.');
}

/** Of a running bridge it is taken, as it should be: whether it answers is asked elsewhere. */
async function port(name: string, number: number): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port: number, exclusive: true }, () => server.close(() => resolve(true)));
  });
  return ok(`Port ${number} (${name})`, free ? 'ledig' : 'i bruk');
}
