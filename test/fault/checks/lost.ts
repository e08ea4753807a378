import { isNavDisclosure } from '../../../src/core/messages/messages.ts';
import { type Evidence, laneOf } from '../evidence.ts';
import { causeOf, expectedOf, sourceEvent } from './expected.ts';

/** What Kafka acknowledged has had its effect, and every effect is in the out topics. */
export function checkLost(evidence: Evidence): string[] {
  return [...lostInputs(evidence), ...lostAnswers(evidence), ...lostMessages(evidence)];
}

function lostInputs({ history, feedLog, events, quarantine }: Evidence): string[] {
  const findings: string[] = [];
  const delivered = Map.groupBy(
    feedLog.filter(({ input }) => input !== null),
    ({ input }) => input?.n,
  );
  const causes = new Set(events.map((row) => causeOf(row.events)));
  const kept = new Set(quarantine.map(({ lane, offset }) => `${lane}/${offset}`));
  for (const [n, { acknowledged }] of history.sends) {
    const input = history.inputs[n];
    if (!input || acknowledged === 0) continue;
    const records = delivered.get(n) ?? [];
    if (records.length < acknowledged)
      findings.push(`input ${n}: acknowledged ${acknowledged} times, is ${records.length} times in Kafka`);
    if (input.event && !causes.has(sourceEvent(input.event)))
      findings.push(`input ${n} (${input.feed}) has no effect`);
    if (input.kind !== 'broken') continue;
    for (const record of records) {
      if (!kept.has(`${laneOf(record)}/${record.offset}`))
        findings.push(`input ${n} (${input.feed}) is broken and not in quarantine`);
    }
  }
  return findings;
}

/** Each answer of a NAV batch has come back as the bridge's own record, and that has had its effect. */
function lostAnswers({ history, feedLog, events, lists }: Evidence): string[] {
  const findings: string[] = [];
  const causes = new Set(events.map((row) => causeOf(row.events)));
  const asked = history.inputs.filter(({ kind }) => kind === 'answer');
  for (const [batch, answers] of Map.groupBy(asked, ({ answer }) => answer?.batch ?? '')) {
    const list = lists.find(({ run }) => run === batch);
    if (list?.verdict !== 'concluded')
      findings.push(`the list ${batch} is ${list?.verdict ?? 'not concluded'}`);
    const own = new Set<string>();
    for (const { feed, value } of feedLog) {
      if (feed !== 'bridge' || value === null) continue;
      const record = JSON.parse(value.toString()) as {
        type: string;
        id: string;
        ref: string;
        batch?: string;
      };
      if (record.type !== 'nav-svar' || record.batch !== batch) continue;
      own.add(record.ref);
      if (!causes.has(sourceEvent({ source: 'bridge', id: record.id, version: 1 })))
        findings.push(`an answer of ${batch} has no effect`);
    }
    if (own.size !== answers.length)
      findings.push(`${answers.length} answers came in ${batch}, ${own.size} were passed on`);
  }
  return findings;
}

function lostMessages(evidence: Evidence): string[] {
  const { messages, gaps, states } = expectedOf(evidence);
  const findings = [...gaps];
  const published = new Set(evidence.outLog.map(({ id }) => id));
  for (const [id, { message, ref }] of messages) {
    const out = message.topic;
    // Of a compacted topic only the last state counts: see order.
    if (published.has(id) || out === 'ot-ungdom') continue;
    // An answer that may not be known any more is not published late; its alert is gone by then.
    const open = (alertId: string) =>
      evidence.youths.get(ref)?.youth.alerts.some((alert) => alertId.startsWith(alert.id));
    if (isNavDisclosure(message) && !open(message.value.alertId)) continue;
    findings.push(`${out} ${id} was committed and never published`);
  }
  for (const [ref, { version, youth }] of evidence.youths) {
    const folded = states.get(`${ref} ${version}`);
    if (JSON.stringify(folded?.registrations) !== JSON.stringify(youth.registrations)) {
      findings.push(`a youth of version ${version} is not what its events make it`);
    }
  }
  return findings;
}
