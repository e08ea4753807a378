import { randomUUID } from 'node:crypto';
import { countyNumber } from '../../src/core/organisation.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { type PersonRef, personOfNumber } from '../../src/core/person/reference.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import type { Alert, Fact, OtStatus, YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import type { Commit } from '../../src/store/port.ts';
import { packRecord } from '../../src/wire/sealedRecord.ts';
import { batch } from '../store/commits.ts';
import { dropout, ORG, type TestParts } from './parts.ts';

export const RECORDED = '2026-10-07T07:12:00.000Z';

export const STATUS: OtStatus = {
  code: 'OTUK',
  list: 'OT-2016-07',
  group: 1,
  targetGroup: true,
  viaOt: 'UKJENT',
  effective: '2026-10-05',
  setBy: 'RULE',
  rule: 'R01',
};

export const ALERT: Alert = {
  id: 'a-1',
  kind: 'NY_TILMELDING',
  category: 'alert',
  schoolYear: '2026-27',
  county: countyNumber('40'),
  rule: 'R01',
  owner: '40200',
  proposed: [],
  minor: 'JA',
  timeBand: 'A',
  deadlines: [{ what: 'KONTAKT', date: '2026-10-14', rule: 'R43' }],
  effective: '2026-10-05',
  feed: 'school-dropout',
  lostRight: false,
  viaOt: null,
  office: '0814',
  toCounty: null,
  evidence: ['5a1cf3b07e9d2468'],
};

export const FACT: Fact = {
  kind: 'Left',
  training: 'school',
  institution: '40014',
  reason: 'AF',
  list: 'B06-2024',
  lostRight: false,
  feed: 'school-dropout',
  source: 'skole:40014',
  // As careless as a source may be: its own id holds the number.
  id: 'elev-14830989960',
  version: 1,
  effective: '2026-10-05',
  reported: null,
  county: countyNumber('40'),
  born: '2009-03-14',
  nameTag: null,
  received: RECORDED,
  firstReceived: RECORDED,
  firstReceivedOn: '2026-10-07',
  versions: [1],
};

export const EVENTS: YouthEvent[] = [
  { type: 'FactRecorded', fact: FACT },
  {
    type: 'TilmeldingOpened',
    tilmeldingskode: 'AVBRUTT',
    effective: '2026-10-05',
    owner: '40200',
    rule: 'R01',
    schoolYear: '2026-27',
    county: countyNumber('40'),
  },
  {
    type: 'StatusSet',
    status: STATUS,
    tilmeldingskode: 'AVBRUTT',
    owner: '40200',
    schoolYear: '2026-27',
    county: countyNumber('40'),
  },
  { type: 'AlertRaised', alert: ALERT },
  { type: 'DueMoved', due: '2026-10-14T22:00:00.000Z' },
];

const YOUTH: Youth = {
  ...UNKNOWN_YOUTH,
  asOf: RECORDED,
  facts: [FACT],
  registrations: [
    {
      schoolYear: '2026-27',
      county: countyNumber('40'),
      tilmeldingskode: 'AVBRUTT',
      effective: '2026-10-05',
      owner: '40200',
      status: STATUS,
    },
  ],
  alerts: [ALERT],
  due: '2026-10-14T22:00:00.000Z',
};

async function commit(parts: TestParts, records: bigint, changes: Partial<Commit>): Promise<void> {
  const lane = await parts.memory.claim({ org: ORG, topic: `${ORG}.ot.event.school-dropout`, partition: 0 });
  const result = await parts.memory.commit(batch(lane, lane.nextOffset + records, changes));
  if (result !== 'committed') throw new Error(result);
}

/** A youth with a dropout behind it; its reference. */
export async function seedYouth(parts: TestParts, number: string, events = EVENTS): Promise<PersonRef> {
  const fodselsnummer = new Fodselsnummer(number);
  const [numberRef] = await parts.memory.resolve([
    { hmac: parts.vault.hmac(fodselsnummer), sealedNumber: () => parts.vault.seal(fodselsnummer) },
  ]);
  if (numberRef === undefined) throw new Error('no reference');
  const ref = personOfNumber(numberRef);
  await commit(parts, 1n, {
    applied: [appliedRecord({ offset: 0n, ref, version: 1, previous: null, recorded: RECORDED, events })],
    youths: [youthWrite({ ref, expectedVersion: 0, version: 1, youth: YOUTH })],
  });
  return ref;
}

/** A quarantined record of a submission; its id. */
export async function seedQuarantine(
  parts: TestParts,
  record: unknown,
  at: { receipt: string; row: number },
): Promise<string> {
  const id = randomUUID();
  const headers = { 'ot-receipt': at.receipt, 'ot-row': String(at.row), traceparent: 'tp' };
  await commit(parts, 1n, {
    quarantined: [
      {
        id,
        offset: 0n,
        received: RECORDED,
        problems: [
          {
            code: 'UNKNOWN_CODE',
            field: 'avbruddsarsak',
            text: 'Ukjent kode.',
            cure: 'Rett den.',
            raw: 'ZZ',
          },
        ],
        sealed: parts.vault.seal(packRecord({ value: Buffer.from(JSON.stringify(record)), headers })),
        receipt: at.receipt,
        row: at.row,
      },
    ],
  });
  return id;
}

/** Records of one person that wait. */
export async function seedParked(
  parts: TestParts,
  ref: PersonRef,
  count: number,
): Promise<Record<string, unknown>[]> {
  const records = Array.from({ length: count }, () => dropout());
  await commit(parts, BigInt(count), {
    parked: records.map((record, index) => ({
      offset: BigInt(index),
      ref,
      received: RECORDED,
      reason: 'decide-failed',
      sealed: parts.vault.seal(
        packRecord({ value: Buffer.from(JSON.stringify(record)), headers: { 'ot-row': String(index + 1) } }),
      ),
    })),
  });
  return records;
}
