import { OUT_TOPICS, ungdomMessage } from '../../../src/core/messages/messages.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { type Evidence, laneOf, type OutEntry } from '../evidence.ts';

/** Per person and out topic versions rise in Kafka's log, and the compacted topic ends with the state as it is. */
export function checkOrder(evidence: Evidence): string[] {
  const findings: string[] = [];
  for (const out of OUT_TOPICS) {
    const records = evidence.outLog.filter((record) => record.out === out);
    for (const [, mine] of Map.groupBy(records, ({ key }) => key)) {
      if (new Set(mine.map(laneOf)).size > 1) findings.push(`${out}: one youth in two partitions`);
      findings.push(...inversions(mine));
      if (out === 'ot-ungdom') findings.push(...lastState(evidence, mine.at(-1)));
    }
  }
  return findings;
}

function inversions(records: readonly OutEntry[]): string[] {
  const findings: string[] = [];
  const seen = new Set<string>();
  let before: { version: number; number: number; id: string; offset: number; at: string } | undefined;
  for (const { id, out, decoded, offset, timestamp } of records) {
    if (seen.has(id)) continue;
    seen.add(id);
    const version = Number(decoded.version);
    const number = Number(id.split('/').at(-1));
    const at = new Date(timestamp).toISOString();
    // Recovery publishes the current state, under the position it recovers: the same version may come twice there.
    const rises =
      !before ||
      version > before.version ||
      (version === before.version && (number > before.number || out === 'ot-ungdom'));
    if (!rises)
      findings.push(
        `${out} ${id} (version ${version}, offset ${offset}, ${at}) comes after ${before?.id} (version ${before?.version}, offset ${before?.offset}, ${before?.at})`,
      );
    else before = { version, number, id, offset, at };
  }
  return findings;
}

function lastState({ youths, org }: Evidence, last: OutEntry | undefined): string[] {
  if (!last) return [];
  const ref = personRef(last.key ?? '');
  const known = youths.get(ref);
  if (!known) return [`ot-ungdom ${last.id} is about no known person`];
  const now = ungdomMessage(known.youth, { org, ref, position: '', version: known.version, recorded: '' });
  const same = JSON.stringify(now.value.registrations) === JSON.stringify(last.decoded.registrations);
  return same
    ? []
    : [
        `ot-ungdom ${last.id} (version ${last.decoded.version}) is the last of its key and not the state of version ${known.version}`,
      ];
}
