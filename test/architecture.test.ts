import { describe, expect, test } from 'vitest';
import { checkoutPaths, missingPaths } from './architecture/paths.ts';
import { vagueWords } from './architecture/prose.ts';
import { bareRoutes, rings, strayLibraries, unplaced, unused, upwards } from './architecture/rules.ts';
import {
  codeOf,
  importsOf,
  places,
  ROOT,
  type Source,
  sources,
  uncommented,
} from './architecture/sources.ts';
import { plainNode } from './harness/plainNode.ts';

const product = sources(['src', 'adapters']);
const tests = sources(['test']);
/** What is written from the code: papers and code lists. */
const makers = tests.filter(({ path }) => path.startsWith('test/golden/'));
const pure = product.filter(({ path }) => path.startsWith('src/core/') || path.startsWith('adapters/'));
/** What only HTTP has. */
const HTTP = /\b(Request|Response|Headers|FormData|URLSearchParams|fetch|statusCode)\b/;
const source = (path: string, text: string): Source => ({ path, text });

describe('arrows', () => {
  test('every room is on a floor, and every floor’s rooms are there', () => {
    expect(unplaced(product), 'place it in FLOORS of test/architecture/rooms.ts').toEqual([]);
  });

  test('imports run down, types counted', () => {
    expect(upwards(product), 'floors: FLOORS in test/architecture/rooms.ts').toEqual([]);
  });

  test('a library is known in its place and nowhere else', () => {
    expect(strayLibraries(product), 'places: LIBRARIES in test/architecture/rooms.ts').toEqual([]);
  });

  test('no files need each other in a ring, types counted', () => {
    expect(rings(product), 'give the type a file of its own').toEqual([]);
  });

  test('product code knows no tests', () => {
    const strays = product.flatMap((each) => importsOf(each).filter(({ to }) => to.startsWith('test/')));
    expect(strays).toEqual([]);
  });

  // Vitest reads CommonJS more kindly than Node does: a name that only vitest finds stops the program.
  test('plain Node loads the whole program', async () => {
    const entries = product
      .map(({ path }) => path)
      .filter(
        (path) =>
          path === 'src/bridge/bridge.ts' || path.startsWith('src/local/') || path === 'src/cli/commands.ts',
      );
    const load = `for (const path of ${JSON.stringify(entries)}) await import(new URL(path, ${JSON.stringify(`file://${ROOT}`)}));`;
    await plainNode(['--input-type=module', '-e', `${load} process.exit(0)`]);
  });
});

describe('purity', () => {
  test('core and adapters read no clock, draw no lots and touch nothing outside', () => {
    const outside =
      /\b(Date|Temporal\.Now|performance|process|console|fetch|crypto|setTimeout|setInterval|setImmediate|globalThis|Buffer)\b|\bMath\.random\b/;
    expect(places(pure, outside, codeOf)).toEqual([]);
  });

  test('core and adapters import neither built-ins nor libraries', () => {
    const strays = pure.flatMap((each) =>
      importsOf(each)
        .filter(({ to }) => !to.startsWith('src/') && !to.startsWith('adapters/'))
        .map(({ to }) => `${each.path} → ${to}`),
    );
    expect(strays).toEqual([]);
  });

  test('the desk knows no HTTP', () => {
    const desk = product.filter(({ path }) => path.startsWith('src/desk/'));
    expect(places(desk, HTTP, codeOf)).toEqual([]);
    const breach = 'export const submit = (request: Request) => request.body;';
    expect(places([source('src/desk/submit.ts', breach)], HTTP, codeOf)).toHaveLength(1);
  });

  test('the environment is read by the configuration and the start alone', () => {
    const readers = product.filter(
      (each) =>
        /\bprocess\.env\b|\bprocess\b[^;]*\benv\b[^;]*\} = process/.test(codeOf(each)) ||
        importsOf(each).some(
          ({ to, names }) => to === 'node:process' && names.some((name) => name === 'env'),
        ),
    );
    expect(
      readers
        .map(({ path }) => path)
        .filter((path) => !/^src\/(program\.ts|cli\/ot\.ts|config\/)/.test(path)),
    ).toEqual([]);
  });

  test('SQL is written in the PostgreSQL store and nowhere else', () => {
    const statement =
      /['"`]\s*(select|with)\s|\b(insert\s+into|delete\s+from|update\s+\w+\s+set|create\s+(table|index|function)|alter\s+table|truncate\s+table)\b/i;
    const outside = product.filter(({ path }) => !path.startsWith('src/store/postgres/'));
    expect(
      // Asking a database that was just started whether it answers, and naming it, is not the store's business.
      places(outside, statement, uncommented).filter((place) => !place.startsWith('src/local/postgres.ts:')),
    ).toEqual([]);
  });
});

describe('personal data', () => {
  /** Who reads a number or a name in plain text, and what for. */
  const REVEALS: Readonly<Record<string, string>> = {
    'src/core/person/currentNumber.ts': 'of several numbers the kind tells which is the latest',
    'src/core/person/fodselsnummer.ts': 'tells whether two numbers are the same',
    'src/desk/adviser/numbersOf.ts': 'makes the record that an OT system would have sent',
    'src/desk/consents/altinnEvidence.ts': 'makes the record that the sender could have sent',
    'src/desk/identity/identityView.ts': 'answers a lookup that is on record',
    'src/desk/vigo/vigo.ts': 'makes the file to VIGO, which is on record for each',
    'src/jobs/nav/listFile.ts': 'sums the list, and gives NAV its rows, each a disclosure on record',
    'src/store/vault.ts': 'seals them and makes keyed hashes of them',
  };

  test('an identity number and a name are printed masked, and read in plain text by these files alone', () => {
    const readers = product.filter((each) => /\breveal\b/.test(codeOf(each))).map(({ path }) => path);
    expect(readers.filter((path) => path !== 'src/core/person/maskedText.ts').sort()).toEqual(
      Object.keys(REVEALS),
    );
  });
});

describe('files', () => {
  const lines = ({ text }: Source) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const longer = (files: readonly Source[], limit: number) =>
    files.filter((file) => lines(file) > limit).map((file) => `${file.path} ${lines(file)}`);

  test('no file is above 300 lines, no test file above 600', () => {
    expect(longer(product, 300), 'split it by story').toEqual([]);
    expect(longer(tests, 600), 'split it by story').toEqual([]);
  });

  test('a file is named by its noun', () => {
    const vague = /\/(utils?|helpers?|common|types?|managers?|services?|impl|misc|shared)\.\w+$/i;
    const all = [...product, ...tests].map(({ path }) => path);
    expect(all.filter((path) => vague.test(path))).toEqual([]);
  });

  test('exports have names and no file only hands on what others export', () => {
    // Vitest reads its configuration as a default export.
    const all = [...product, ...tests].filter(({ path }) => path !== 'test/vitest.config.ts');
    expect(places(all, /^export default\b/, uncommented)).toEqual([]);
    const barrels = all.filter((each) => importsOf(each).some(({ reExport }) => reExport));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  test('types can be stripped: no enum, no namespace', () => {
    const kept = /^\s*(export\s+)?(declare\s+)?(const\s+)?(enum|namespace)\s+\w+\s*\{/;
    expect(places([...product, ...tests], kept, uncommented)).toEqual([]);
  });

  test('nothing is left for another day', () => {
    expect(
      places([...product, ...tests], /\b(TO(?:DO)|FIX(?:ME)|XX(?:X)|HA(?:CK))\b/, ({ text }) => text),
    ).toEqual([]);
  });
});

describe('tests', () => {
  test('a title states a policy', () => {
    const title =
      /\b(?:test|it|describe)(?:\.\w+)*\([^'"`\n]*['"`][^'"`\n]*\b(?:sho(?:uld)|sk(?:al) kunne)\b/i;
    expect(places(tests, title, ({ text }) => text)).toEqual([]);
  });

  test('all tests run, or say in code when they cannot', () => {
    const silenced = /\b(?:test|it|describe)\.(?:on(?:ly)|sk(?:ip)|to(?:do))\s*[(.]|\b[xf](?:it|describe)\(/;
    expect(places(tests, silenced, codeOf)).toEqual([]);
  });
});

describe('prose', () => {
  test('comments use the field’s terms', () => {
    expect(vagueWords(product)).toEqual([]);
  });

  test('comments of tests use the field’s terms', () => {
    expect(vagueWords(tests)).toEqual([]);
    const breach = source(
      'test/store/lanes.ts',
      '// Nobody is told.\nconst told = "stands"; // `tell` sends\n',
    );
    expect(vagueWords([breach]).map((each) => each.split(':')[1])).toEqual(['1 told', '1 Nobody']);
  });

  test('paths in comments exist', () => {
    expect(missingPaths([...product, ...tests], checkoutPaths())).toEqual([]);
  });

  test('a path that is gone is reported, a shortened or foreign one is not', () => {
    const comments = [
      '// intake/people.ts and test/kafka were merged; see `fence.ts`, `kafka/fence.ts`, src/kafka.',
      '// https://example.org/src/gone.ts, kafkajs/src, 2026/27, fint-codes.json',
      '/** Of test/kafka/. */',
      "const kept = 'src/gone.ts';",
    ];
    const found = missingPaths(
      [source('src/core/a.ts', comments.join('\n'))],
      ['src/kafka', 'src/kafka/fence.ts'],
    );
    expect(found).toEqual([
      'src/core/a.ts:1 intake/people.ts',
      'src/core/a.ts:1 test/kafka',
      'src/core/a.ts:3 test/kafka',
    ]);
  });
});

describe('dead code', () => {
  /** Exports without a user in the program, and who uses them instead. */
  const KEPT: Readonly<Record<string, string>> = {
    'src/core/fint/model.ts differencesTable': 'docs/integration.md is held to it',
    'src/core/codelists/county.ts partialSuccessors': 'published table, asked by no rule',
    'src/core/codelists/municipality.ts isMunicipality': 'published table, asked by no rule',
    'src/core/codelists/municipality.ts municipalityOn': 'published table, asked by no rule',
    'src/core/codelists/augustCode.ts augustCode': 'published table, asked by no rule',
    'src/core/codelists/otStatus.ts selectable': 'published table, asked by no rule',
    'src/core/report/stock.ts stockAsOf': 'the oracle that the reports are held against',
    'src/local/postgres.ts stopPostgresOrphan': 'ends what a killed test run left',
    'src/kafka/memorySource.ts createMemorySource': 'the other feed source: the pipeline without Kafka',
    'src/wire/codec.ts createDecoder': 'what a receiver does: reads our messages back',
    'src/kafka/memoryPublisher.ts createMemoryPublisher': 'the other publisher: the pipeline without Kafka',
    'src/store/memory/relayQueue.ts memoryRelay': 'the other relay, held by its contract suite',
    'src/store/memory/subscriptions.ts memorySubscriptions':
      'the other subscriptions, held by their contract suite',
    'src/store/memory/sessions.ts createMemorySessions':
      'the other store of sessions, held by their contract suite',
    'src/store/memory/store.ts createMemoryStore': 'the other store, held by the contract suite',
  };

  test('every function and constant is used by the program, or named here with its user', () => {
    const unasked = unused(product, [...product, ...makers]);
    expect(
      unasked.filter((each) => !Object.hasOwn(KEPT, each)),
      'delete it, or export it no more',
    ).toEqual([]);
    expect(
      Object.keys(KEPT).filter((each) => !unasked.includes(each)),
      'used now: take it off the list',
    ).toEqual([]);
  });

  test('even what only tests use is used by them', () => {
    expect(unused(product, [...product, ...tests])).toEqual([]);
  });
});

describe('the checks themselves', () => {
  test('imports are seen in every form', () => {
    const text = [
      "import { a, type B as C } from './x.ts';",
      "import type { D } from '../store/port.ts';",
      'import {',
      '  e,',
      "} from 'kafkajs';",
      "export { f } from './f.ts';",
      "export * from './g.ts';",
      "import './h.ts';",
      "const i = await import('pg');",
      "const j = require('kafkajs/src/network/requestQueue');",
    ].join('\n');
    expect(
      importsOf(source('src/api/app.ts', text)).map(({ to, typeOnly, names }) => [to, typeOnly, names]),
    ).toEqual([
      ['src/api/x.ts', false, ['a', 'B']],
      ['src/store/port.ts', true, ['D']],
      ['kafkajs', false, ['e']],
      ['src/api/f.ts', false, ['f']],
      ['src/api/g.ts', false, ['*']],
      ['src/api/h.ts', false, ['*']],
      ['pg', false, ['*']],
      ['kafkajs/src/network/requestQueue', false, ['*']],
    ]);
  });

  test.each([
    ['src/core/rules/rules.ts', "import { a } from '../../store/port.ts';"],
    ['src/core/rules/rules.ts', "import type { A } from '../../kafka/publisher.ts';"],
    ['src/store/port.ts', "import type { A } from '../kafka/publisher.ts';"],
    ['src/desk/submit.ts', "import type { Api } from '../api/apiEnv.ts';"],
    ['src/wire/codec.ts', "import { startBridge } from '../bridge/bridge.ts';"],
    ['src/jobs/lists/lists.ts', "import { a } from '../../pipeline/read.ts';"],
    ['adapters/consent/index.ts', "import { decode } from '../../src/wire/decode.ts';"],
    ['adapters/consent/index.ts', "import { read } from '../bridge/index.ts';"],
    ['src/cellar/page.ts', "import type { Youth } from '../core/youth.ts';"],
  ])('%s: reported is %s', (path, text) => {
    expect(upwards([source(path, text)])).toHaveLength(1);
  });

  test('a room without a floor is reported', () => {
    expect(unplaced([...product, source('src/cellar/page.ts', '')])).toEqual(['cellar']);
  });

  test('a library out of its place is reported, also by a path inside it and when it has no place', () => {
    expect(strayLibraries([source('src/api/app.ts', "import { Kafka } from 'kafkajs';")])).toHaveLength(1);
    expect(strayLibraries([source('src/api/app.ts', "import x from 'kafkajs/src/errors';")])).toHaveLength(1);
    expect(strayLibraries([source('src/api/app.ts', "import { z } from 'lodash';")])).toHaveLength(1);
    expect(
      strayLibraries([source('src/kafka/kafkaPublisher.ts', "import { Kafka } from 'kafkajs';")]),
    ).toEqual([]);
  });

  test.each([
    "import { createRoute } from '@hono/zod-openapi';",
    "api.get('/secrets', (c) => c.text('all of them'));",
    "api.openapi({ method: 'get', path: '/secrets', responses: {} }, answer);",
  ])('a route past the guard is reported: %s', (text) => {
    expect(bareRoutes([source('src/api/routes/secrets.ts', text)])).toHaveLength(1);
  });

  test('a ring and an unused export are reported', () => {
    const ring = [
      source('src/core/a.ts', "import { b } from './b.ts';\nexport const a = b;"),
      source('src/core/b.ts', "import { a } from './a.ts';\nexport const b = a;\nexport const c = 1;"),
    ];
    expect(rings(ring)).toEqual(['src/core/a.ts → src/core/b.ts → src/core/a.ts']);
    expect(unused(ring, ring)).toEqual(['src/core/b.ts c']);
  });

  test('a ring of types alone is reported', () => {
    const planted = [
      source('src/core/policy.ts', "import type { WheelMove } from './wheel/entry.ts';"),
      source('src/core/wheel/entry.ts', "import { type LetterId } from '../letters/letter.ts';"),
      source('src/core/letters/letter.ts', "import type { Policy } from '../policy.ts';"),
    ];
    expect(rings(planted)).toHaveLength(1);
    expect(rings(planted.slice(0, 2))).toEqual([]);
  });

  test('a vague word in a comment is reported, in code and in backticks it is not', () => {
    const found = (text: string) =>
      vagueWords([source('src/store/port.ts', text)]).map((each) => each.split(':')[1]);
    expect(found('// Somebody has to act.')).toEqual(['1 Somebody']);
    expect(found('const a = 1;\n/**\n * Retried for\n * ever.\n */')).toEqual(['2 for ever']);
    expect(found('// Retried for\n// ever.\nconst a = 1; // the sender is told')).toEqual([
      '1 for ever',
      '3 told',
    ]);
    expect(found("const told = 'nobody'; // passed as `told`\n/** @param told names */")).toEqual([]);
  });

  test('comments and strings are not code', () => {
    const text =
      "// Date.now()\nconst a = 'Date'; /* Date */ const url = `https://x`; const now = Date.now();";
    expect(places([source('x.ts', text)], /\bDate\b/, codeOf)).toHaveLength(1);
    expect(codeOf(source('x.ts', text)).match(/Date/g)).toHaveLength(1);
  });
});
