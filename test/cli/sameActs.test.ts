import { beforeEach, describe, expect, test } from 'vitest';
import { type Ask, CommandFailed, createAsk } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { typedWords } from '../../src/cli/keyboard.ts';
import { USAGE } from '../../src/cli/usage.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { appOf, testParts } from '../api/parts.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { dropout, P01, P02 } from '../harness/schoolDropouts.ts';
import { type Acting, type SameAct, sameActs } from './sameActs.ts';
import { ONLY_FORMS, samePages } from './samePages.ts';

const NOW = '2026-10-07T07:12:00.000Z';
const { app: described, pages } = appOf(testParts());
const routes = pages.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
const nowhere: Acting = {
  org: 'o',
  ref: personRef('00000000-0000-4000-8000-000000000000'),
  alert: 'none',
};

const table = (of: Acting): Readonly<Record<string, SameAct>> => ({ ...sameActs(of), ...samePages(of) });

async function operations(): Promise<string[]> {
  const answer = await described.request('/openapi.json');
  const { paths } = (await answer.json()) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

describe('each page and act of the console', () => {
  test('is in the table, and no row is of one that is gone', () => {
    expect([...Object.keys(table(nowhere)), ...ONLY_FORMS].toSorted()).toEqual(
      [...new Set(routes)].toSorted(),
    );
  });

  test('is an operation of the API and a command', async () => {
    const known = await operations();
    const rows = Object.values(table(nowhere));
    expect(rows.map(({ api }) => api).filter((api) => !known.includes(api))).toEqual([]);
    expect(rows.map(({ ot }) => ot[0] ?? '').filter((name) => !Object.hasOwn(USAGE, name))).toEqual([]);
  });
});

describe('the command of the table', () => {
  let pipeline: TestPipeline;
  let acting: Acting;
  let ask: Ask;
  let asked: string[];

  beforeEach(async () => {
    pipeline = await createTestPipeline({ county: '40' });
    await pipeline.pass(NOW);
    const { app, post, get } = appOf(partsInMemory(pipeline, () => NOW));
    const at = `/organisations/${pipeline.org}`;
    await post(`${at}/feeds/school-dropout`, [dropout(P01, 'a')]);
    await pipeline.settle();
    const { alerts } = (await (await get(`${at}/alerts`)).json()) as {
      alerts: { ref: string; alert: { id: string } }[];
    };
    const [first] = alerts;
    if (first === undefined) throw new Error('a dropout raises an alert');
    acting = { org: pipeline.org, ref: personRef(first.ref), alert: first.alert.id };
    asked = [];
    const answer = createAsk('http://localhost', async (url, init) => {
      const { pathname, search } = new URL(String(url));
      return app.request(`${pathname}${search}`, init);
    });
    ask = (path, body, method) => {
      asked.push(`${body === undefined ? 'GET' : (method ?? 'POST')} ${path.split('?')[0]}`);
      return answer(path, body, method);
    };
  });

  test.each(Object.keys(table(nowhere)))('%s asks for it', async (address) => {
    const { api, ot } = table(acting)[address] as SameAct;
    const [name = '', ...args] = ot;
    const keyboard = { read: async () => P02.fodselsnummer };
    const words = name === 'finn' ? args : await typedWords(args, keyboard);
    await COMMANDS[name]?.run(ask, words, keyboard).catch((error: unknown) => {
      // What is not there, or may not be done now, has been asked for all the same.
      if (!(error instanceof CommandFailed)) throw error;
    });
    const pattern = new RegExp(`^${api.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    expect(
      asked.some((each) => pattern.test(each)),
      asked.join('\n'),
    ).toBe(true);
  });
});
