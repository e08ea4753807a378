import { type Evidence, laneOf, type OutEntry } from '../evidence.ts';

/** One effect per source event, one content per message id, no alert raised twice. */
export function checkDoubles(evidence: Evidence): string[] {
  return [...doubledEffects(evidence), ...changedRepeats(evidence), ...doubledAlerts(evidence)];
}

/** By the place of the effect's record in Kafka, not by the key that the app gave it. */
function doubledEffects({ feedLog, events }: Evidence): string[] {
  const inputs = new Map(feedLog.map((record) => [`${laneOf(record)}/${record.offset}`, record.input]));
  const effects = new Map<string, number>();
  for (const { lane, offset } of events) {
    const input = inputs.get(`${lane}/${offset}`);
    if (!input?.event) continue;
    const name = `${input.feed}, ${input.event.source} ${input.event.id} version ${input.event.version}`;
    effects.set(name, (effects.get(name) ?? 0) + 1);
  }
  return [...effects].flatMap(([name, count]) => (count > 1 ? [`${name} has ${count} effects`] : []));
}

function changedRepeats({ outLog }: Evidence): string[] {
  const findings: string[] = [];
  const first = new Map<string, OutEntry>();
  for (const record of outLog) {
    const before = first.get(`${record.out} ${record.id}`);
    if (!before) first.set(`${record.out} ${record.id}`, record);
    else if (!sameBytes(before.value, record.value)) {
      findings.push(
        `${record.out} ${record.id} was published with two contents (offsets ${before.offset} and ${record.offset} of partition ${record.partition})`,
      );
    }
  }
  return findings;
}

function sameBytes(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

function doubledAlerts({ outLog, youths }: Evidence): string[] {
  const findings: string[] = [];
  const seen = new Set<string>();
  const open = new Map<string, { ref: string; raised: number; last: string }>();
  for (const { out, id, key, decoded } of outLog) {
    if ((out !== 'alert' && out !== 'alert-protected') || seen.has(id)) continue;
    seen.add(id);
    const alertId = String(decoded.alertId);
    const entry = open.get(alertId) ?? { ref: key ?? '', raised: 0, last: '' };
    entry.last = String(decoded.state);
    if (entry.last === 'REIST') entry.raised += 1;
    if (entry.last === 'TRUKKET') entry.raised -= 1;
    if (entry.raised > 1)
      findings.push(`an alert (${decoded.kind}) was raised again while it was open: ${id}`);
    open.set(alertId, entry);
  }
  for (const [alertId, { ref, last }] of open) {
    const isOpen = youths.get(ref)?.youth.alerts.some((alert) => `${alert.id}-${ref}` === alertId) ?? false;
    if (isOpen !== (last !== 'TRUKKET'))
      findings.push(`an alert is ${isOpen ? 'open' : 'gone'} in the database and ${last} in Kafka`);
  }
  return findings;
}
