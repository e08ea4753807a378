import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Lane } from '../../src/core/lane.ts';
import { type OrgId, orgId } from '../../src/core/organisation.ts';
import { type PersonRef, personRef } from '../../src/core/person/reference.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import type { AuditTrail } from '../../src/store/auditPort.ts';
import type { Operations } from '../../src/store/operationsPort.ts';
import type { AppliedRecord, Commit, ListRow, Outcome, Store } from '../../src/store/port.ts';
import type { Queries } from '../../src/store/queriesPort.ts';

// What a lane of a store is given in the contract's tests.

export type AnyStore = Store & Queries & Operations & AuditTrail;

export const NONE: Record<Outcome, number> = {
  applied: 0,
  duplicate: 0,
  rejected: 0,
  quarantined: 0,
  parked: 0,
};
export const AT = '2026-10-07T07:12:00.000Z';

export const CONCLUDED = {
  verdict: 'concluded',
  reason: null,
  affected: 0,
  doubtful: [],
  refs: null,
} as const;

/** A good row of a list, as the pipeline writes it. */
export function listRow(
  envelope: ListRow['envelope'],
  rowKey: string | null,
  ref: PersonRef | null,
  changes: Partial<ListRow> = {},
): ListRow {
  const row = { offset: 0n, envelope, rowKey, ref, sealed: null, received: AT };
  return {
    ...row,
    number: null,
    quarantine: null,
    nameless: null,
    replayOf: null,
    receipt: null,
    ...changes,
  };
}

/** Of a youth that is not known yet. */
export function newRef(): PersonRef {
  return personRef(randomUUID());
}

export function newOrg(): OrgId {
  return orgId(`org-${randomUUID()}`);
}

export function claimed(store: Pick<Store, 'claim'>, org = newOrg(), partition = 0): Promise<Lane> {
  return store.claim({ org, topic: `${org}.ot.event.school-dropout`, partition });
}

export function youth(due: string | null = null): Youth {
  return { ...UNKNOWN_YOUTH, due };
}

const RECEIVED = { received: AT, receivedOn: '2026-10-07' };

export function record(
  ref: PersonRef,
  version: number,
  offset: bigint,
  previous: AppliedRecord['previous'],
): AppliedRecord {
  const noted = { type: 'VersionNoted' as const, key: 'skole:40014|1', version, ...RECEIVED, fact: null };
  return appliedRecord({ offset, ref, version, previous, recorded: AT, events: [noted] });
}

export function batch(lane: Lane, nextOffset: bigint, parts: Partial<Commit> = {}): Commit {
  return {
    lane,
    nextOffset,
    publishedUpto: lane.publishedUpto,
    mark: null,
    applied: [],
    youths: [],
    quarantined: [],
    parked: [],
    names: [],
    sourceKeys: [],
    receipts: [],
    listRows: [],
    counts: NONE,
    ...parts,
  };
}

/** One applied record for one youth, as the pipeline writes it. */
export function change(
  lane: Lane,
  ref: PersonRef,
  version: number,
  due: string | null = null,
  previous: AppliedRecord['previous'] = null,
): Commit {
  const offset = lane.nextOffset;
  return batch(lane, offset + 1n, {
    applied: [record(ref, version, offset, previous)],
    youths: [youthWrite({ ref, expectedVersion: version - 1, version, youth: youth(due) })],
    counts: { ...NONE, applied: 1 },
  });
}

/** One record that merged youths, as the pipeline writes it. `version`: of each after it. */
export function merging(
  lane: Lane,
  gone: readonly { ref: PersonRef; version: number; into: PersonRef }[],
  stays: PersonRef,
  version: number,
): Commit {
  const offset = lane.nextOffset;
  const write = (ref: PersonRef, to: number, mergedInto: PersonRef | null) =>
    youthWrite({ ref, expectedVersion: to - 1, version: to, youth: { ...youth(), mergedInto } });
  // Who goes had its last record just before this one.
  const effect = (ref: PersonRef, to: number) =>
    record(ref, to, offset, to === 1 ? null : { lane: lane.id, offset: offset - 1n });
  return batch(lane, offset + 1n, {
    applied: [...gone.map((each) => effect(each.ref, each.version)), effect(stays, version)],
    youths: [...gone.map((each) => write(each.ref, each.version, each.into)), write(stays, version, null)],
    counts: { ...NONE, applied: 1 },
  });
}

export async function committed(store: Pick<Store, 'commit'>, commit: Commit): Promise<void> {
  expect(await store.commit(commit)).toBe('committed');
  commit.lane.nextOffset = commit.nextOffset;
}
