import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from './evidence.ts';

/**
 * What is needed to explain a finding after Kafka and PostgreSQL are gone: each out record with its place, its
 * version and the producer that wrote it, each effect, the youths as they are stored, the lanes. Next to them lie the
 * history and what the apps printed.
 */
export function keepEvidence(evidence: Evidence, findings: Record<string, string[]>, dir: string): void {
  const lines = (name: string, rows: Iterable<unknown>) =>
    writeFileSync(join(dir, name), `${[...rows].map((row) => JSON.stringify(row)).join('\n')}\n`);
  writeFileSync(join(dir, 'findings.json'), `${JSON.stringify(findings, null, 2)}\n`);
  lines(
    'out.jsonl',
    evidence.outLog.map(({ out, key, id, decoded, partition, offset, timestamp, producer }) => ({
      out,
      key,
      id,
      version: decoded.version,
      partition,
      offset,
      timestamp,
      producer,
    })),
  );
  lines(
    'events.jsonl',
    evidence.events.map(({ lane, offset, ref, version, recorded }) => ({
      lane,
      offset,
      ref,
      version,
      recorded,
    })),
  );
  lines(
    'youths.jsonl',
    [...evidence.youths].map(([ref, { version }]) => ({ ref, version })),
  );
  lines('lanes.jsonl', evidence.lanes);
}
