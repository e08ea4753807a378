import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadLogin } from './access/people/loadLogin.ts';
import { startBridge } from './bridge/bridge.ts';
import { loadAccesses } from './config/accessFile.ts';
import { type Config, readArguments, readConfig } from './config/config.ts';
import { loadPolicies } from './config/policy.ts';
import { loadAuditKey, loadSecret, loadVaultKey } from './config/secret.ts';
import { shownSettings } from './config/shownSettings.ts';
import { examineInstallation } from './doctor/examine.ts';
import { removeAddress, writeAddress } from './local/addressFile.ts';
import { startParts } from './local/embeddedParts.ts';
import { canIssueLocally, createLocalIssuer } from './local/login/localIssuer.ts';
import { embeddedDatabaseExists } from './local/postgresHome.ts';
import { SAMPLE_ORG, VESTFOLD_OG_TELEMARK } from './local/sample/target.ts';
import { type Screen, showSample } from './local/sampleCounty.ts';
import { databaseAddress, startupMessage } from './local/startupMessage.ts';
import { welcome } from './local/welcome.ts';
import { type LogDestination, logFile } from './telemetry/logFile.ts';
import { createLogger, STANDARD_OUTPUT } from './telemetry/logger.ts';

const screen: Screen = {
  write: (text) => void process.stdout.write(text),
  terminal: process.stdout.isTTY,
  colour: !process.env.NO_COLOR,
};
const say = (line: string) => screen.write(`${line}\n`);

/** Runs until it is asked to stop. @returns the exit code */
export async function main(): Promise<number> {
  const given = readArguments(process.argv.slice(2));
  if (!given.ok) return refuse(given.message);
  const read = readConfig(process.env);
  if (!read.ok) return refuse(read.message);
  return run(read.config, given.sample);
}

async function run(config: Config, sample: boolean): Promise<number> {
  const began = performance.now();
  // The sample belongs to embedded parts: a real cluster is never seeded.
  const embedded = config.kafka.embedded && config.postgres.embedded;
  const destination = embedded ? besideData(config) : logFile(STANDARD_OUTPUT);
  const log = createLogger({ level: config.logLevel, destination });
  const stops: (() => Promise<unknown>)[] = [];
  const ended = stopSignal();
  let at = {
    database: config.postgres.embedded ? 'innebygd' : databaseAddress(config.postgres.url),
    brokers: [] as readonly string[],
  };
  try {
    const policies = loadPolicies(config.policy, config.organisations);
    if (!policies.ok) return refuse(policies.message);
    const accesses = loadAccesses(config.accessFile, config.organisations);
    if (!accesses.ok) return refuse(accesses.message);
    const key = loadVaultKey(
      config.vaultKey,
      !config.postgres.embedded || !embeddedDatabaseExists(config.postgres.dir),
    );
    if (!key.ok) return refuse(key.message);
    const vigoKey = config.vigo && loadSecret(config.vigo.apiKey, 'VIGO_API_KEY_FILE');
    if (vigoKey && !vigoKey.ok) return refuse(vigoKey.message);
    const auditKey = loadAuditKey(config.audit.key);
    if (!auditKey.ok) return refuse(auditKey.message);
    const login = loadLogin(config.access, `http://${config.http.host}:${config.http.port}`);
    if (!login.ok) return refuse(login.message);
    say('OT Bridge starter …');
    const parts = await startParts(config, log, say);
    stops.push(() => parts.stop());
    at = { database: databaseAddress(parts.databaseUrl), brokers: parts.brokers };
    const real = config.organisations.map((organisation) => ({
      ...organisation,
      policy: policies.value.get(organisation.id) ?? {},
    }));
    const { vigo, environment, roles, topics, projections, relay, http, access, limits, otlpEndpoint } =
      config;
    const bridge = await startBridge({
      brokers: parts.brokers,
      ...(config.kafka.embedded ? {} : { kafkaSecurity: config.kafka.security }),
      databaseUrl: parts.databaseUrl,
      ...(config.postgres.embedded ? {} : { databaseSecurity: config.postgres.security }),
      environment,
      roles,
      topics,
      projections,
      relay,
      http,
      access,
      limits,
      otlpEndpoint,
      keptYouths: config.keptYouths,
      laneProcesses: { count: config.laneProcesses - 1, level: config.logLevel, lines: destination },
      vaultKey: key.value,
      accesses: accesses.value,
      signing: { key: auditKey.value, folder: config.audit.folder },
      login: login.value,
      // Machine tokens and people have an issuer here only where every caller may do everything anyway.
      ...(config.environment === 'test' &&
      config.access.maskinporten === null &&
      config.access.login === null &&
      canIssueLocally()
        ? { localIssuer: createLocalIssuer }
        : {}),
      organisations: embedded
        ? [
            ...real,
            {
              id: SAMPLE_ORG,
              county: VESTFOLD_OG_TELEMARK.county,
              virtualClock: true,
              name: 'Eksempelfylket',
            },
          ]
        : real,
      ...(vigo && vigoKey?.ok ? { vigo: { ...vigo, key: vigoKey.value } } : {}),
      look: {
        settings: shownSettings(process.env),
        examine: () => examineInstallation(config),
      },
      log,
    });
    stops.push(() => bridge.stop());
    const { url } = bridge;
    // Embedded parts come with a data folder; of a real installation nothing is known.
    if (url !== null && (config.kafka.embedded || config.postgres.embedded)) {
      writeAddress(config.dataDir, url);
      stops.push(async () => removeAddress(config.dataDir, url));
    }
    log.event('app.started', { url: bridge.url ?? undefined, ms: performance.now() - began });
    say(
      `Oppe etter ${seconds(began)}: Kafka ${parts.brokers.join(', ')}, database ${at.database}${bridge.url ? `, API ${bridge.url}` : ''}`,
    );
    if (embedded && sample && config.roles.consume) {
      const shown = showSample(bridge, screen, () => seconds(began));
      // Ctrl-C in the middle of the sample: the next start plays the rest.
      await Promise.race([shown, ended]);
      shown.catch(() => undefined);
    }
    say(welcome(config, bridge.url, embedded));
    const signal = await ended;
    say(`\n${signal}: gjør ferdig det som er i arbeid, og stopper …`);
    log.event('app.stopping', { signal });
    return 0;
  } catch (error) {
    log.event('app.stopping', { error });
    const text = startupMessage(error, at);
    if (text === undefined) throw error;
    return refuse(text);
  } finally {
    for (const stop of stops.reverse()) await stop();
    log.event('app.stopped', { ms: performance.now() - began });
  }
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      let asked = 0;
      process.on(signal, () => {
        asked += 1;
        // The second signal exits immediately: nothing committed is lost.
        if (asked > 1) process.exit(1);
        resolve(signal);
      });
    }
  });
}

/** The screen is for people; the log of an embedded run is a file next to its data. */
function besideData(config: Config): LogDestination {
  mkdirSync(config.dataDir, { recursive: true });
  return logFile(join(config.dataDir, 'ot-bridge.log'));
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1).replace('.', ',')} s`;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}
