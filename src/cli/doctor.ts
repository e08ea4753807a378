import { readConfig } from '../config/config.ts';
import { readAddress } from '../local/addressFile.ts';
import type { Command, Outcome } from './command.ts';
import { examineStore } from './doctor/databaseFindings.ts';
import { exitCodeOf, fault, reportOf, type Section } from './doctor/finding.ts';
import { examineIssuers } from './doctor/issuers.ts';
import { examineCluster } from './doctor/kafkaFindings.ts';
import { examineMachine } from './doctor/machine.ts';
import { examineOperation } from './doctor/operation.ts';
import { examineSettings } from './doctor/settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks at the installation as the program would, with a running bridge or without one. Changes nothing. */
export const doctor = (env: Environment): Command<Outcome> => ({
  form: 'doctor',
  help: 'kontroller oppsettet, Kafka, databasen, utstederne og driften; kan limes inn i en sak',
  takes: [0, 0],
  async run() {
    const sections = await examine(env);
    return { text: reportOf(sections), exitCode: exitCodeOf(sections) };
  },
});

export async function examine(env: Environment): Promise<Section[]> {
  const read = readConfig(env);
  if (!read.ok) {
    const cure = 'Rett variablene som er nevnt; alle feil står her. Tabellen er i docs/drift.md.';
    return [
      { title: 'Maskinen', findings: await examineMachine([]) },
      { title: 'Oppsettet', findings: [fault('Miljøvariabler', read.message.replaceAll('\n', ' '), cure)] },
    ];
  }
  const { config } = read;
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
