import type { OrgId } from '../../core/organisation.ts';
import type { Policy } from '../../core/policy.ts';
import { osloDate } from '../../core/time/oslo.ts';
import type { Publisher } from '../../kafka/publisher.ts';
import type { NavRecords, Sweep } from '../../store/navPort.ts';
import type { Meters } from '../../telemetry/metrics.ts';
import { withdrawalRecord } from '../../wire/withdrawalRecord.ts';
import { momentOf } from './extract.ts';
import { judgeAgain } from './judge.ts';

export interface WithdrawalParts {
  nav: Pick<
    NavRecords,
    'sweepWritten' | 'sweepDue' | 'unsweptBatches' | 'sweepRows' | 'noteSwept' | 'publishWithdrawals'
  >;
  operations: Parameters<typeof momentOf>[0]['operations'];
  now: Parameters<typeof momentOf>[0]['now'];
  publisher: Pick<Publisher, 'publish'>;
  policyFor(org: OrgId): Policy;
  virtualClock(org: OrgId): boolean;
  meters: Pick<Meters, 'navWithdrawn'>;
}

/** Youths under lock at a time: a lane that writes one of them waits as long. */
const PAGE = 500;
/** Of one call: what is written meanwhile is left for the next. */
const MOST_TURNS = 100;
const PUBLISH_DEADLINE_MS = 10_000;

/**
 * Finds the rows of NAV's lists that NAV may no longer use, and publishes each once: by what has been written of the youths
 * since the last call, by the moments at which a consent ends, and all of a list once a day. What was published when the
 * process was killed is published again under the same id.
 * @returns how many were published
 */
export async function reportWithdrawals(parts: WithdrawalParts, org: OrgId): Promise<number> {
  const { nav } = parts;
  await repeated(async () => nav.sweepWritten(org, await sweepOf(parts, org)));
  await repeated(async () => (await nav.sweepDue(org, await sweepOf(parts, org))) === PAGE);
  const day = osloDate(await momentOf(parts, org));
  for (const batch of await nav.unsweptBatches(org, day)) {
    for (let after: string | null = ''; after !== null; )
      after = await nav.sweepRows(org, batch, { after, ...(await sweepOf(parts, org)) });
    await nav.noteSwept(org, batch, day);
  }
  return published(parts, org);
}

async function published(parts: WithdrawalParts, org: OrgId): Promise<number> {
  const as = { org, virtualClock: parts.virtualClock(org) };
  let sum = 0;
  for (;;) {
    const count = await parts.nav.publishWithdrawals(org, PAGE, (withdrawals) =>
      parts.publisher.publish(
        withdrawals.map((each) => withdrawalRecord(as, each)),
        { deadlineMs: PUBLISH_DEADLINE_MS },
      ),
    );
    sum += count;
    if (count > 0) parts.meters.navWithdrawn(count, { org });
    if (count < PAGE) return sum;
  }
}

async function sweepOf(parts: WithdrawalParts, org: OrgId): Promise<Sweep> {
  const at = await momentOf(parts, org);
  const policy = parts.policyFor(org);
  return { limit: PAGE, at, judge: (youth, asked) => judgeAgain(youth, { policy, at, asked }) };
}

async function repeated(work: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS && (await work()); turn += 1);
}
