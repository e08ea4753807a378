import type { Agreement } from '../../core/nav/agreement.ts';
import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type {
  HeldMessage,
  NavBatch,
  NavBatchState,
  NavDeliveryState,
  NavDisclosure,
  NavRecords,
  NavRow,
} from '../navPort.ts';
import { loadYouth } from './loadYouth.ts';
import type { MemoryState } from './state.ts';

interface Row extends NavRow {
  decision: string;
  withdrawn: IsoInstant | null;
  answered: IsoInstant | null;
}

interface Batch {
  entry: NavBatch;
  finished: NavBatchState['finished'];
  scannedUpto: string;
  rows: Row[];
}

/** The exchange with NAV in memory. */
export function memoryNav(state: MemoryState): NavRecords {
  const agreements: Agreement[] = [];
  const warned = new Set<string>();
  const batches: Batch[] = [];
  const deliveries: (NavDeliveryState & { org: OrgId; batch: string | null; hash: Buffer | null })[] = [];
  const current = (org: OrgId, ref: PersonRef): PersonRef => {
    const into = state.merged.get(`${org}/${ref}`);
    return into === undefined ? ref : current(org, into);
  };
  const held: (HeldMessage & { org: OrgId })[] = [];
  const disclosures: (NavDisclosure & { org: OrgId })[] = [];
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
    given: Pick<NavDisclosure, 'how' | 'recipient' | 'consentVersion' | 'at'>,
  ): void {
    const { org, id } = batch;
    disclosures.push({ org, batch: id, matchId, ref, decision, legalBasis: basisOf(batch), ...given });
  }
  return {
    agreements: async (org) =>
      structuredClone(agreements.filter((each) => each.org === org)).sort(by(({ from, id }) => from + id)),
    async registerAgreement(agreement) {
      if (agreements.some(({ id }) => id === agreement.id)) return;
      agreements.push({ ...agreement, revoked: null });
    },
    async revokeAgreement(org, id, revocation) {
      const found = agreements.find((each) => each.org === org && each.id === id);
      if (found === undefined || found.revoked !== null) return false;
      found.revoked = revocation;
      return true;
    },
    async noteAgreementWarning(agreement, days) {
      const warning = `${agreement}/${days}`;
      if (warned.has(warning)) return false;
      warned.add(warning);
      return true;
    },
    async openBatch(entry) {
      if (find(entry.org, entry.id) !== undefined) return false;
      batches.push({ entry: { ...entry }, finished: null, scannedUpto: '', rows: [] });
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
        if (asked !== null) batch.rows.push({ ...asked, withdrawn: null, answered: null });
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
        disclose(entry, row, { how: 'extract', recipient: entry.recipient, consentVersion, at });
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
      return rowsOf(org, id, after, limit).map((row) => {
        const known = state.youths.has(`${org}/${row.ref}`);
        const judged = judge(known ? loadYouth(state, org, row.ref) : undefined);
        const { matchId, ref, consentVersion } = row;
        if (!judged.may && !judged.later) row.withdrawn ??= at;
        const given = judged.may && row.withdrawn === null && recipient !== null;
        if (given)
          disclose(batch.entry, row, {
            ...{ how: 'fetch', recipient, consentVersion: judged.consentVersion, at },
          });
        return { matchId, ref, consentVersion, given, withdrawn: row.withdrawn };
      });
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
    async holdMessage(org, message) {
      if (!held.some((each) => each.org === org && each.id === message.id)) held.push({ org, ...message });
    },
    heldMessages: async (org) =>
      held.filter((each) => each.org === org).map(({ org: _org, ...each }) => each),
    async forgetHeld(org, id) {
      const at = held.findIndex((each) => each.org === org && each.id === id);
      if (at >= 0) held.splice(at, 1);
    },
    navDisclosures: async (org, ref, limit) =>
      disclosures
        .filter((each) => each.org === org && (ref === null || each.ref === ref))
        .slice(0, limit)
        .map(({ org: _org, ...each }) => each),
  };
}
