import { agreementAt } from '../../core/nav/agreement.ts';
import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoDate, IsoInstant } from '../../core/time/date.ts';
import type {
  HeldMessage,
  NavBatch,
  NavBatchState,
  NavDeliveryState,
  NavDisclosure,
  NavIncident,
  NavRecords,
  NavRow,
  RegisteredAgreement,
  Sweep,
} from '../navPort.ts';
import { loadYouth } from './loadYouth.ts';
import { memoryAgreements } from './navAgreements.ts';
import type { MemoryState } from './state.ts';

interface Row extends NavRow {
  decision: string;
  withdrawn: IsoInstant | null;
  answered: IsoInstant | null;
  judgeAt: IsoInstant | null;
}

interface Batch {
  entry: NavBatch;
  finished: NavBatchState['finished'];
  scannedUpto: string;
  rows: Row[];
  /** The day through which it has been judged again. */
  swept: IsoDate | null;
}

/** The exchange with NAV in memory. */
export function memoryNav(state: MemoryState): NavRecords {
  const agreements: RegisteredAgreement[] = [];
  const batches: Batch[] = [];
  const deliveries: (NavDeliveryState & { org: OrgId; batch: string | null; hash: Buffer | null })[] = [];
  const current = (org: OrgId, ref: PersonRef): PersonRef => {
    const into = state.merged.get(`${org}/${ref}`);
    return into === undefined ? ref : current(org, into);
  };
  const incidents: (NavIncident & { org: OrgId })[] = [];
  const held: (HeldMessage & { org: OrgId })[] = [];
  const disclosures: (Omit<NavDisclosure, 'seq'> & { org: OrgId })[] = [];
  const sweptUpto = new Map<number, bigint>();
  function withdraw({ entry: { org, id: batch, recipient } }: Batch, row: Row, at: IsoInstant): void {
    if (row.withdrawn !== null) return;
    row.withdrawn = at;
    state.navWithdrawals.push({ org, batch, recipient, matchId: row.matchId, at, published: false });
  }
  /** Of the rows that NAV may still use. */
  function judgeRows(batch: Batch, rows: readonly Row[], { at, judge }: Pick<Sweep, 'at' | 'judge'>): void {
    const { org, extracted } = batch.entry;
    for (const row of rows) {
      if (!state.youths.has(`${org}/${row.ref}`)) continue;
      const judged = judge(loadYouth(state, org, row.ref), extracted);
      if (judged.left) withdraw(batch, row, at);
      else row.judgeAt = judged.next;
    }
  }
  const standing = ({ rows }: Batch) => rows.filter(({ withdrawn }) => withdrawn === null);
  const finishedOf = (org: OrgId) =>
    batches.filter(({ entry, finished }) => entry.org === org && finished !== null);
  const find = (org: OrgId, id: string) => batches.find(({ entry }) => entry.org === org && entry.id === id);
  const rowsOf = (org: OrgId, id: string, after: string, limit: number) =>
    (find(org, id)?.rows ?? [])
      .toSorted(by(({ matchId }) => matchId))
      .filter(({ matchId }) => matchId > after)
      .slice(0, limit);
  const basisOf = ({ agreement }: NavBatch) =>
    agreements.find(({ id }) => id === agreement)?.legalBasis ?? '';
  function disclose(
    batch: NavBatch,
    { matchId, ref, decision }: Row,
    given: Pick<NavDisclosure, 'how' | 'recipient' | 'consentVersion' | 'at' | 'legalBasis'>,
  ): void {
    const { org, id } = batch;
    disclosures.push({ org, batch: id, matchId, ref, decision, ...given });
  }
  return {
    ...memoryAgreements(agreements),
    async openBatch(entry) {
      if (find(entry.org, entry.id) !== undefined) return false;
      batches.push({ entry: { ...entry }, finished: null, scannedUpto: '', rows: [], swept: null });
      return true;
    },
    unfinishedBatches: async (org) =>
      batches
        .filter(({ entry, finished }) => entry.org === org && finished === null)
        .map(({ entry }) => ({ ...entry })),
    async extractPage(org, id, limit, judge) {
      const batch = find(org, id);
      if (batch === undefined || batch.finished !== null) return null;
      const refs = [...state.youths.keys()]
        .filter((name) => name.startsWith(`${org}/`))
        .map((name) => name.slice(org.length + 1) as PersonRef)
        .filter((ref) => ref > batch.scannedUpto)
        .sort()
        .slice(0, limit);
      for (const ref of refs) {
        const asked = judge(loadYouth(state, org, ref));
        if (asked !== null) batch.rows.push({ ...asked, withdrawn: null, answered: null, judgeAt: null });
      }
      batch.scannedUpto = refs.at(-1) ?? batch.scannedUpto;
      return refs.length;
    },
    batchRows: async (org, id, after, limit) =>
      rowsOf(org, id, after, limit).map(({ matchId, ref, consentVersion }) => ({
        ...{ matchId, ref, consentVersion },
      })),
    async finishBatch(org, id, { at, hash, csvHash, leaveOut }) {
      const batch = find(org, id);
      if (batch === undefined || batch.finished !== null) return;
      batch.rows = batch.rows.filter(({ matchId }) => !leaveOut.includes(matchId));
      batch.finished = { at, hash, csvHash, rows: batch.rows.length };
      const { entry } = batch;
      for (const row of rowsOf(org, id, '', Number.POSITIVE_INFINITY)) {
        const { consentVersion } = row;
        const { recipient } = entry;
        disclose(entry, row, { how: 'extract', recipient, consentVersion, at, legalBasis: basisOf(entry) });
      }
    },
    async abandonBatch(org, id) {
      const at = batches.findIndex(
        ({ entry, finished }) => entry.org === org && entry.id === id && finished === null,
      );
      if (at >= 0) batches.splice(at, 1);
    },
    navBatches: async (org) =>
      batches
        .filter(({ entry }) => entry.org === org)
        .toSorted((one, other) => (one.entry.id < other.entry.id ? 1 : -1))
        .map(({ entry, finished, rows }) => ({
          ...entry,
          finished,
          legalBasis: basisOf(entry),
          fetched: new Set(
            disclosures.flatMap(({ how, org: of, batch, matchId }) =>
              how === 'fetch' && of === org && batch === entry.id ? [matchId] : [],
            ),
          ).size,
          withdrawn: rows.filter(({ withdrawn }) => withdrawn !== null).length,
          answered: rows.filter(({ answered }) => answered !== null).length,
        })),
    async judgePage(org, id, { after, limit, at, recipient, judge }) {
      const batch = find(org, id);
      if (batch === undefined || batch.finished === null) return [];
      const agreed = agreementAt(
        agreements.filter((each) => each.org === org && (recipient === null || each.party === recipient)),
        at,
      );
      return rowsOf(org, id, after, limit).map((row) => {
        const known = state.youths.has(`${org}/${row.ref}`);
        const youth = known ? loadYouth(state, org, row.ref) : undefined;
        const judged = agreed === null ? ({ may: false, later: true } as const) : judge(youth);
        const { matchId, ref, consentVersion } = row;
        if (!judged.may && !judged.later) withdraw(batch, row, at);
        const given = judged.may && row.withdrawn === null && recipient !== null;
        if (given)
          disclose(batch.entry, row, {
            ...{ how: 'fetch', recipient, consentVersion: judged.consentVersion, at },
            legalBasis: agreed?.legalBasis ?? '',
          });
        return { matchId, ref, consentVersion, given, withdrawn: row.withdrawn };
      });
    },
    async sweepWritten(org, sweep) {
      const { limit } = sweep;
      let behind = false;
      for (const { id: lane, nextOffset } of [...state.lanes.values()].filter((each) => each.org === org)) {
        const from = sweptUpto.get(lane) ?? 0n;
        if (from >= nextOffset) continue;
        behind = true;
        const records = state.records
          .filter((each) => each.lane === lane && each.offset >= from)
          .toSorted((one, other) => Number(one.offset - other.offset));
        const last = records[limit - 1];
        const page = last === undefined ? records : records.filter(({ offset }) => offset <= last.offset);
        const refs = new Set(page.map(({ ref }) => ref));
        for (const batch of finishedOf(org))
          judgeRows(
            batch,
            standing(batch).filter(({ ref }) => refs.has(ref)),
            sweep,
          );
        sweptUpto.set(lane, last === undefined ? nextOffset : last.offset + 1n);
      }
      return behind;
    },
    async sweepDue(org, sweep) {
      const due = finishedOf(org).flatMap((batch) =>
        standing(batch).flatMap((row) =>
          row.judgeAt !== null && row.judgeAt <= sweep.at ? [{ batch, row, at: row.judgeAt }] : [],
        ),
      );
      const next = due.sort(by(({ at }) => at)).slice(0, sweep.limit);
      for (const { batch, row } of next) judgeRows(batch, [row], sweep);
      return next.length;
    },
    unsweptBatches: async (org, day) =>
      finishedOf(org)
        .filter(({ swept }) => swept === null || swept < day)
        .map(({ entry }) => entry.id)
        .sort(),
    async sweepRows(org, id, { after, ...sweep }) {
      const batch = finishedOf(org).find(({ entry }) => entry.id === id);
      if (batch === undefined) return null;
      const rows = standing(batch)
        .filter(({ matchId }) => matchId > after)
        .sort(by(({ matchId }) => matchId))
        .slice(0, sweep.limit);
      judgeRows(batch, rows, sweep);
      return rows.at(-1)?.matchId ?? null;
    },
    async noteSwept(org, id, day) {
      const batch = find(org, id);
      if (batch !== undefined) batch.swept = day;
    },
    async publishWithdrawals(org, limit, publish) {
      const next = state.navWithdrawals.filter((each) => each.org === org && !each.published).slice(0, limit);
      if (next.length === 0) return 0;
      await publish(next.map(({ batch, matchId, at }) => ({ batch, matchId, at })));
      for (const each of next) each.published = true;
      return next.length;
    },
    async askedAbout(org, id, refs) {
      const batch = find(org, id);
      const rows = batch?.finished == null ? [] : batch.rows;
      const about = new Set(rows.map(({ ref }) => current(org, ref)));
      return new Map(refs.flatMap((ref) => (about.has(ref) ? [[ref, batch?.entry.extracted ?? '']] : [])));
    },
    unanswered: async (org, id, without) => {
      const left = new Set(without);
      return (find(org, id)?.rows ?? []).filter(
        ({ ref, withdrawn, answered }) =>
          withdrawn === null && answered === null && !left.has(current(org, ref)),
      ).length;
    },
    async noteAnswers(org, id, refs, at) {
      const answered = new Set(refs);
      for (const row of find(org, id)?.rows ?? [])
        if (answered.has(current(org, row.ref))) row.answered ??= at;
    },
    async holdDelivery(org, run) {
      if (deliveries.some((each) => each.org === org && each.run === run)) return false;
      deliveries.push({ org, run, used: null, sameAs: null, batch: null, hash: null });
      return true;
    },
    async noteDelivery(org, { run, batch, hash, at }) {
      const before = deliveries
        .filter((each) => each.org === org && each.run !== run && each.batch === batch)
        .sort(by(({ used, run: name }) => `${used} ${name}`))
        .at(-1);
      const sameAs = before?.hash?.equals(hash) === true ? (before.sameAs ?? before.run) : null;
      const noted = { org, run, batch, hash, used: at, sameAs };
      const known = deliveries.find((each) => each.org === org && each.run === run);
      if (known === undefined) deliveries.push(noted);
      else Object.assign(known, noted);
      return sameAs;
    },
    navDeliveries: async (org) =>
      deliveries
        .filter((each) => each.org === org)
        .sort(by(({ run }) => run))
        .map(({ run, used, sameAs }) => ({ run, used, sameAs })),
    async noteIncident(org, incident) {
      const known = incidents.find((each) => each.org === org && each.run === incident.run);
      if (known === undefined) incidents.push({ org, ...incident });
      else known.strangers = incident.strangers;
    },
    navIncidents: async (org) =>
      incidents
        .filter((each) => each.org === org)
        .sort(by(({ at, run }) => `${at} ${run}`))
        .map(({ org: _org, ...each }) => each),
    async holdMessage(org, message) {
      if (!held.some((each) => each.org === org && each.id === message.id)) held.push({ org, ...message });
    },
    heldMessages: async (org) =>
      held.filter((each) => each.org === org).map(({ org: _org, ...each }) => each),
    async forgetHeld(org, id) {
      const at = held.findIndex((each) => each.org === org && each.id === id);
      if (at >= 0) held.splice(at, 1);
    },
    navDisclosures: async (org, { ref, batch, before, limit }) =>
      disclosures
        .map(({ ref: asked, ...each }, at) => ({ ...each, seq: at + 1, ref: current(each.org, asked) }))
        .filter((each) => each.org === org && (ref === null || each.ref === ref))
        .filter((each) => (batch === null || each.batch === batch) && (before === null || each.seq < before))
        .toReversed()
        .slice(0, limit)
        .map(({ org: _org, ...each }) => each),
  };
}
