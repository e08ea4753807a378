import { createHash, randomUUID } from 'node:crypto';
import { countyNumber, type OrgId, orgId } from '../../src/core/organisation.ts';
import { Fodselsnummer } from '../../src/core/person/fodselsnummer.ts';
import { holdsNumber } from '../../src/core/person/numberInText.ts';
import { personOfNumber, personRef } from '../../src/core/person/reference.ts';
import type { Problem } from '../../src/core/problem.ts';
import { VIGO_VERSION, vigoCsv } from '../../src/core/vigo/otFile.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import type { YouthEvent } from '../../src/core/youth/youthEvent.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import type { NavRecords } from '../../src/store/navPort.ts';
import type { Vault } from '../../src/store/vault.ts';
import type { VigoRecords } from '../../src/store/vigoPort.ts';
import { ALERT, EVENTS, FACT, RECORDED, STATUS } from '../api/seed.ts';
import { agreementOf } from '../harness/agreement.ts';
import { auditEntry } from '../store/auditContract.ts';
import { type AnyStore, batch, claimed, committed, listRow, newRef } from '../store/commits.ts';

// Two organisations with youths of two units, one in hiding, and what schools and machines have sent: each thing has a
// name that is found in an answer that shows it.

export const OWN = orgId('telemarkfylke-no');
export const OTHER = orgId('vestfoldfylke-no');
const COUNTY: Readonly<Record<string, string>> = { [OWN]: '40', [OTHER]: '39' };
export const UNIT = '40200';
export const OTHER_UNIT = '40300';
export const SCHOOL = '40014';
export const OTHER_SCHOOL = '40015';
export const CONSUMER = '889640782';
/** Id of every alert, without the youth. */
export const CAUSE = '5a1cf3b07e9d2468';
export const NAV_LIST = 'B-2026-10';
export const STRANGER = '974760673';

/** Kinds of things that an answer may show. */
export type Kind =
  | 'youth'
  | 'number'
  | 'receipt'
  /** Of a receipt, in quarantine. */
  | 'row'
  | 'quarantine'
  | 'parked'
  | 'list'
  | 'lookup'
  | 'disclosure'
  | 'snapshot'
  | 'vigo';

export interface Thing {
  kind: Kind;
  /** What an answer that shows it contains, and no other answer. */
  mark: string;
  org: OrgId;
  /** OT unit of a youth. */
  unit?: string;
  hidden?: boolean;
  number?: string;
  /** School of a receipt or a list. */
  institution?: string | null;
  sender?: string;
  feed?: string;
  /** Of a row. */
  receipt?: string;
  /** Id of a file to VIGO. */
  file?: string;
}

// The bridge's own synthetic persons: month + 80.
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  [OWN]: ['14830989960', '21860876016', '02830878998', '05880998987'],
  [OTHER]: ['01880997000', '01880998112'],
};

export async function seedWorld(store: AnyStore, vault: Vault): Promise<readonly Thing[]> {
  return [...(await seedOrganisation(store, vault, OWN)), ...(await seedOrganisation(store, vault, OTHER))];
}

async function seedOrganisation(store: AnyStore, vault: Vault, org: OrgId): Promise<Thing[]> {
  const things: Thing[] = [];
  const [first = '', second = '', third = ''] = NUMBERS[org] ?? [];
  const youths = [
    { number: first, unit: UNIT, hidden: false },
    { number: second, unit: OTHER_UNIT, hidden: false },
    ...(third === '' ? [] : [{ number: third, unit: UNIT, hidden: true }]),
  ];
  const lane = await claimed(store, org, 0);
  for (const { number, unit, hidden } of youths) {
    const fodselsnummer = new Fodselsnummer(number);
    const [known] = await store.resolve([
      { hmac: vault.hmac(fodselsnummer), sealedNumber: () => vault.seal(fodselsnummer) },
    ]);
    if (known === undefined) throw new Error('no reference');
    const ref = personOfNumber(known);
    const alert = { ...ALERT, id: CAUSE, owner: unit };
    const events: YouthEvent[] = [
      ...EVENTS.map((event) => (event.type === 'AlertRaised' ? { ...event, alert } : event)),
      ...(hidden ? [{ type: 'FactRecorded' as const, fact: PROTECTION }] : []),
    ];
    await committed(
      store,
      batch(lane, lane.nextOffset + 1n, {
        applied: [
          appliedRecord({
            offset: lane.nextOffset,
            ref,
            version: 1,
            previous: null,
            recorded: RECORDED,
            events,
          }),
        ],
        youths: [youthWrite({ ref, expectedVersion: 0, version: 1, youth: youthOf(org, unit, hidden) })],
      }),
    );
    things.push({ kind: 'youth', mark: ref, org, unit, hidden, number });
    // Number and name behind a graded address are given to none (D04).
    if (!hidden) things.push({ kind: 'number', mark: number, org, unit });
    const lookup = unmaskedId();
    const seen = { who: lookup, access: 'youth:identify' as const, purpose: 'KONTAKT', subjects: [ref] };
    await store.append([{ chain: org, entry: auditEntry({ ...seen, at: RECORDED }) }]);
    things.push({ kind: 'lookup', mark: lookup, org, unit, hidden });
  }
  for (const institution of [SCHOOL, OTHER_SCHOOL, null]) {
    for (const sender of [`0192:${CONSUMER}`, `0192:${STRANGER}`]) {
      const id = randomUUID();
      await store.openReceipt({
        ...{ id, org, feed: 'school-dropout', rows: 1, idempotencyKey: null, received: RECORDED },
        ...{ sender, institution, bodyHash: Buffer.alloc(32) },
      });
      things.push({ kind: 'receipt', mark: id, org, institution, sender, feed: 'school-dropout' });
    }
  }
  // Receipts of their own, with a row each in quarantine: a sign is in what is wrong.
  const ofReceipts = things
    .filter(({ kind }) => kind === 'receipt')
    .map((thing) => ({ ...thing, kind: 'row' as const, receipt: randomUUID(), mark: signOf() }));
  for (const { receipt, sender = '', institution = null } of ofReceipts)
    await store.openReceipt({
      ...{ id: receipt, org, feed: 'school-dropout', rows: 1, idempotencyKey: null, received: RECORDED },
      ...{ sender, institution, bodyHash: Buffer.alloc(32) },
    });
  things.push(...ofReceipts);
  const problemsOf = (mark: string): Problem[] => [
    { code: 'UNKNOWN_CODE', field: mark, text: 't', cure: 'c' },
  ];
  await committed(
    store,
    batch(lane, lane.nextOffset + BigInt(ofReceipts.length), {
      quarantined: ofReceipts.map(({ receipt, mark }, index) => ({
        ...{ id: randomUUID(), offset: lane.nextOffset + BigInt(index), received: RECORDED },
        ...{ receipt, row: 1, problems: problemsOf(mark), sealed: vault.seal(Buffer.from(KEPT)) },
      })),
    }),
  );
  const item = randomUUID();
  const runs = [SCHOOL, OTHER_SCHOOL].map((institution) => ({ institution, run: `run-${randomUUID()}` }));
  const parkedReason = `parked-${randomUUID()}`;
  await committed(
    store,
    batch(lane, lane.nextOffset + 2n, {
      quarantined: [
        {
          ...{ id: item, offset: lane.nextOffset, received: RECORDED, receipt: null, row: null },
          problems: [{ code: 'UNKNOWN_CODE', field: 'f', text: 't', cure: 'c', raw: 'secret' }],
          sealed: vault.seal(Buffer.from('{}')),
        },
      ],
      parked: [
        {
          ...{ offset: lane.nextOffset + 1n, received: RECORDED, reason: parkedReason },
          // Of no youth: while records wait, a number is given to none.
          ref: newRef(),
          sealed: vault.seal(Buffer.from('{}')),
        },
      ],
      listRows: runs.map(({ institution, run }) => ({
        ...listRow(
          { list: `private-school:${institution}`, run, type: 'FULL', total: 2 },
          `row-${run}`,
          null,
        ),
        offset: lane.nextOffset,
      })),
    }),
  );
  things.push({ kind: 'quarantine', mark: item, org }, { kind: 'parked', mark: parkedReason, org });
  for (const { institution, run } of runs) {
    things.push({ kind: 'list', mark: run, org, institution, feed: 'private-school' });
  }
  const snapshot = `snapshot-${randomUUID()}`;
  await store.saveSnapshot({
    ...{ org, referenceDate: '2026-11-15', cutoff: RECORDED },
    content: Buffer.from(JSON.stringify({ snapshot })),
  });
  things.push({ kind: 'snapshot', mark: snapshot, org });
  return things;
}

/** Strictly confidential. */
const PROTECTION = {
  ...FACT,
  ...{ kind: 'Protection' as const, grade: 'STRENGT_FORTROLIG' as const, id: 'protection' },
};

function youthOf(org: OrgId, unit: string, hidden: boolean): Youth {
  return {
    ...UNKNOWN_YOUTH,
    facts: hidden ? [FACT, PROTECTION] : [FACT],
    registrations: [
      {
        ...{
          schoolYear: '2026-27',
          county: countyNumber(COUNTY[org] ?? ''),
          tilmeldingskode: 'AVBRUTT' as const,
        },
        ...{ effective: '2026-10-05', owner: unit, status: STATUS },
      },
    ],
    alerts: [{ ...ALERT, id: CAUSE, owner: unit }],
    asOf: RECORDED,
  };
}

/** Files to VIGO: one with the youths in the open, one that was made before the others went into hiding. Unanswered. */
export async function seedVigo(
  vigo: Pick<VigoRecords, 'addVigoFile' | 'lastReported'>,
  things: readonly Thing[],
): Promise<Thing[]> {
  const files: Thing[] = [];
  for (const org of [OWN, OTHER])
    for (const hidden of [false, true]) {
      const youths = things.filter(
        (each) => each.kind === 'youth' && each.org === org && each.hidden === hidden,
      );
      if (youths.length === 0) continue;
      const rows = youths.map(({ mark, number = '', unit = '' }, index) => ({
        ...{ rad: index + 1, ref: personRef(mark), fodselsnummer: number },
        ...{ skolear: '2026-27', aktivitetskode: 'OTVE', dato: '2026-10-05', tilmeldingskode: null },
        ...{ tilknytningnr: unit, varsel: null },
      }));
      const id = randomUUID();
      const hash = createHash('sha256').update(vigoCsv(id, rows)).digest();
      await vigo.addVigoFile(
        org,
        { id, version: VIGO_VERSION, made: '2026-09-01T08:00:00.000Z', by: 'seed', hash },
        rows.map(({ fodselsnummer: _number, ...row }) => row),
        (await vigo.lastReported(org)).files,
      );
      // As the list of files names it: the trail of who has seen a youth names the file too.
      files.push({ kind: 'vigo', mark: `"id":"${id}"`, org, file: id });
    }
  return files;
}

/** Quarantined records as they are kept. */
const KEPT = JSON.stringify({ value: Buffer.from('{"type":"avbrudd"}').toString('base64'), headers: {} });

/** The name of a field. */
function signOf(): string {
  return `felt${randomUUID().replaceAll(/[^a-f]/g, '')}${randomUUID().replaceAll(/[^a-f]/g, '')}`;
}

/** A month's list to NAV with every youth: each is disclosed once, also one that went into hiding later. */
export async function seedNav(
  nav: Pick<NavRecords, 'registerAgreement' | 'openBatch' | 'extractPage' | 'finishBatch'>,
  things: readonly Thing[],
): Promise<Thing[]> {
  const disclosures: Thing[] = [];
  for (const org of [OWN, OTHER]) {
    const agreement = agreementOf(org);
    await nav.registerAgreement(agreement);
    const { id: agreed, party: recipient } = agreement;
    const at = '2026-10-06T08:00:00.000Z';
    await nav.openBatch({
      ...{ org, id: NAV_LIST, agreement: agreed, recipient },
      extracted: at,
      requestedBy: 'seed',
    });
    await nav.extractPage(org, NAV_LIST, 100, ({ ref }) => {
      const youth = things.find(({ kind, mark }) => kind === 'youth' && mark === ref);
      if (youth === undefined) return null;
      const decision = randomUUID();
      disclosures.push({ ...youth, kind: 'disclosure', mark: decision });
      return { matchId: `m-${decision.slice(0, 8)}`, ref, consentVersion: 'v1', decision };
    });
    const hash = Buffer.alloc(32);
    await nav.finishBatch(org, NAV_LIST, { at, hash, csvHash: hash, leaveOut: [] });
  }
  return disclosures;
}

/** An id that the trail keeps as it is: some look like an identity number, and are masked. */
function unmaskedId(): string {
  for (;;) {
    const id = randomUUID();
    if (!holdsNumber(id)) return id;
  }
}
