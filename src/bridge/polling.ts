import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VigoConfig } from '../config/config.ts';
import type { FeedAdapter } from '../core/feedAdapter.ts';
import type { OrgId } from '../core/organisation.ts';
import { type IsoInstant, instantOf } from '../core/time/date.ts';
import { pollVigo } from '../jobs/vigo/poller.ts';
import { createSchedule, type Schedule } from '../jobs/vigo/schedule.ts';
import type { Publisher } from '../kafka/publisher.ts';
import { adapterContext } from '../pipeline/adapterContext.ts';
import type { Operations } from '../store/operationsPort.ts';
import type { Store } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { RaiseAlarm } from '../telemetry/alarm.ts';
import type { JobBook } from '../telemetry/jobBook.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Meters } from '../telemetry/metrics.ts';
import { personIn, recordKeys } from '../wire/recordKeys.ts';
import type { Organisations } from './organisations.ts';

const LISTS = [
  { list: 'ot', feed: 'ot-adviser', at: 'otAt' },
  { list: 'laktiv', feed: 'apprenticeship', at: 'laktivAt' },
] as const;

export interface PollingParts {
  vigo: VigoConfig;
  apiKey: string;
  adapters: readonly FeedAdapter[];
  organisations: Organisations;
  environment: 'test' | 'production';
  publisher: Publisher;
  store: Pick<Store, 'resolve'>;
  vault: Vault;
  operations: Operations;
  log: Logger;
  meters: Meters;
  alarm: RaiseAlarm;
  jobs: Pick<JobBook, 'enter'>;
}

/** A schedule per county and list. Only one worker polls: the one that works lane 0 of the county's bridge feed. */
export async function startPolling(parts: PollingParts, mine: (org: OrgId) => boolean): Promise<Schedule[]> {
  const {
    vigo,
    apiKey,
    organisations,
    environment,
    publisher,
    store,
    vault,
    operations,
    log,
    meters,
    alarm,
  } = parts;
  const now = (): IsoInstant => instantOf(Date.now());
  const seen = parts.jobs.enter('vigo', null);
  const schedules: Schedule[] = [];
  for (const { id: org, county } of vigo.organisations) {
    for (const { list, feed, at } of LISTS) {
      const adapter = parts.adapters.find((each) => each.feed === feed);
      if (!adapter) throw new Error(`no adapter reads ${feed}`);
      const { hour, minute } = vigo[at];
      const last = await operations.lastConcluded(org, list);
      const run = async (): Promise<void> => {
        if (!mine(org)) return;
        await pollVigo(
          { url: vigo.url, apiKey, county, list, org },
          {
            adapter,
            publisher,
            log,
            meters,
            alarm,
            now,
            sleep: (ms) => sleep(ms),
            keysOf(rows) {
              const envelope = { list, run: 'keys', type: 'FULL' as const, total: rows.length };
              const context = adapterContext({
                org,
                environment,
                vault,
                policy: organisations.policyOf(org),
              });
              const received = now();
              // Read for their persons alone; the pipeline reads the rows again when they have come through Kafka.
              const unkeyed = rows.map((value) => ({
                person: personIn(adapter.read({ value, received, envelope }, context)),
                token: randomUUID(),
              }));
              return recordKeys({ store, vault }, unkeyed);
            },
          },
        );
        seen(true);
      };
      schedules.push(
        createSchedule(
          {
            at: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
            now,
            setTimer(ms, fire) {
              const timer = setTimeout(fire, ms);
              return () => clearTimeout(timer);
            },
            run,
            failed(error) {
              log.event('work.failed', { part: 'poller', error });
              seen(false);
            },
          },
          last?.completed ?? null,
        ),
      );
    }
  }
  return schedules;
}
