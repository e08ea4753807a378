import { countyNumber } from '../../../src/core/organisation.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import { decide } from '../../../src/core/youth/decide.ts';
import { fold } from '../../../src/core/youth/evolve.ts';
import type { FactBody, StatusEvent } from '../../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../../src/core/youth/youth.ts';

// Lives one youth's years and prints every moment at which time brought something: run with TZ set, by oslo.test.ts.

const policy = defaultPolicy(countyNumber('40'));
let youth: Youth = UNKNOWN_YOUTH;
const moments: string[] = [];

function happen(now: string, effective: string, body: FactBody): void {
  const event: StatusEvent = {
    feed: 'ot-adviser',
    source: 'zone',
    id: `${body.kind}-${now}`,
    version: 1,
    effective,
    reported: null,
    county: countyNumber('40'),
    born: '2008-02-29',
    nameTag: null,
    ...body,
  };
  const events = decide(event, youth, { now, today: osloDate(now), policy });
  youth = fold(youth, events);
  for (const { type } of events) if (type.startsWith('Alert')) moments.push(`${now} ${type}`);
}

happen('2025-10-20T14:00:00.000Z', '2025-10-19', {
  kind: 'NoShow',
  schoolYear: '2025-26',
  institution: null,
});
for (let turn = 0; youth.due !== null && youth.due < '2033-02-01' && turn < 50; turn += 1)
  happen(youth.due, youth.due.slice(0, 10), { kind: 'Due', at: youth.due });

process.stdout.write(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, moments }));
