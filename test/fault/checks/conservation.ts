import { type Evidence, type FeedEntry, laneOf } from '../evidence.ts';

/** Every record received ended in exactly one way, and the app's counts are what the checker counts itself. */
export function checkConservation(evidence: Evidence): string[] {
  const findings: string[] = [];
  const byLane = Map.groupBy(evidence.feedLog, laneOf);
  for (const name of byLane.keys()) {
    if (!evidence.lanes.some((lane) => lane.name === name))
      findings.push(`${name} has records and no cursor`);
  }
  for (const lane of evidence.lanes) {
    const records = byLane.get(lane.name) ?? [];
    const received = records.length;
    const counted = lane.applied + lane.duplicate + lane.rejected + lane.quarantined + lane.parked;
    if (lane.next !== received) findings.push(`${lane.name}: cursor ${lane.next}, received ${received}`);
    if (lane.published !== lane.next)
      findings.push(`${lane.name}: published up to ${lane.published} of ${lane.next}`);
    if (counted !== received)
      findings.push(`${lane.name}: counted ${counted} endings of ${received} records`);
    if (lane.parked !== 0) findings.push(`${lane.name}: ${lane.parked} parked`);
    const expect = (what: string, found: number, expected: number) => {
      if (found !== expected) findings.push(`${lane.name}: ${found} ${what}, expected ${expected}`);
    };
    expect('quarantined', lane.quarantined, kinds(records, 'broken'));
    expect(
      'quarantine rows',
      evidence.quarantine.filter((row) => row.lane === lane.name).length,
      lane.quarantined,
    );
    expect('rejected', lane.rejected, 0);
    const effects = evidence.events.filter((row) => row.lane === lane.name).length;
    // Rows of a NAV batch and its manifest are applied to the list, not to a youth.
    expect('applied', lane.applied, effects + kinds(records, 'answer') + kinds(records, 'manifest'));
  }
  const distinct = new Set(
    evidence.history.inputs.flatMap((input) =>
      input.event ? `${input.feed} ${input.event.source} ${input.event.id} ${input.event.version}` : [],
    ),
  );
  const own = evidence.events.filter(({ lane }) => lane.includes('.bridge/')).length;
  if (evidence.events.length - own !== distinct.size) {
    findings.push(
      `${distinct.size} distinct source events were sent, ${evidence.events.length - own} have an effect`,
    );
  }
  return findings;
}

function kinds(records: readonly FeedEntry[], kind: string): number {
  return records.filter(({ input }) => input?.kind === kind).length;
}
