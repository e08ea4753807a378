import { createPublicKey, type KeyObject } from 'node:crypto';
import { instantOf } from '../core/time/date.ts';
import { type Repetition, repeat } from '../jobs/repeat.ts';
import { readCheckpoints, signCheckpoint } from '../store/auditSeal.ts';
import { checkpointLines, writeCheckpoint } from '../store/checkpointFiles.ts';
import type { SigningTurn } from '../store/postgres/auditCheckpoint.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { JobBook } from '../telemetry/jobBook.ts';
import type { Logger } from '../telemetry/logger.ts';

/** How the ends of the audit chains are signed. */
export interface Signing {
  /** Ed25519, private. */
  key: KeyObject;
  /** Outside the database. */
  folder: string;
}

/** A look is one small statement; what is not signed can still be cut off. */
const LOOK_EVERY_MS = 5_000;
const SIGNED_EVERY_MS = 60 * 60_000;

/** Signs the end of each audit chain every hour, into a file and into the log; two witnesses outside the database. */
export function startCheckpoints(
  { key, folder }: Signing,
  parts: {
    signDueHeads(turn: SigningTurn): Promise<void>;
    log: Logger;
    alarm: RaiseAlarm;
    jobs: Pick<JobBook, 'enter'>;
  },
): Repetition {
  const { log, alarm } = parts;
  const publicKey = createPublicKey(key);
  return repeat({
    everyMs: LOOK_EVERY_MS,
    seen: parts.jobs.enter('checkpoints', LOOK_EVERY_MS),
    async work() {
      await parts.signDueHeads({
        before: instantOf(Date.now() - SIGNED_EVERY_MS),
        now: instantOf(Date.now()),
        known() {
          const { checkpoints, invalid } = readCheckpoints(checkpointLines(folder), [publicKey]);
          if (invalid > 0) alarm('AUDIT_CHECKPOINT_INVALID', { org: '', count: invalid });
          return checkpoints;
        },
        sign(checkpoint) {
          const signed = signCheckpoint(key, checkpoint);
          writeCheckpoint(folder, signed);
          log.event('audit.checkpoint', { ...signed });
        },
        broken: (org, { kind, seq }) => alarm('AUDIT_BROKEN', { org, detail: kind, offset: BigInt(seq) }),
      });
    },
    failed(error) {
      log.event('work.failed', { part: 'audit checkpoint', error });
      alarm('AUDIT_UNSIGNED', { org: '' });
    },
  });
}
