import { setTimeout as sleep } from 'node:timers/promises';
import { countyNumber } from '../../src/core/organisation.ts';
import { policyWith } from '../../src/core/policy.ts';
import { envelopeHeaders } from '../../src/desk/submission/sendRows.ts';
import { buildSnapshot } from '../../src/reports/snapshot.ts';
import type { PostgresVersion } from './realParts.ts';
import { startRealRiver } from './realRiver.ts';
import { answerOf, type Play, type ShownAlert, shown, theOne } from './stage.ts';

/** Longer than the bridge waits between two looks at its lists. */
const A_LOOK_MS = 1_300;

/** On real Kafka and PostgreSQL: the bridge as it runs, asked over HTTP. */
export const onRealParts =
  (version: PostgresVersion): Play =>
  async ({ county, policy, from = '2026-08-01T06:00:00.000Z' }) => {
    const river = await startRealRiver({ county, clock: from, version, ...(policy && { policy }) });
    let now = from;
    const until = async (at: string) => {
      if (at > now) {
        await river.moveClock(at);
        now = at;
      }
    };
    const youthOf = async (number: string) => {
      const answer = await river.post('youths/search', { fodselsnummer: number });
      if (answer.status === 404) return undefined;
      const { ref } = JSON.parse(await answer.text());
      return river.json(`youths/${ref}`);
    };
    return {
      org: river.org,
      async send(at, feed, ...records) {
        await until(at);
        await river.submit(feed, records);
      },
      async list(at, feed, document) {
        await until(at);
        await river.submit(feed, document);
        await river.listsSettled();
      },
      async rows(at, feed, rows) {
        await until(at);
        await river.submit(feed, rows);
        await river.listsSettled();
      },
      async listed(at, feed, envelope, rows) {
        await until(at);
        await river.send(feed, rows, { headers: envelopeHeaders(envelope) });
        await river.listsSettled();
      },
      conclude: () => river.listsSettled(),
      pass: until,
      registrations: async (number) => ((await youthOf(number))?.registrations ?? []).map(shown),
      registered: async (number) => (await youthOf(number))?.registrations ?? [],
      open: async (number) =>
        ((await youthOf(number))?.alerts ?? []).map(({ kind }: { kind: string }) => kind).sort(),
      alert: async (number, kind) => theOne<ShownAlert>((await youthOf(number))?.alerts ?? [], kind),
      out: async (topic, number) => (await river.out(topic, number)).map(({ decoded }) => decoded),
      async youth(number) {
        if ((await youthOf(number)) === undefined) return undefined;
        return (await river.current().queries.youth(river.org, await river.refOf(number)))?.youth;
      },
      async alarms() {
        await sleep(A_LOOK_MS);
        return river.logLines.flatMap((line) => {
          const { event, code } = JSON.parse(line);
          return event === 'operational.alert' ? [code] : [];
        });
      },
      async quarantine() {
        const { items } = await river.json('quarantine?limit=500');
        return items
          .flatMap(({ problems }: { problems: { field: string; code: string }[] }) =>
            problems.map(({ field, code }) => `${field} ${code}`.trim()),
          )
          .sort();
      },
      ref: (number) => river.refOf(number),
      get: async (path) => answerOf(await river.get(path)),
      async post(path, body, headers = {}) {
        const answer = await answerOf(await river.post(path, body, headers));
        await river.settle();
        return answer;
      },
      report(referenceDate) {
        const { queries, operations } = river.current();
        const decided = policyWith(countyNumber(county), policy ?? {});
        const order = { org: river.org, county: decided.county, referenceDate, policy: decided };
        return buildSnapshot({ queries, operations, ...order });
      },
      stop: () => river.stop(),
    };
  };
