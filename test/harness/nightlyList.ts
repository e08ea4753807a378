import { apprenticeship } from '../../adapters/apprenticeship/index.ts';
import { type PollResult, pollVigo } from '../../src/jobs/vigo/poller.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { API_KEY, serve, vigo } from '../jobs/vigo/vigoHandlers.ts';
import type { TestPipeline } from './memoryPipeline.ts';
import type { Person } from './persons.ts';
import { stageOver } from './stage.ts';

// VIGO's service as the poller meets it at night, and the pipeline behind the poller.

/** The document of active contracts. */
export function contracts(people: readonly Person[], changes: object = {}): object {
  const kontrakter = people.map(({ fodselsnummer, fodselsdato }) => ({
    elev: { fnr: fodselsnummer, fdato: fodselsdato.split('-').reverse().join('.') },
    type: 'L',
    bnr: '987654321',
    start: '15.08.2025',
    slutt: '14.08.2027',
  }));
  return { errorMessage: '', antall: kontrakter.length, kontrakter, ...changes };
}

export interface Night {
  result: PollResult;
  tries: number;
  /** Codes of the alerts that the night gave the operator. */
  alarms: string[];
}

/** Fetches the list at a moment and concludes from it when it is whole. Answers are given in turn, the last one again. */
export async function fetchAtNight(
  pipeline: TestPipeline,
  at: string,
  ...answers: (() => Response)[]
): Promise<Night> {
  const stage = stageOver(pipeline, at);
  await stage.pass(at);
  const before = pipeline.alarms.length;
  const alarms: string[] = [];
  const local = await serve(vigo(...answers));
  try {
    const result = await pollVigo(
      { url: local.url, apiKey: API_KEY, county: pipeline.policy.county, org: pipeline.org, list: 'laktiv' },
      {
        adapter: apprenticeship,
        publisher: {
          async publish(records) {
            for (const { value, headers } of records)
              await pipeline.send('apprenticeship', [value], { at, headers });
          },
          close: async () => undefined,
        },
        keysOf: async (rows) => rows.map(() => 'key'),
        log: createLogger({ level: 'silent' }),
        meters: { pollFailed: () => undefined },
        alarm: (code) => alarms.push(code),
        now: () => at,
        sleep: async () => undefined,
      },
    );
    await pipeline.conclude();
    return { result, tries: local.asked.length, alarms: [...alarms, ...pipeline.alarms.slice(before)] };
  } finally {
    local.close();
  }
}
