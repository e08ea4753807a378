import { ungdomMessage } from '../../../src/core/messages/messages.ts';
import { personRef } from '../../../src/core/person/reference.ts';
import { type Evidence, laneOf } from '../evidence.ts';
import { causeOf, expectedOf, sourceEvent } from './expected.ts';

/** Nothing was published, and nothing is in the database, without a cause that was committed or sent. */
export function checkPhantoms(evidence: Evidence): string[] {
  const findings: string[] = [];
  const { messages, states } = expectedOf(evidence);
  for (const { out, id, key, value, decoded } of evidence.outLog) {
    if (out === 'ot-ungdom') {
      const version = Number(decoded.version);
      const youth = states.get(`${key} ${version}`);
      const decided =
        youth &&
        ungdomMessage(youth, {
          org: evidence.org,
          ref: personRef(key ?? ''),
          position: '',
          version,
          recorded: '',
        });
      if (JSON.stringify(decided?.value.registrations) !== JSON.stringify(decoded.registrations)) {
        findings.push(`${out} ${id} (version ${version}) publishes a state that never was`);
      }
      continue;
    }
    const expected = messages.get(id);
    if (!expected || expected.message.topic !== out) findings.push(`${out} ${id} has no committed event`);
    else if (expected.ref !== key || value === null || !expected.bytes.equals(value))
      findings.push(`${out} ${id} is not what its event makes it`);
  }
  return [...findings, ...strangers(evidence), ...mixedPeople(evidence)];
}

/** Effects of something that was never sent. */
function strangers({ history, events }: Evidence): string[] {
  const sent = new Set(history.inputs.flatMap(({ event }) => (event ? [sourceEvent(event)] : [])));
  return events
    .filter((row) => !row.lane.includes('.bridge/') && !sent.has(causeOf(row.events)))
    .map(({ lane, offset }) => `${lane}/${offset} has an effect of a source event that was never sent`);
}

/** One reference per person, one person per reference. */
function mixedPeople({ feedLog, events }: Evidence): string[] {
  const inputs = new Map(feedLog.map((record) => [`${laneOf(record)}/${record.offset}`, record.input]));
  const refs = new Map<number, string>();
  const people = new Map<string, number>();
  const findings: string[] = [];
  for (const { lane, offset, ref } of events) {
    const person = inputs.get(`${lane}/${offset}`)?.person;
    if (person === undefined || person === null) continue;
    if ((refs.get(person) ?? ref) !== ref || (people.get(ref) ?? person) !== person)
      findings.push(`${lane}/${offset}: person and reference do not belong together`);
    refs.set(person, ref);
    people.set(ref, person);
  }
  return findings;
}
