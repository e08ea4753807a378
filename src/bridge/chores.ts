import { randomUUID } from 'node:crypto';
import { feedTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import { instantOf } from '../core/time/date.ts';
import type { Timekeeper } from '../jobs/clock/timekeeper.ts';
import { createOpenAnswer } from '../jobs/lists/heldAnswer.ts';
import { settleLateRows } from '../jobs/lists/lateRows.ts';
import { concludeLists, type ListParts } from '../jobs/lists/lists.ts';
import { alertOverdueLists } from '../jobs/lists/overdueLists.ts';
import { SHRINKAGE_LIMIT } from '../jobs/lists/shrinkage.ts';
import { createDeliveries } from '../jobs/nav/answers.ts';
import { warnOfEndingAgreements } from '../jobs/nav/endingAgreements.ts';
import { makeLists, momentOf } from '../jobs/nav/extract.ts';
import { createMonthlyLists } from '../jobs/nav/monthlyList.ts';
import { reportWithdrawals } from '../jobs/nav/withdrawals.ts';
import { repeat } from '../jobs/repeat.ts';
import { adapterContext } from '../pipeline/adapterContext.ts';
import { createLaneWatch } from '../pipeline/laneWatch.ts';
import { type HeldParts, releaseHeld } from '../pipeline/publish/heldMessages.ts';
import { createCodec } from '../wire/codec.ts';
import { createKafkaSink } from '../wire/kafkaSink.ts';
import type { Consuming } from './consuming.ts';
import type { BridgeOptions } from './options.ts';
import { adapterOf, type BridgeParts } from './parts.ts';
import { buildDueReports } from './reports.ts';

const LISTS_EVERY_MS = 1_000;
const LANES_EVERY_MS = 5_000;
const REPORTS_EVERY_MS = 60 * 60_000;

/** Background jobs: deadlines, complete lists, reports, polls. */
export async function startChores(
  options: BridgeOptions,
  parts: BridgeParts,
  services: { timekeeper: Timekeeper; consuming: Consuming },
  onStop: (stop: () => Promise<unknown>) => void,
): Promise<void> {
  const { store, queries, operations, vault, decode, organisations, adapters, environment } = parts;
  const { publisher, source, log, alarm, telemetry, jobs } = parts;
  const failed = (part: string) => (error: unknown) => log.event('work.failed', { part, error });
  for (const { id } of organisations.all)
    if (!organisations.policyOf(id).keepNames) await operations.forgetNames(id);
  services.timekeeper.start();
  onStop(() => services.timekeeper.stop());

  // One worker polls a county and reports on its lists: the one that works the first lane of its bridge feed.
  const mine = (org: OrgId) =>
    services.consuming
      .running()
      .some(({ lane }) => lane.topic === feedTopic(org, 'bridge') && lane.partition === 0);
  const openAnswer = createOpenAnswer({
    vault,
    decode,
    adapter: adapterOf(adapters, 'nav-match'),
    contextOf: (org) => adapterContext({ org, environment, vault, policy: organisations.policyOf(org) }),
  });
  const share = options.vigo?.shrinkageLimit ?? SHRINKAGE_LIMIT.share;
  const now = () => instantOf(Date.now());
  const policyFor = (org: OrgId) => organisations.policyOf(org);
  const listParts: ListParts = {
    operations,
    publisher,
    openAnswer,
    policyFor,
    limitFor: () => ({ ...SHRINKAGE_LIMIT, share }),
    log,
    alarm,
    deliveries: createDeliveries({
      ...{ nav: parts.nav, operations, policyFor, vault, now },
      load: (org, refs) => store.load(org, refs),
      onHeld: (org, run) => alarm('NAV_NO_AGREEMENT', { org, list: 'nav', run }),
    }),
  };
  const lists = repeat({
    everyMs: LISTS_EVERY_MS,
    async work() {
      const orgs = organisations.all.map(({ id }) => id).filter(mine);
      await settleLateRows({ operations, publisher, now, alarm }, orgs);
      await concludeLists(listParts);
      await alertOverdueLists({ operations, policyFor, now, alarm }, orgs);
    },
    failed: failed('lists'),
    seen: jobs.enter('lists', LISTS_EVERY_MS),
  });
  onStop(() => lists.stop());
  const { nav } = parts;
  const newId = randomUUID;
  const navParts = { nav, publisher, operations, vault, environment, policyFor, now, newId, log, alarm };
  const codec = createCodec({ schemas: parts.schemas.out });
  const heldParts = (org: OrgId): HeldParts => {
    const { virtualClock } = organisations.get(org);
    const { prepare } = createKafkaSink({ org, codec, virtualClock, publisher, fences: store });
    return {
      ...{ store, nav, vault, prepare, publisher, policy: policyFor(org) },
      now: () => momentOf(navParts, org),
      onUnreadable: (ref) => log.event('youth.unreadable', { org, ref }),
    };
  };
  const withdrawalParts = {
    ...navParts,
    virtualClock: (org: OrgId) => organisations.get(org).virtualClock,
    meters: telemetry.meters,
  };
  const askForMonthly = createMonthlyLists(navParts);
  const navLists = repeat({
    everyMs: LISTS_EVERY_MS,
    async work() {
      const orgs = organisations.all.map(({ id }) => id).filter(mine);
      await warnOfEndingAgreements(navParts, orgs);
      await askForMonthly(orgs);
      for (const org of orgs) {
        await makeLists(navParts, org);
        await releaseHeld(heldParts(org), org);
        await reportWithdrawals(withdrawalParts, org);
      }
    },
    failed: failed('nav'),
    seen: jobs.enter('nav', LISTS_EVERY_MS),
  });
  onStop(() => navLists.stop());
  const watch = createLaneWatch({ operations, queries, source, alarm, now: Date.now });
  const real = organisations.all.flatMap(({ id, virtualClock }) => (virtualClock ? [] : [id]));
  const lanes = repeat({
    everyMs: LANES_EVERY_MS,
    work: () => watch.look(services.consuming.running(), real.filter(mine)),
    failed: failed('lanes'),
    seen: jobs.enter('lanes', LANES_EVERY_MS),
  });
  onStop(() => lanes.stop());
  const reports = repeat({
    everyMs: REPORTS_EVERY_MS,
    work: () => buildDueReports({ organisations, queries, operations }),
    failed: failed('reports'),
    seen: jobs.enter('reports', REPORTS_EVERY_MS),
  });
  onStop(() => reports.stop());

  const { vigo } = options;
  if (!vigo) return;
  const { startPolling } = await import('./polling.ts');
  const schedules = await startPolling(
    {
      vigo,
      apiKey: vigo.key,
      adapters,
      organisations,
      environment,
      publisher,
      store,
      vault,
      operations,
      log,
      alarm,
      jobs,
      meters: telemetry.meters,
    },
    mine,
  );
  onStop(() => Promise.all(schedules.map((schedule) => schedule.stop())));
}
