import { createHash } from 'node:crypto';
import { agreementAt, isInForce } from '../../core/nav/agreement.ts';
import { matchNames } from '../../core/nav/matchNames.ts';
import { mayAsk } from '../../core/nav/mayAsk.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import { epochOf, type IsoInstant } from '../../core/time/date.ts';
import type { Publisher } from '../../kafka/publisher.ts';
import { NAV_FILE } from '../../reports/navListFile.ts';
import type { NavBatch, NavRecords } from '../../store/navPort.ts';
import type { Operations } from '../../store/operationsPort.ts';
import type { Vault } from '../../store/vault.ts';
import type { RaiseAlarm } from '../../telemetry/alarm.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { bridgeRecord } from '../../wire/bridgeRecord.ts';
import { judgeStored } from './judge.ts';
import { fileRow, type ListFileParts, numbersOf } from './listFile.ts';

export interface ExtractParts extends ListFileParts {
  nav: NavRecords;
  publisher: Publisher;
  operations: Pick<Operations, 'identities' | 'virtualNow'>;
  vault: Pick<Vault, 'openNumber' | 'pairwise'>;
  policyFor: (org: OrgId) => Policy;
  now: () => IsoInstant;
  newId: () => string;
  log: Logger;
  alarm: RaiseAlarm;
}

/** Youths under lock at a time: a lane that writes one of them waits as long. */
const PAGE = 500;
const PUBLISH_DEADLINE_MS = 60_000;

/** Makes the lists that have been asked for. A list that was killed goes on where it was. @returns how many were finished */
export async function makeLists(parts: ExtractParts, org: OrgId): Promise<number> {
  let finished = 0;
  for (const batch of await parts.nav.unfinishedBatches(org)) if (await makeList(parts, batch)) finished += 1;
  return finished;
}

async function makeList(parts: ExtractParts, batch: NavBatch): Promise<boolean> {
  const { nav, log } = parts;
  const { org, id } = batch;
  const began = epochOf(parts.now());
  const names = parts.vault.pairwise(org, matchNames(id));
  for (;;) {
    const at = await momentOf(parts, org);
    const agreements = await nav.agreements(org);
    const agreement = agreements.find((each) => each.id === batch.agreement);
    if (agreement === undefined || !isInForce(agreement, at)) {
      await nav.abandonBatch(org, id);
      parts.alarm('NAV_NO_AGREEMENT', { org, list: 'nav', run: id });
      return false;
    }
    const question = { agreements: [agreement], policy: parts.policyFor(org), at, asked: batch.extracted };
    const judged = await nav.extractPage(org, id, PAGE, (loaded) => {
      const judgement = judgeStored(loaded, question, mayAsk);
      if (!judgement.may) return null;
      const { ref } = loaded;
      const { consentVersion } = judgement;
      return { matchId: names.of(ref), ref, decision: parts.newId(), consentVersion };
    });
    if (judged === null) return false;
    if (judged === 0) break;
  }
  const { rows, leaveOut, ...sums } = await sumOf(parts, batch);
  await announce(parts, batch, new Set(leaveOut));
  await nav.finishBatch(org, id, { at: await momentOf(parts, org), ...sums, leaveOut });
  log.event('nav.extracted', { org, run: id, rows, ms: epochOf(parts.now()) - began });
  return true;
}

/** SHA-256 of the list in both its forms as NAV fetches it, page by page: no list is ever whole in memory. */
async function sumOf(
  parts: ExtractParts,
  { org, id }: NavBatch,
): Promise<{ hash: Buffer; csvHash: Buffer; rows: number; leaveOut: string[] }> {
  const sum = createHash('sha256').update(NAV_FILE.jsonl.head);
  const csvSum = createHash('sha256').update(NAV_FILE.csv.head);
  const leaveOut: string[] = [];
  let rows = 0;
  for (let after = ''; ; ) {
    const page = await parts.nav.batchRows(org, id, after, PAGE);
    const numbers = await numbersOf(
      parts,
      org,
      page.map(({ ref }) => ref),
    );
    for (const row of page) {
      const number = numbers.get(row.ref);
      if (number === undefined) leaveOut.push(row.matchId);
      else {
        const line = fileRow(row, number);
        sum.update(NAV_FILE.jsonl.line(line));
        csvSum.update(NAV_FILE.csv.line(line));
        rows += 1;
      }
    }
    const last = page.at(-1);
    if (last === undefined) return { hash: sum.digest(), csvHash: csvSum.digest(), rows, leaveOut };
    after = last.matchId;
  }
}

/**
 * That a youth was asked about is a record on the bridge feed, as all input: topics that are read again hold and use the
 * same answers. A crash before the list is finished repeats the records with the same ids.
 */
async function announce(
  parts: ExtractParts,
  { org, id: batch, extracted }: NavBatch,
  leftOut: ReadonlySet<string>,
): Promise<void> {
  const timestamp = (await parts.operations.virtualNow(org)) === null ? null : epochOf(extracted);
  for (let after = ''; ; ) {
    const page = await parts.nav.batchRows(org, batch, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    const asked = page.filter(({ matchId }) => !leftOut.has(matchId));
    const records = asked.map(({ ref }) =>
      bridgeRecord(org, { type: 'nav-spurt', ref, batch, maaned: batch.slice(2) }, timestamp),
    );
    if (records.length > 0) await parts.publisher.publish(records, { deadlineMs: PUBLISH_DEADLINE_MS });
    after = last.matchId;
  }
}

/** By the organisation's own clock. */
export async function momentOf(
  { operations, now }: { operations: Pick<Operations, 'virtualNow'>; now: () => IsoInstant },
  org: OrgId,
): Promise<IsoInstant> {
  return (await operations.virtualNow(org)) ?? now();
}

export type Opened = { kind: 'opened' | 'known'; id: string } | { kind: 'no-agreement' };

/** Asks for the list of a month. The same month again is the same list. */
export async function openList(
  parts: Pick<ExtractParts, 'now'> & {
    nav: Pick<NavRecords, 'agreements' | 'openBatch'>;
    operations: Pick<Operations, 'virtualNow'>;
  },
  org: OrgId,
  { month, by }: { month: string; by: string },
): Promise<Opened> {
  const extracted = await momentOf(parts, org);
  const agreement = agreementAt(await parts.nav.agreements(org), extracted);
  if (agreement === null) return { kind: 'no-agreement' };
  const id = `B-${month}`;
  const batch = { org, id, agreement: agreement.id, recipient: agreement.party, extracted, requestedBy: by };
  return { kind: (await parts.nav.openBatch(batch)) ? 'opened' : 'known', id };
}
