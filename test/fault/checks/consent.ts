import { bothOpen } from '../../core/oracle/consent.ts';
import { type Evidence, laneOf } from '../evidence.ts';
import type { Person } from '../load/people.ts';

// A judgement of its own (the oracle's): no person in the load turns 18 during the run.

/** No NAV alert without both consents at the moment of its event, and no answer or office anywhere else. */
export function checkConsent(evidence: Evidence): string[] {
  const { history, outLog, events, youths } = evidence;
  const findings: string[] = [];
  const personOf = peopleByRef(evidence);
  const said = Map.groupBy(
    history.inputs.filter(({ consent }) => consent),
    ({ person }) => person,
  );
  const may = (person: Person | undefined, at: string) => {
    if (person === undefined) return false;
    const consents = (said.get(person.index) ?? []).flatMap(({ consent }) => consent ?? []);
    return bothOpen(consents, person.adult ? 'adult' : 'minor', at);
  };
  for (const { out, id, key, decoded } of outLog) {
    const { kind, state, office, recorded } = decoded;
    const disclosed =
      (out === 'alert' || out === 'alert-protected') && kind === 'KJENT_HOS_NAV' && state !== 'TRUKKET';
    if (disclosed && !may(personOf.get(key ?? ''), String(recorded)))
      findings.push(`${out} ${id} discloses NAV without both consents`);
    if (!disclosed && typeof office === 'string') findings.push(`${out} ${id} names an office`);
  }
  for (const { lane, offset, ref, recorded, events: body } of events) {
    if (
      /"(answer":"(JA|NEI|IKKE_SVART)|office":")/.test(JSON.stringify(body)) &&
      !may(personOf.get(ref), recorded)
    ) {
      findings.push(`${lane}/${offset} keeps an answer of NAV without both consents`);
    }
  }
  for (const [ref, { youth }] of youths) {
    const kept = youth.facts.some(
      (fact) => fact.kind === 'NavMatch' && (fact.answer !== null || fact.office !== null),
    );
    if (kept && !may(personOf.get(ref), evidence.at))
      findings.push('a youth keeps an answer of NAV without both consents');
  }
  return findings;
}

function peopleByRef({ feedLog, events, people }: Evidence): Map<string, Person> {
  const inputs = new Map(feedLog.map((record) => [`${laneOf(record)}/${record.offset}`, record.input]));
  return new Map(
    events.flatMap(({ lane, offset, ref }) => {
      const index = inputs.get(`${lane}/${offset}`)?.person;
      const person = index === undefined || index === null ? undefined : people[index];
      return person ? [[ref, person] as const] : [];
    }),
  );
}
