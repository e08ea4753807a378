import { type Config, type Environment, readConfig } from '../config/config.ts';
import { readAddress } from '../local/addressFile.ts';
import { fault, type Section } from '../text/findings.ts';
import { examineStore } from './databaseFindings.ts';
import { examineIssuers } from './issuers.ts';
import { examineCluster } from './kafkaFindings.ts';
import { examineMachine } from './machine.ts';
import { examineOperation } from './operation.ts';
import { examineSettings } from './settings.ts';

/** The installation as the program would see it, with a running bridge or without one. Changes nothing. */
export async function examine(env: Environment): Promise<Section[]> {
  const read = readConfig(env);
  if (read.ok) return examineInstallation(read.config);
  const cure = 'Rett variablene som er nevnt; alle feil står her. Tabellen er i docs/drift.md.';
  return [
    { title: 'Maskinen', findings: await examineMachine([]) },
    { title: 'Oppsettet', findings: [fault('Miljøvariabler', read.message.replaceAll('\n', ' '), cure)] },
  ];
}

/** The same by a configuration that can be used. */
export async function examineInstallation(config: Config): Promise<Section[]> {
  const { http, roles } = config;
  const embedded = config.kafka.embedded || config.postgres.embedded;
  const url =
    http.internalPort !== null
      ? `http://127.0.0.1:${http.internalPort}`
      : roles.api
        ? ((embedded ? readAddress(config.dataDir) : undefined) ?? `http://127.0.0.1:${http.port}`)
        : null;
  const [machine, settings, cluster, store, issuers] = await Promise.all([
    examineMachine([...new Set([...(embedded ? [config.dataDir] : []), config.audit.folder])]),
    examineSettings(config),
    examineCluster(config),
    examineStore(config),
    examineIssuers(config.access),
  ]);
  return [
    { title: 'Maskinen', findings: machine },
    { title: 'Oppsettet', findings: settings },
    { title: 'Kafka', findings: cluster.findings },
    { title: 'Databasen', findings: store.findings },
    { title: 'Utstederne', findings: issuers },
    { title: 'Driften', findings: await examineOperation(config, url, store.installation, cluster.kafka) },
  ];
}
