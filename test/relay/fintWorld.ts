import { randomUUID } from 'node:crypto';
import type { Lane } from '../../src/core/lane.ts';
import { countyNumber, type Organisation } from '../../src/core/organisation.ts';
import type { PersonRef } from '../../src/core/person/reference.ts';
import type { ProtectionGrade } from '../../src/core/youth/statusEvent.ts';
import { UNKNOWN_YOUTH, type Youth } from '../../src/core/youth/youth.ts';
import { appliedRecord, youthWrite } from '../../src/pipeline/writes.ts';
import { createFintSync, type FintSyncParts } from '../../src/relay/fint/fintSync.ts';
import type { FintProjection } from '../../src/store/fintPort.ts';
import type { Store } from '../../src/store/port.ts';
import { FACT, STATUS } from '../api/seed.ts';
import { AT, batch, claimed, newOrg } from '../store/commits.ts';

/** Youths of one organisation, committed as the pipeline commits them, and what FINT should have of them. */
export async function fintWorld(store: Store & FintProjection, publisher: FintSyncParts['publisher']) {
  const organisation: Organisation = { id: newOrg(), county: countyNumber('40'), virtualClock: false };
  const lane: Lane = await claimed(store, organisation.id);
  const versions = new Map<PersonRef, { version: number; offset: bigint }>();
  const expected = new Map<string, string>();
  let now = Date.UTC(2026, 9, 7, 12);
  const parts = {
    projection: store,
    store,
    publisher,
    organisation,
    newId: randomUUID,
    now: () => now,
    today: async () => '2026-10-07',
  };
  return {
    projection: store as FintProjection,
    organisation,
    expected,
    pass: (ms: number) => {
      now += ms;
    },
    worker: (holder: string, changes: Partial<FintSyncParts> = {}) =>
      createFintSync({ ...parts, holder, ...changes }),
    async put(
      ref: PersonRef,
      shown: { code: string; owner?: string; grade?: ProtectionGrade; out?: boolean },
    ) {
      const { code, owner = '40200', grade = 'UGRADERT', out = false } = shown;
      const known = versions.get(ref);
      const version = (known?.version ?? 0) + 1;
      const offset = lane.nextOffset;
      const youth: Youth = {
        ...UNKNOWN_YOUTH,
        asOf: AT,
        facts: [
          FACT,
          ...(grade === 'UGRADERT' ? [] : [{ ...PROTECTION, grade, kind: 'Protection' as const }]),
        ],
        registrations: out
          ? []
          : [
              {
                schoolYear: '2026-27',
                county: countyNumber('40'),
                tilmeldingskode: 'AVBRUTT',
                effective: '2026-10-05',
                owner,
                status: { ...STATUS, code },
              },
            ],
      };
      const previous = known === undefined ? null : { lane: lane.id, offset: known.offset };
      const noted = { type: 'DueMoved' as const, due: null };
      const result = await store.commit(
        batch(lane, offset + 1n, {
          applied: [appliedRecord({ offset, ref, version, previous, recorded: AT, events: [noted] })],
          youths: [youthWrite({ ref, expectedVersion: version - 1, version, youth })],
        }),
      );
      if (result !== 'committed') throw new Error(result);
      lane.nextOffset = offset + 1n;
      versions.set(ref, { version, offset });
      if (out || grade !== 'UGRADERT') expected.delete(ref);
      else expected.set(ref, `systemid/${code} systemid/${owner}`);
    },
  };
}

const {
  training: _training,
  institution: _institution,
  reason: _reason,
  list: _list,
  lostRight: _lost,
  ...HEAD
} = FACT.kind === 'Left' ? FACT : (undefined as never);
const PROTECTION = { ...HEAD, id: 'p-1', feed: 'folkeregister' as const, source: 'folkeregisteret' };
