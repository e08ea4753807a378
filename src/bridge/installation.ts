import { createPublicKey } from 'node:crypto';
import { VERSION } from '../config/version.ts';
import { instantOf } from '../core/time/date.ts';
import { createChecks } from '../desk/operation/checks.ts';
import type { Installation } from '../desk/operation/installation.ts';
import { lastSignedEnds } from '../store/auditSeal.ts';
import { checkpointLines } from '../store/checkpointFiles.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';

/** What the operator sees of this process. */
export function installationOf(
  { look, signing, roles }: BridgeOptions,
  { jobs }: Pick<BridgeParts, 'jobs'>,
): Installation {
  return {
    settings: look?.settings ?? [],
    versions: [
      { what: 'OT Bridge', version: VERSION },
      { what: 'Node', version: process.versions.node },
      { what: 'Plattform', version: `${process.platform} ${process.arch}` },
    ],
    roles: Object.entries(roles).flatMap(([role, has]) => (has ? [role] : [])),
    started: instantOf(Date.now()),
    jobs: () => jobs.runs(),
    signedEnds: () =>
      signing === undefined
        ? null
        : lastSignedEnds(checkpointLines(signing.folder), [createPublicKey(signing.key)]),
    checks: createChecks(look?.examine ?? (async () => []), Date.now),
  };
}
