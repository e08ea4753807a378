import fc from 'fast-check';
import type { FactBody } from '../../src/core/youth/statusEvent.ts';
import { left, started, terminated } from '../harness/story.ts';

// The autumn of a youth who goes from place to place and in the end leaves the last one, as reported by sources that
// forget to send where a youth began and that the youth left, repeat themselves, contradict themselves, come late,
// and call one firm by several numbers. What is never forgotten is that the youth left at last.

export interface Report {
  received: string;
  effective: string;
  body: FactBody;
}

const PLACES = ['40014', '40022', '987654321', '912345678'] as const;
/** A sub-unit, a training office, a branch of the school. */
const OTHER_NUMBERS = { school: '40099', apprenticeship: '999888777' } as const;

const isFirm = (place: string) => place.length === 9;
const dayOf = (day: number) => new Date(Date.UTC(2026, 7, 10 + day)).toISOString().slice(0, 10);
const often = fc.constantFrom(true, true, false);
const seldom = fc.constantFrom(false, false, false, true);

const visit = fc.record({
  days: fc.integer({ min: 7, max: 40 }),
  startSent: often,
  endSent: seldom,
  endLate: fc.integer({ min: 0, max: 5 }),
  main: fc.constantFrom(null, true),
  twice: seldom,
});

/** Records in the order in which they enter Kafka. */
export const forgetful: fc.Arbitrary<Report[]> = fc
  .record({
    places: fc.shuffledSubarray([...PLACES], { minLength: 1 }),
    visits: fc.array(visit, { minLength: PLACES.length, maxLength: PLACES.length }),
    otherNumber: seldom,
    lostRight: seldom,
    reason: fc.constantFrom('FV', 'AR', 'AF'),
    moments: fc.array(fc.integer({ min: 0, max: 60 * 24 * 60 }), { minLength: 24, maxLength: 24 }),
  })
  .map(({ places, visits, otherNumber, lostRight, reason, moments }) => {
    const reports: Omit<Report, 'received'>[] = [];
    let day = 0;
    for (const [at, place] of places.entries()) {
      const { days, startSent, endSent, endLate, main, twice } = visits[at]!;
      const last = at === places.length - 1;
      const from = dayOf(day);
      const kind = isFirm(place) ? 'apprenticeship' : 'school';
      const start = started(place, kind, kind === 'school' ? main : null);
      if (startSent) reports.push({ effective: from, body: start });
      if (startSent && twice) reports.push({ effective: dayOf(day - 2), body: start });
      day += days;
      const where = last && otherNumber ? OTHER_NUMBERS[kind] : place;
      if (last) {
        const leaves = leaving(where, kind, reason, lostRight);
        reports.push({ effective: dayOf(day), body: leaves });
        if (twice) reports.push({ effective: dayOf(day + 1), body: leaves });
      } else if (endSent) {
        // A move, reported as one or as the dropout that it was to the school, and not always in time.
        const said = endLate % 2 === 0 ? (kind === 'school' ? 'AS' : 'ON') : reason;
        reports.push({ effective: dayOf(day + endLate), body: leaving(where, kind, said, false) });
      }
    }
    return reports.map((each, at) => ({
      ...each,
      received: new Date(Date.UTC(2027, 0, 5) + moments[at % moments.length]! * 60_000 + at).toISOString(),
    }));
  });

function leaving(where: string, kind: 'school' | 'apprenticeship', reason: string, lost: boolean): FactBody {
  return kind === 'school' ? left(where, reason, lost) : terminated(where, reason, lost);
}
