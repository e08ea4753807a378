import { createPublicKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Config } from '../config/config.ts';
import { readAuditKey } from '../config/secret.ts';
import { readCheckpoints } from '../store/auditSeal.ts';
import { checkpointLines } from '../store/checkpointFiles.ts';
import { type Finding, fault, ok, warning } from '../text/findings.ts';

/** Signed every hour. */
const LATE_MS = 3 * 3_600_000;

/** The key and the checkpoints of the audit trail. Whether the trail is whole, `ot revisjon verifiser` says. */
export function examineTrail({ audit }: Config): Finding[] {
  const name = 'Nøkkelen til revisjonssporet';
  if (audit.key.from === 'embedded' && !existsSync(audit.key.path))
    return [ok(name, 'finnes ikke ennå: den lages ved første start')];
  const key = readAuditKey(audit.key);
  if (!key.ok) return [fault(name, key.message, 'Legg tilbake nøkkelen fra sikkerhetskopien.')];
  const { checkpoints, invalid } = readCheckpoints(checkpointLines(audit.folder), [
    createPublicKey(key.value),
  ]);
  return [
    ok(name, 'kan brukes'),
    signed(
      checkpoints.map(({ at }) => at),
      invalid,
    ),
  ];
}

function signed(times: readonly string[], invalid: number): Finding {
  const name = 'Sjekkpunkter av revisjonssporet';
  if (invalid > 0)
    return fault(
      name,
      `${invalid} har en underskrift som ikke stemmer`,
      'Se AUDIT_CHECKPOINT_INVALID i docs/driftshandbok.md.',
    );
  const last = times.toSorted().at(-1);
  if (last === undefined) return ok(name, 'ingen ennå: det første kommer en time etter første føring');
  return Date.parse(last) > Date.now() - LATE_MS
    ? ok(name, `det siste er fra ${last}`)
    : warning(
        name,
        `det siste er fra ${last}`,
        'Se om broen går, og om den kan skrive i AUDIT_CHECKPOINT_DIR.',
      );
}
