import { setTimeout as sleep } from 'node:timers/promises';
import { countyNumber } from '../../src/core/organisation.ts';
import { policyWith } from '../../src/core/policy.ts';
import { envelopeHeaders } from '../../src/desk/submission/envelopeHeaders.ts';
import { buildSnapshot } from '../../src/reports/snapshot.ts';
import type { PostgresVersion } from './realParts.ts';
import { startRealPipeline } from './realPipeline.ts';
import { answerOf, type Play, type ShownAlert, shown, theOne } from './stage.ts';
import { until as untilTrue } from './until.ts';

/** Longer than the bridge waits between two looks at its lists. */
const A_LOOK_MS = 1_300;

/** On real Kafka and PostgreSQL: the bridge as it runs, asked over HTTP. */
export const onRealParts =
  (version: PostgresVersion): Play =>
  async ({ county, policy, agreedTo, from = '2026-08-01T06:00:00.000Z' }) => {
    const agreed = agreedTo === undefined ? {} : { agreedTo };
    const pipeline = await startRealPipeline({
      county,
      clock: from,
      version,
      ...agreed,
      ...(policy && { policy }),
    });
    let now = from;
    const until = async (at: string) => {
      if (at > now) {
        await pipeline.moveClock(at);
        now = at;
      }
    };
    const youthOf = async (number: string) => {
      const answer = await pipeline.post('youths/search', { fodselsnummer: number });
      if (answer.status === 404) return undefined;
      const { ref } = JSON.parse(await answer.text());
      return pipeline.json(`youths/${ref}`);
    };
    return {
      org: pipeline.org,
      async send(at, feed, ...records) {
        await until(at);
        await pipeline.submit(feed, records);
      },
      async list(at, feed, document) {
        await until(at);
        await pipeline.submit(feed, document);
        await pipeline.listsSettled();
      },
      async rows(at, feed, rows) {
        await until(at);
        await pipeline.submit(feed, rows);
        await pipeline.listsSettled();
      },
      async listed(at, feed, envelope, rows) {
        await until(at);
        await pipeline.send(feed, rows, { headers: envelopeHeaders(envelope) });
        await pipeline.listsSettled();
      },
      async extract(at, month) {
        await until(at);
        return pipeline.extract(month);
      },
      conclude: () => pipeline.listsSettled(),
      pass: until,
      registrations: async (number) => ((await youthOf(number))?.registrations ?? []).map(shown),
      registered: async (number) => (await youthOf(number))?.registrations ?? [],
      open: async (number) =>
        ((await youthOf(number))?.alerts ?? []).map(({ kind }: { kind: string }) => kind).sort(),
      alert: async (number, kind) => theOne<ShownAlert>((await youthOf(number))?.alerts ?? [], kind),
      out: async (topic, number) => (await pipeline.out(topic, number)).map(({ decoded }) => decoded),
      async told(count) {
        // Time for one too many.
        await sleep(A_LOOK_MS);
        const told = async () => (await pipeline.withdrawals()).map(({ matchId }) => matchId).sort();
        await untilTrue('NAV is told', async () => (await told()).length >= count);
        return told();
      },
      async youth(number) {
        if ((await youthOf(number)) === undefined) return undefined;
        return (await pipeline.current().queries.youth(pipeline.org, await pipeline.refOf(number)))?.youth;
      },
      async alarms() {
        await sleep(A_LOOK_MS);
        return pipeline.logLines.flatMap((line) => {
          const { event, code } = JSON.parse(line);
          return event === 'operational.alert' ? [code] : [];
        });
      },
      async quarantine() {
        const { items } = await pipeline.json('quarantine?limit=500');
        return items
          .flatMap(({ problems }: { problems: { field: string; code: string }[] }) =>
            problems.map(({ field, code }) => `${field} ${code}`.trim()),
          )
          .sort();
      },
      ref: (number) => pipeline.refOf(number),
      get: async (path) => answerOf(await pipeline.get(path)),
      async post(path, body, headers = {}) {
        const answer = await answerOf(await pipeline.post(path, body, headers));
        await pipeline.settle();
        return answer;
      },
      report(referenceDate) {
        const { queries, operations } = pipeline.current();
        const decided = policyWith(countyNumber(county), policy ?? {});
        const order = { org: pipeline.org, county: decided.county, referenceDate, policy: decided };
        return buildSnapshot({ queries, operations, ...order });
      },
      stop: () => pipeline.stop(),
    };
  };
