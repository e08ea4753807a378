import { countyNumber, type OrgId } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { IsoInstant } from '../../src/core/time/date.ts';
import type { Youth } from '../../src/core/youth/youth.ts';
import { youthWrite } from '../../src/pipeline/writes.ts';
import type { NavRecords } from '../../src/store/navPort.ts';
import type { Store } from '../../src/store/port.ts';
import { agreementOf } from '../harness/agreement.ts';
import { consent, navAnswer, story } from '../harness/story.ts';
import { batch, claimed, committed, newOrg, record } from './commits.ts';

/** Lanes that write a county's youths. */
export const WORKERS = 8;
export const LIST = 'B-2026-11';
export const EXTRACTED = '2026-11-02T08:00:00.000Z';
export const NOW = '2026-11-12T08:00:00.000Z';
export const POLICY = defaultPolicy(countyNumber('46'));

export interface Written {
  permitted: Youth;
  /** NAV has answered that it knows the youth. */
  answered: Youth;
  withdrawn: Youth;
}

/** A youth as it is written: asked about, answered about, and withdrawn since. */
export function youths({ answers = false } = {}): Written {
  const p02 = story({ born: '2006-11-02', county: '46' });
  p02.when('2026-10-01T08:00:00Z', { kind: 'NotApplied', schoolYear: '2026-27' });
  for (const side of ['A', 'B'] as const)
    p02.when('2026-10-02T08:00:00Z', consent(side, 'UNGDOM', 'SAMTYKKET', '2026-10-02T08:00:00.000Z'));
  const permitted = p02.youth();
  if (answers)
    p02.when('2026-11-10T08:00:00Z', navAnswer('2026-11', 'JA', '4601'), { source: 'nav', id: '2026-11:1' });
  const answered = p02.youth();
  p02.when('2026-11-11T08:00:00Z', consent('A', 'UNGDOM', 'TRUKKET', '2026-11-11T08:00:00.000Z'));
  return { permitted, answered, withdrawn: p02.youth() };
}

export type County = Awaited<ReturnType<typeof countyWith>>;

/** A county of these youths, each written by one of `WORKERS` lanes, and its list that is to be made. */
export async function countyWith(
  { store, nav }: { store: Store; nav: NavRecords },
  refs: readonly PersonRef[],
  { written = youths(), first = written.permitted }: { written?: Written; first?: Youth } = {},
) {
  const org: OrgId = newOrg();
  const agreement = agreementOf(org);
  await nav.registerAgreement(agreement);
  const lanes = await Promise.all(Array.from({ length: WORKERS }, (_, n) => claimed(store, org, n)));
  const shares = lanes.map((lane, n) => ({
    lane,
    refs: refs.slice((n * refs.length) / WORKERS, ((n + 1) * refs.length) / WORKERS),
  }));
  for (const share of shares) {
    const applied = share.refs.map((ref, n) => record(ref, 1, BigInt(n), null));
    const all = share.refs.map((ref) => youthWrite({ ref, expectedVersion: 0, version: 1, youth: first }));
    await committed(store, batch(share.lane, BigInt(share.refs.length), { applied, youths: all }));
    share.lane.nextOffset = BigInt(share.refs.length);
  }
  const { party: recipient } = agreement;
  await nav.openBatch({
    ...{ org, id: LIST, agreement: agreement.id, recipient, extracted: EXTRACTED, requestedBy: 'a' },
  });
  const question = {
    ...{ agreements: [{ ...agreement, revoked: null }], policy: POLICY },
    ...{ at: NOW as IsoInstant, asked: EXTRACTED },
  };
  return { org, agreement, recipient, refs, shares, written, question };
}

/** Commits the withdrawal of each of these youths of a lane, one after the other. @param gone called after each commit */
export async function withdrawAll(
  store: Store,
  { lane }: County['shares'][number],
  refs: readonly PersonRef[],
  { withdrawn, gone }: { withdrawn: Youth; gone(ref: PersonRef): unknown },
): Promise<void> {
  for (const ref of refs) {
    const offset = lane.nextOffset;
    const previous = { lane: lane.id, offset: offset - 1n };
    const written = youthWrite({ ref, expectedVersion: 1, version: 2, youth: withdrawn });
    for (;;) {
      const change = batch(lane, offset + 1n, {
        applied: [record(ref, 2, offset, previous)],
        youths: [written],
      });
      // Of two that wait for each other the database ends one: the lane tries again.
      if ((await store.commit(change)) === 'committed') break;
    }
    lane.nextOffset = offset + 1n;
    await gone(ref);
  }
}
