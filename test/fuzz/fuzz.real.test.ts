import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GuardedAccess } from '../../src/core/access/access.ts';
import { MATRIX } from '../../src/core/access/matrix.ts';
import { type RealPipeline, startRealPipeline } from '../harness/realPipeline.ts';
import { crowd, dropout } from '../harness/schoolDropouts.ts';
import { type Exchange, type FuzzResult, fuzz, hasSchemathesis } from './schemathesis.ts';
import {
  type DescribedOperation,
  operationsOf,
  type SecuredBridge,
  startSecuredBridge,
} from './securedBridge.ts';

const SEED = Number(process.env.FUZZ_SEED ?? 20261129);
/** Per operation; `npm run fuzz` takes a thousand. */
const EXAMPLES = Number(process.env.FUZZ_EXAMPLES ?? 4);
const LONG = EXAMPLES > 4;
const WITHIN_MS = LONG ? 6 * 3_600_000 : 300_000;
/** What is wrong may also be too large to be looked at: 413, which schemathesis does not count as a refusal. */
const REFUSALS = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429];
const CHECKS = `[checks]\nnegative_data_rejection.expected-statuses = [${REFUSALS}]\n`;
/** Each would get the wrong credentials that it is to be refused with. */
const GUARDED = `${CHECKS}ignored_auth.enabled = true\n`;
/** An open installation asks for no credentials; nor is there anything to ignore without one. */
const OPEN = `${CHECKS}ignored_auth.enabled = false\n`;

const REVOKE = 'POST /organisations/{org}/access/{id}/revoke';

// Not installed by npm: CI installs it and fails without it; elsewhere it runs where it is installed.
describe.skipIf(!hasSchemathesis() && process.env.CI !== 'true')('requests made from the description', () => {
  let pipeline: RealPipeline;
  let secured: SecuredBridge;
  let operations: DescribedOperation[];
  beforeAll(async () => {
    pipeline = await startRealPipeline({ clock: null });
    const today = new Date().toISOString().slice(0, 10);
    const reports = crowd(SEED, 5).map((person, at) =>
      dropout(person, `fuzz-${at}`, { avbruddsdato: today }),
    );
    await pipeline.submit('school-dropout', reports);
    secured = await startSecuredBridge(pipeline);
    operations = await operationsOf(secured.url, pipeline.org);
  });
  afterAll(async () => {
    await secured?.stop();
    await pipeline?.stop();
  });

  const plan = () => ({
    ...{ examples: EXAMPLES, seed: SEED, known: { org: pipeline.org } },
    phases: ['coverage', 'fuzzing'],
  });

  test(
    'an open installation answers each as described, and none with a fault of its own',
    async () => {
      // It would revoke what the callers below have been given: ids of earlier answers are sent again.
      const without = [REVOKE];
      const result = await fuzz({ ...plan(), url: pipeline.current().url ?? '', settings: OPEN, without });
      expect(result.failures).toEqual([]);
      expect(result.cases).toBeGreaterThan(result.operations * EXAMPLES);
    },
    WITHIN_MS,
  );

  /** In one run; in the long tier one for each operation, for a token ends after ten minutes. */
  async function asCaller(
    headers: () => Promise<Record<string, string>>,
    more: { settings: string; without?: readonly string[]; known?: Readonly<Record<string, string>> },
  ): Promise<FuzzResult> {
    const { without = [] } = more;
    const parts = LONG
      ? operations.map(({ name }) => name).filter((name) => !without.includes(name))
      : [undefined];
    const whole: FuzzResult = { cases: 0, operations: 0, failures: [], exchanges: [] };
    for (const operation of parts) {
      const result = await fuzz({
        ...plan(),
        ...more,
        // The handlers were tried above: the short tier asks each operation a few times as each caller.
        ...(!LONG && { phases: ['fuzzing'] }),
        url: secured.url,
        headers: await headers(),
        ...(operation !== undefined && { operation, without: [] }),
      });
      whole.cases += result.cases;
      whole.operations += result.operations;
      whole.failures.push(...result.failures);
      whole.exchanges.push(...result.exchanges);
      // It goes on for an hour: it says how far it is, and what was found if it never ends.
      if (operation !== undefined) console.info(`${operation}: ${result.cases} requests`, ...result.failures);
    }
    expect(whole.failures).toEqual([]);
    expect(whole.cases).toBeGreaterThanOrEqual(whole.operations);
    return whole;
  }

  const guarded = () => operations.filter(({ access }) => access !== 'public');

  /** Of requests sent as the caller, and not with the wrong credentials that are tried in between: name and status. */
  function guardedAnswers(exchanges: readonly Exchange[], token: boolean) {
    return exchanges
      .filter(({ authorization }) => /^Bearer ey/.test(authorization ?? '') === token)
      .filter(({ authorization }) => token || authorization === undefined)
      .flatMap((exchange) => {
        const operation = guarded().find(({ matches }) => matches(exchange));
        return operation === undefined ? [] : [{ ...exchange, operation }];
      });
  }

  function expectAll(exchanges: readonly Exchange[], status: number, token: boolean): void {
    const answers = guardedAnswers(exchanges, token);
    expect(new Set(answers.map(({ operation }) => operation.name)).size).toBe(guarded().length);
    const others = answers
      .filter((answer) => answer.status !== status)
      // The short address may name an organisation that is not set up here: 404 to every caller who is known.
      .filter((answer) => !(token && answer.status === 404 && answer.path.startsWith('/feeds/')));
    expect(others.map(({ method, path, status: given }) => `${method} ${path}: ${given}`)).toEqual([]);
  }

  /** Operations whose guard let the caller through at least once. */
  function passed(exchanges: readonly Exchange[], token: boolean): string[] {
    const through = guardedAnswers(exchanges, token).filter(({ status }) => status !== 401 && status !== 403);
    return [...new Set(through.map(({ operation }) => operation.name))].sort();
  }

  const guardedWhere = (may: (row: (typeof MATRIX)[GuardedAccess]) => boolean) =>
    guarded()
      .filter(({ access }) => may(MATRIX[access as GuardedAccess]))
      .map(({ name }) => name)
      .sort();

  test(
    'a machine with every grant gets past the guard of each operation that machines may use, and of no other',
    async () => {
      // Some feeds are no machine's: of a few random ones none may be.
      const known = { org: pipeline.org, feed: 'school-dropout' };
      const { exchanges } = await asCaller(async () => ({ Authorization: await secured.granted() }), {
        ...{ settings: GUARDED, known },
      });
      expect(passed(exchanges, true)).toEqual(guardedWhere(({ machine }) => machine !== null));
    },
    WITHIN_MS,
  );

  test(
    'a machine without a grant gets 403 of every guarded operation, whatever it sends',
    async () => {
      const { exchanges } = await asCaller(async () => ({ Authorization: await secured.ungranted() }), {
        settings: GUARDED,
      });
      expectAll(exchanges, 403, true);
    },
    WITHIN_MS,
  );

  test(
    'without a token every guarded operation is 401 with a challenge, whatever is sent',
    async () => {
      const { exchanges } = await asCaller(async () => ({}), { settings: GUARDED });
      expectAll(exchanges, 401, false);
      const refused = exchanges.filter(({ status }) => status === 401);
      expect(refused.filter(({ challenge }) => !challenge?.startsWith('Bearer realm="ot-bridge"'))).toEqual(
        [],
      );
    },
    WITHIN_MS,
  );

  test(
    'a person with every role gets past the guard of every operation that a role gives',
    async () => {
      // It would end the session; so would a log-out by the issuer, which none can guess.
      const without = ['POST /logout', REVOKE];
      const headers = async () => ({ Cookie: await secured.session(), 'Sec-Fetch-Site': 'same-origin' });
      // Some feeds are machines' alone.
      const known = { org: pipeline.org, feed: 'ot-adviser' };
      const { exchanges } = await asCaller(headers, { settings: OPEN, without, known });
      expect(passed(exchanges, false)).toEqual(
        guardedWhere(({ machine: _machine, ...roles }) =>
          Object.values(roles).some((cell) => cell !== null),
        ).filter((name) => name !== REVOKE),
      );
    },
    WITHIN_MS,
  );
});
