import {
  type MessageOn,
  OUT_TOPICS,
  type OutboxMessage,
  type OutTopic,
} from '../../src/core/messages/messages.ts';
import type {
  AlertValue,
  OtUngdomValue,
  StatusGroupValue,
  StatusValue,
} from '../../src/core/messages/outValues.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { createCodec } from '../../src/wire/codec.ts';
import { loadSchemas } from '../../src/wire/schemaFiles.ts';

const REF = personRef('6f1c0f3e9b7a4c55a1d2e3f405162738');
const head = {
  ref: REF,
  org: 'telemarkfylke-no',
  version: 3,
  recorded: '2026-11-20T09:30:00.000Z',
};
const eventId = (n: number) => `telemarkfylke-no.ot.event.school-dropout/2/4711/${n}`;
const registration = { county: '40', schoolYear: '2026-27' };
const shared = { protection: 'UGRADERT' } as const;
const status = {
  list: 'OT-2016-07',
  group: 1,
  groupLabel: 'Under avklaring',
  targetGroup: true,
  effective: '2026-11-18',
};

const statusOpen: StatusValue = {
  ...head,
  ...shared,
  ...registration,
  ...status,
  eventId: eventId(0),
  state: 'GJELDENDE',
  tilmeldingskode: 'AVBRUTT',
  registeredFrom: '2026-11-18',
  owner: '40201',
  code: 'OTUK',
  viaOt: 'UKJENT',
  setBy: 'REGEL',
  rule: 'R01',
  reason: 'Ungdommen er meldt til OT, og aktiviteten er ukjent.',
};

const statusAnnulled: StatusValue = {
  ...head,
  ...shared,
  ...registration,
  eventId: eventId(0),
  version: 4,
  state: 'ANNULLERT',
  tilmeldingskode: null,
  registeredFrom: null,
  owner: null,
  code: null,
  list: null,
  group: null,
  groupLabel: null,
  targetGroup: null,
  viaOt: null,
  effective: null,
  setBy: null,
  rule: 'R40',
  reason: 'Skolen har trukket meldingen tilbake.',
};

const groupOpen: StatusGroupValue = { ...head, ...registration, ...status, eventId: eventId(1), open: true };

const alertRaised: AlertValue = {
  ...head,
  ...shared,
  ...registration,
  eventId: eventId(2),
  alertId: 'NY_TILMELDING|2026-27|40',
  state: 'REIST',
  kind: 'NY_TILMELDING',
  category: 'VARSEL',
  owner: '40201',
  proposed: [],
  viaOt: null,
  minor: 'JA',
  guardians: 'JA',
  timeBand: 'A',
  priority: 'HOY',
  evidence: ['5a1cf3b07e9d2468'],
  deadlines: [
    { what: 'KONTAKT', date: '2026-11-27', rule: 'R42' },
    { what: 'VEILEDNINGSTIME', date: '2026-12-11', rule: 'R42' },
  ],
  effective: '2026-11-18',
  feed: 'school-dropout',
  lostRight: false,
  office: null,
  toCounty: null,
  rule: 'R01',
  reason: 'Ungdommen er ny i OT.',
};

const proposal: AlertValue = {
  ...alertRaised,
  eventId: eventId(3),
  alertId: 'KJENT_HOS_NAV|2026-27|40',
  kind: 'KJENT_HOS_NAV',
  category: 'FORSLAG',
  state: 'ENDRET',
  proposed: ['OTKO', 'OTAP'],
  viaOt: 'NEI',
  timeBand: null,
  deadlines: [],
  office: '0805',
};

const ungdom: OtUngdomValue = {
  ...head,
  ...shared,
  eventId: eventId(4),
  registrations: [
    {
      ...registration,
      ...status,
      tilmeldingskode: 'AVBRUTT',
      registeredFrom: '2026-11-18',
      owner: '40201',
      code: 'OTUK',
      viaOt: 'UKJENT',
      setBy: 'REGEL',
      rule: 'R01',
    },
    {
      ...registration,
      ...status,
      schoolYear: '2025-26',
      tilmeldingskode: null,
      registeredFrom: '2026-03-02',
      owner: '40201',
      code: 'OTAR_IM',
      group: 3,
      groupLabel: 'I aktivitet',
      viaOt: 'JA',
      setBy: 'RADGIVER',
      rule: 'R06',
    },
  ],
};

function message<T extends OutTopic>(topic: T, value: MessageOn<T>['value']): MessageOn<T> {
  return { topic, id: value.eventId, ref: value.ref, value };
}

/** One message per shape that leaves; names are file names in test/golden/avro. */
export const GOLDEN_MESSAGES: Readonly<Record<string, OutboxMessage>> = {
  'status-open.v1.avro': message('status', statusOpen),
  'status-annulled.v1.avro': message('status', statusAnnulled),
  'status-group-open.v1.avro': message('status-group', groupOpen),
  'status-group-closed.v1.avro': message('status-group', {
    ...groupOpen,
    ...{ open: false, list: null, group: null, groupLabel: null, targetGroup: null, effective: null },
  }),
  'alert-raised.v3.avro': message('alert', alertRaised),
  'alert-proposal.v3.avro': message('alert', proposal),
  'alert-protected.v3.avro': message('alert-protected', {
    ...alertRaised,
    ...{ protection: 'STRENGT_FORTROLIG', county: null, owner: null },
  }),
  'ot-ungdom.v1.avro': message('ot-ungdom', ungdom),
  'ot-ungdom-empty.v1.avro': message('ot-ungdom', { ...ungdom, ...{ registrations: [] } }),
};

export const OUT_SCHEMAS = loadSchemas(new URL('../../schemas/avro/out', import.meta.url).pathname);

/** File name in test/golden/avro → framed bytes as in Kafka. */
export function goldenAvro(): Map<string, Buffer> {
  const codec = createCodec({ schemas: OUT_SCHEMAS });
  const covered = new Set(Object.values(GOLDEN_MESSAGES).map(({ topic }) => topic));
  const missing = OUT_TOPICS.filter((topic) => !covered.has(topic));
  if (missing.length > 0) throw new Error(`no golden message for ${missing.join(', ')}`);
  return new Map(Object.entries(GOLDEN_MESSAGES).map(([name, each]) => [name, codec.encode(each)]));
}
