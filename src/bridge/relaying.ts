import { agreementAt } from '../core/nav/agreement.ts';
import type { Organisation, OrgId } from '../core/organisation.ts';
import type { Hearing } from '../core/subscription/mayHear.ts';
import type { Subscription } from '../core/subscription/subscription.ts';
import { reachedSteps } from '../core/subscription/warning.ts';
import { epochOf, instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import { type Repetition, repeat } from '../jobs/repeat.ts';
import { planOnce } from '../relay/planner.ts';
import { startWorker } from '../relay/worker.ts';
import type { SubscriptionPulse } from '../store/relayPort.ts';
import { webhookIdOf } from '../store/webhookId.ts';
import type { BridgeOptions } from './options.ts';
import type { BridgeParts } from './parts.ts';

/** Between two looks for what is committed, in milliseconds: with subscriptions, and without any. */
const PLAN_EVERY_MS = 200;
const NONE_EVERY_MS = 2_000;
const FAULT_MS = 2_000;
const WATCH_EVERY_MS = 15_000;
const FILL_EVERY_MS = 1_000;
const FILLED_AT_ONCE = 500;
/** Between two looks for an agreement that calls wait for. */
const AGREEMENT_EVERY_MS = 2_000;
const FORGET_EVERY_MS = 60 * 60_000;
const KEPT_MS = 90 * 86_400_000;
const FORGOTTEN_AT_ONCE = 5_000;

/** Plans and sends calls to receivers. Apart from reading and deciding: processes of this role alone share the work.
 *  @param base address of the API, without a slash at the end */
export function startRelaying(
  { relay: options = {} }: BridgeOptions,
  parts: BridgeParts,
  base: () => string,
  onStop: (stop: () => Promise<unknown>) => void,
): void {
  const { relay, organisations, operations, access, nav, vault, log, telemetry, jobs } = parts;
  const failed = (error: unknown) => log.event('work.failed', { part: 'relay', error });
  const hearing = async ({ org, orgnr }: Subscription): Promise<Omit<Hearing, 'youth' | 'agreed'>> => {
    const now = (await operations.virtualNow(org)) ?? instantOf(Date.now());
    const grants = orgnr === null ? null : await access.grantsOf(orgnr);
    return { grants, now, today: osloDate(now), policy: organisations.policyOf(org) };
  };
  const agreed = async (org: OrgId) => {
    const agreements = await nav.agreements(org);
    return agreementAt(agreements, (await operations.virtualNow(org)) ?? instantOf(Date.now())) !== null;
  };
  const worker = startWorker({
    queue: relay.queue,
    records: relay.records,
    vault,
    connect: relay.connect,
    hearing,
    agreed,
    base,
    userAgent: relay.userAgent,
    now: Date.now,
    chance: Math.random,
    ...(options.timetable && { timetable: options.timetable }),
    ended({ delivery, subscription: { org, id } }, how) {
      const outcome = how === 'withheld' ? how : how.outcome;
      telemetry.meters.called({ org, subscription: id, outcome });
      if (how !== 'withheld' && how.outcome === 'delivered' && delivery.replay === null)
        telemetry.meters.callDelay(Date.now() - epochOf(delivery.recorded), { org, subscription: id });
    },
    failed,
  });
  onStop(() => worker.stop());
  for (const organisation of organisations.all) {
    const planning = startPlanning(parts, organisation, worker.wake, failed);
    onStop(() => planning.stop());
  }
  const fill = repeat({
    everyMs: FILL_EVERY_MS,
    seen: jobs.enter('replays', FILL_EVERY_MS),
    async work() {
      while ((await relay.queue.fillReplays(instantOf(Date.now()), FILLED_AT_ONCE)) > 0) worker.wake();
    },
    failed,
  });
  onStop(() => fill.stop());
  const resume = repeat({
    everyMs: AGREEMENT_EVERY_MS,
    async work() {
      for (const org of await relay.queue.awaitingAgreement()) {
        if (!(await agreed(org))) continue;
        if ((await relay.queue.resume(org, instantOf(Date.now()))) > 0) worker.wake();
      }
    },
    failed,
  });
  onStop(() => resume.stop());
  const watch = repeat({
    everyMs: WATCH_EVERY_MS,
    work: () => watchReceivers(parts),
    failed,
    seen: jobs.enter('receivers', WATCH_EVERY_MS),
  });
  onStop(() => watch.stop());
  const forget = repeat({
    everyMs: FORGET_EVERY_MS,
    seen: jobs.enter('cleaning', FORGET_EVERY_MS),
    async work() {
      const before = instantOf(Date.now() - KEPT_MS);
      while ((await relay.queue.forget(before, FORGOTTEN_AT_ONCE)) === FORGOTTEN_AT_ONCE);
    },
    failed,
  });
  onStop(() => forget.stop());
}

/** Turn after turn while there is something to plan. */
function startPlanning(
  { relay }: BridgeParts,
  { id }: Pick<Organisation, 'id'>,
  planned: () => void,
  failed: (error: unknown) => void,
): Pick<Repetition, 'stop'> {
  const stopping = new AbortController();
  let wait = Promise.withResolvers<void>();
  stopping.signal.addEventListener('abort', () => wait.resolve());
  const run = async () => {
    while (!stopping.signal.aborted) {
      let waitMs = FAULT_MS;
      try {
        const turn = await planOnce(relay.queue, id, instantOf(Date.now()));
        if (turn === 'planned') planned();
        waitMs = turn === 'planned' ? 0 : turn === 'none' ? NONE_EVERY_MS : PLAN_EVERY_MS;
      } catch (error) {
        failed(error);
      }
      if (stopping.signal.aborted) return;
      wait = Promise.withResolvers();
      const timer = setTimeout(() => wait.resolve(), waitMs);
      await wait.promise;
      clearTimeout(timer);
    }
  };
  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Reports receivers that fail, once for each step of the way to disabling, by whichever process sees it first. */
async function watchReceivers({ relay, alarm }: BridgeParts): Promise<void> {
  const now = instantOf(Date.now());
  for (const pulse of await relay.queue.pulse()) {
    const { org, subscription, state, failingSince } = pulse;
    if (state === 'disabled') {
      if (!(await relay.queue.noteWarning(subscription, '5d'))) continue;
      report(pulse, 'disabled');
      await relay.queue.addNotices(subscription, now, webhookIdOf);
      continue;
    }
    for (const step of reachedSteps(failingSince, now)) {
      if (step !== '5d' && (await relay.queue.noteWarning(subscription, step))) report(pulse, step);
    }

    function report({ waiting }: SubscriptionPulse, step: string): void {
      alarm('WEBHOOK_FAILING', {
        ...{ org, detail: `${subscription} ${step}`, count: waiting },
        ...(failingSince !== null && { since: failingSince }),
      });
    }
  }
}
