import type { FintStanding } from '../../core/fint/standing.ts';
import { compare } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import type { FintEntry, FintProjection, FintReading, FintTurn } from '../fintPort.ts';
import { loadYouth } from './loadYouth.ts';
import type { MemoryState } from './state.ts';

interface Row {
  standing: FintStanding | null;
  modified: number;
  sent: number;
  full: string | null;
}

interface Projection {
  schoolYear: string;
  rows: Map<PersonRef, Row>;
  /** By lane. */
  upto: Map<number, bigint>;
  epoch: number;
  fence: number;
  holder: string | null;
  leasedUntil: number;
  fullBegan: number;
  fullWanted: boolean;
  full: string | null;
}

/** FINT's view in memory. All youths are looked at in one step. */
export function memoryFint(state: MemoryState): FintReading & FintProjection {
  const all = new Map<OrgId, Projection>();
  const of = (org: OrgId): Projection => {
    const known = all.get(org) ?? empty();
    all.set(org, known);
    return known;
  };
  const held = (turn: FintTurn) => {
    const known = of(turn.org);
    return known.epoch === turn.epoch ? known : undefined;
  };
  const entries = (org: OrgId): FintEntry[] =>
    [...of(org).rows]
      .flatMap(([ref, { standing, modified }]) => (standing === null ? [] : [{ ref, standing, modified }]))
      .sort((a, b) => compare(a.ref, b.ref));
  return {
    async fintPage(org, { since, offset, size }) {
      const found = entries(org).filter(({ modified }) => modified >= since);
      return { entries: found.slice(offset, size === null ? undefined : offset + size), total: found.length };
    },
    fintEntry: async (org, ref) => entries(org).find((each) => each.ref === ref),
    fintSummary: async (org) => ({
      total: entries(org).length,
      lastModified: Math.max(0, ...[...of(org).rows.values()].map(({ modified }) => modified)),
    }),
    fintUnits: async (org) => [...new Set(entries(org).map(({ standing }) => standing.unit))].sort(),
    async projectFint(org, { schoolYear, now, standingOf }) {
      const known = of(org);
      const fresh = known.schoolYear !== schoolYear;
      const refs = fresh ? refsOf(state, org) : changedRefs(state, org, known.upto);
      known.schoolYear = schoolYear;
      for (const lane of state.lanes.values()) if (lane.org === org) known.upto.set(lane.id, lane.nextOffset);
      for (const ref of refs) enter(known.rows, ref, standingOf(loadYouth(state, org, ref)), now);
      return refs.length > 0;
    },
    async claimFint(org, holder, leaseMs) {
      const known = of(org);
      if (known.holder !== holder && known.leasedUntil > Date.now()) return undefined;
      known.epoch += 1;
      known.fence += 1;
      known.holder = holder;
      known.leasedUntil = Date.now() + leaseMs;
      known.fullWanted ||= known.full !== null;
      known.full = null;
      return { org, epoch: known.epoch, producerId: 2n ** 61n, fence: known.fence };
    },
    async renewFint(turn, leaseMs) {
      const known = held(turn);
      if (known !== undefined) known.leasedUntil = Date.now() + leaseMs;
      return known !== undefined;
    },
    async raiseFintFence(turn, by) {
      const known = held(turn);
      if (known === undefined) return null;
      known.fence += by;
      return known.fence;
    },
    unsentFint: async ({ org }, limit) =>
      [...of(org).rows]
        .filter(([, row]) => row.sent < row.modified && (row.full === null || row.standing === null))
        .map(([ref, { standing, modified }]) => ({ ref, standing, modified }))
        .sort((a, b) => a.modified - b.modified || compare(a.ref, b.ref))
        .slice(0, limit),
    async sentFint(turn, sent) {
      const known = held(turn);
      if (known !== undefined) markSent(known, sent);
      return known !== undefined;
    },
    async wantFullFint(org) {
      of(org).fullWanted = true;
    },
    async beginFullFint(turn, { id, now, dueBefore }) {
      const known = held(turn);
      const due = dueBefore !== null && (known?.fullBegan ?? 0) < dueBefore;
      if (known === undefined || known.full !== null || !(known.fullWanted || due)) return undefined;
      Object.assign(known, { fullWanted: false, fullBegan: now });
      let total = 0;
      for (const row of known.rows.values()) {
        row.full = row.standing === null ? null : id;
        if (row.standing === null) continue;
        row.modified = Math.max(now, row.modified + 1);
        total += 1;
      }
      known.full = total === 0 ? null : id;
      return total === 0 ? undefined : { id, total };
    },
    unsentFullFint: async ({ org }, limit) =>
      entries(org)
        .filter(({ ref }) => of(org).rows.get(ref)?.full !== null)
        .slice(0, limit),
    async sentFullFint(turn, sent) {
      const known = held(turn);
      if (known === undefined) return 'lost';
      markSent(known, sent);
      for (const { ref } of sent) {
        const row = known.rows.get(ref);
        if (row !== undefined) row.full = null;
      }
      const open = [...known.rows.values()].filter(({ full }) => full !== null);
      const broken = open.some(({ standing }) => standing === null);
      if (!broken && open.length > 0) return 'goes-on';
      known.full = null;
      known.fullWanted ||= broken;
      return broken ? 'broken' : 'complete';
    },
  };
}

function empty(): Projection {
  return {
    schoolYear: '',
    rows: new Map(),
    upto: new Map(),
    epoch: 0,
    fence: 0,
    holder: null,
    leasedUntil: 0,
    fullBegan: 0,
    fullWanted: false,
    full: null,
  };
}

function refsOf(state: MemoryState, org: OrgId): PersonRef[] {
  return [...state.youths.keys()]
    .filter((key) => key.startsWith(`${org}/`))
    .map((key) => personRef(key.slice(org.length + 1)));
}

function changedRefs(state: MemoryState, org: OrgId, upto: ReadonlyMap<number, bigint>): PersonRef[] {
  const changed = state.records.filter(
    (record) => record.org === org && record.offset >= (upto.get(record.lane) ?? 0n),
  );
  return [...new Set(changed.map(({ ref }) => ref))];
}

function enter(rows: Map<PersonRef, Row>, ref: PersonRef, standing: FintStanding | null, now: number): void {
  const known = rows.get(ref);
  if (known === undefined) {
    if (standing !== null) rows.set(ref, { standing, modified: now, sent: 0, full: null });
    return;
  }
  if (known.standing?.status === standing?.status && known.standing?.unit === standing?.unit) return;
  known.standing = standing;
  known.modified = Math.max(now, known.modified + 1);
}

function markSent(known: Projection, sent: readonly { ref: PersonRef; modified: number }[]): void {
  for (const { ref, modified } of sent) {
    const row = known.rows.get(ref);
    if (row !== undefined) row.sent = Math.max(row.sent, modified);
  }
}
