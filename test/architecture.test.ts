import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { roomOf } from './architecture/rooms.ts';
import { closedDoors, rings, strayLibraries, unused, unusedDoors } from './architecture/rules.ts';
import {
  codeOf,
  importsOf,
  places,
  ROOT,
  type Source,
  sources,
  uncommented,
} from './architecture/sources.ts';

const product = sources(['src', 'adapters']);
const scripts = sources(['scripts']);
const tests = sources(['test']);
const pure = product.filter(({ path }) => path.startsWith('src/core/') || path.startsWith('adapters/'));
const source = (path: string, text: string): Source => ({ path, text });

describe('arrows', () => {
  test('every file of src has a room', () => {
    expect(product.map(({ path }) => path).filter((path) => roomOf(path) === undefined)).toEqual([]);
  });

  test('rooms know the core, and each other by named doors only', () => {
    expect(
      closedDoors(product),
      'a new door is written in test/architecture/rooms.ts, with its reason',
    ).toEqual([]);
  });

  test('no door stands open that nobody uses', () => {
    expect(unusedDoors(product)).toEqual([]);
  });

  test('a library is known in its place and nowhere else', () => {
    expect(strayLibraries(product), 'places: LIBRARIES in test/architecture/rooms.ts').toEqual([]);
  });

  test('no files need each other in a ring', () => {
    expect(rings(product)).toEqual([]);
  });

  test('product code knows neither scripts nor tests', () => {
    const strays = product.flatMap((each) =>
      importsOf(each).filter(({ to }) => to.startsWith('scripts/') || to.startsWith('test/')),
    );
    expect(strays).toEqual([]);
  });

  // Vitest reads CommonJS more kindly than Node does: a name that only vitest finds stops the program.
  test('plain Node loads the whole program', () => {
    const entries = product
      .map(({ path }) => path)
      .filter((path) => path === 'src/bridge.ts' || path.startsWith('src/start/'));
    const load = `for (const path of ${JSON.stringify(entries)}) await import(new URL(path, ${JSON.stringify(`file://${ROOT}`)}));`;
    execFileSync(process.execPath, ['--input-type=module', '-e', `${load} process.exit(0)`], {
      encoding: 'utf8',
    });
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

  test('the environment is read by the configuration and the start alone', () => {
    const readers = product.filter(
      (each) =>
        /\bprocess\.env\b|\bprocess\b[^;]*\benv\b[^;]*\} = process/.test(codeOf(each)) ||
        importsOf(each).some(
          ({ to, names }) => to === 'node:process' && names.some((name) => name === 'env'),
        ),
    );
    expect(
      readers.map(({ path }) => path).filter((path) => !/^src\/(config|main\.ts|config\/)/.test(path)),
    ).toEqual([]);
  });

  test('SQL is written in the PostgreSQL store and nowhere else', () => {
    const statement =
      /['"`]\s*(select|with)\s|\b(insert\s+into|delete\s+from|update\s+\w+\s+set|create\s+(table|index|function)|alter\s+table|truncate\s+table)\b/i;
    const outside = product.filter(({ path }) => !path.startsWith('src/store/postgres/'));
    expect(
      // Asking a database that was just started whether it answers, and naming it, is not the store's business.
      places(outside, statement, uncommented).filter(
        (place) => !place.startsWith('src/embedded/postgres.ts:'),
      ),
    ).toEqual([]);
  });
});

describe('files', () => {
  const lines = ({ text }: Source) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  const longer = (files: readonly Source[], limit: number) =>
    files.filter((file) => lines(file) > limit).map((file) => `${file.path} ${lines(file)}`);

  test('no file is above 300 lines, no test file above 600', () => {
    expect(longer([...product, ...scripts], 300), 'split it by story').toEqual([]);
    expect(longer(tests, 600), 'split it by story').toEqual([]);
  });

  test('a file is named by its noun', () => {
    const vague = /\/(utils?|helpers?|common|types?|managers?|services?|impl|misc|shared)\.\w+$/i;
    const all = [...product, ...scripts, ...tests].map(({ path }) => path);
    expect(all.filter((path) => vague.test(path))).toEqual([]);
  });

  test('exports have names and no file only hands on what others export', () => {
    const all = [...product, ...scripts, ...tests];
    expect(places(all, /^export default\b/, uncommented)).toEqual([]);
    const barrels = all.filter((each) => importsOf(each).some(({ reExport }) => reExport));
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  test('types can be stripped: no enum, no namespace', () => {
    const kept = /^\s*(export\s+)?(declare\s+)?(const\s+)?(enum|namespace)\s+\w+\s*\{/;
    expect(places([...product, ...scripts, ...tests], kept, uncommented)).toEqual([]);
  });

  test('nothing is left for another day', () => {
    expect(
      places(
        [...product, ...scripts, ...tests],
        /\b(TO(?:DO)|FIX(?:ME)|XX(?:X)|HA(?:CK))\b/,
        ({ text }) => text,
      ),
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

describe('dead code', () => {
  /** Exports without a user in the program, and who uses them instead. */
  const KEPT: Readonly<Record<string, string>> = {
    'src/api/app.ts openApiDocument': 'schemas/openapi.json is written from it',
    'src/core/codelists/county.ts partialSuccessors': 'published table, asked by no rule',
    'src/core/codelists/municipality.ts isMunicipality': 'published table, asked by no rule',
    'src/core/codelists/municipality.ts municipalityOn': 'published table, asked by no rule',
    'src/core/codelists/otStatus.ts statusText': 'published table, asked by no rule',
    'src/core/codelists/augustCode.ts augustCode': 'published table, asked by no rule',
    'src/core/codelists/otStatus.ts selectable': 'published table, asked by no rule',
    'src/core/fodselsnummer.ts Fodselsnummer': 'the masked print form of a number; the vault holds bytes',
    'src/core/report/stock.ts stockAsOf': 'the oracle that the reports are held against',
    'src/embedded/postgres.ts stopPostgresOrphan': 'ends what a killed test run left',
    'src/intake/memorySource.ts createMemorySource': 'the other feed source: the river without Kafka',
    'src/relay/codec.ts createDecoder': 'what a receiver does: reads our messages back',
    'src/relay/memoryPublisher.ts createMemoryPublisher': 'the other publisher: the river without Kafka',
    'src/store/memory/store.ts createMemoryStore': 'the other store, held by the contract suite',
  };

  test('every function and constant is used by the program, or named here with its user', () => {
    const unasked = unused(product, [...product, ...scripts]);
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
    expect(unused(product, [...product, ...scripts, ...tests])).toEqual([]);
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
    ['src/core/rules.ts', "import { a } from '../store/port.ts';"],
    ['src/core/rules.ts', "import type { A } from '../intake/adapter.ts';"],
    ['src/api/app.ts', "import { createPostgresStore } from '../store/postgres/store.ts';"],
    ['src/api/app.ts', "import { OUTCOMES } from '../store/port.ts';"],
    ['src/intake/lists.ts', "import { consent } from '../../adapters/consent/index.ts';"],
    ['adapters/consent/index.ts', "import { decode } from '../../src/intake/decode.ts';"],
    ['adapters/consent/index.ts', "import { read } from '../bridge/index.ts';"],
    ['src/relay/codec.ts', "import { startBridge } from '../bridge.ts';"],
    ['src/console/page.ts', "import type { Youth } from '../core/youth.ts';"],
  ])('%s is told of: %s', (path, text) => {
    expect(closedDoors([source(path, text)])).toHaveLength(1);
  });

  test('a library out of its place is told of, also by a path inside it and when nobody has placed it', () => {
    expect(strayLibraries([source('src/api/app.ts', "import { Kafka } from 'kafkajs';")])).toHaveLength(1);
    expect(strayLibraries([source('src/api/app.ts', "import x from 'kafkajs/src/errors';")])).toHaveLength(1);
    expect(strayLibraries([source('src/api/app.ts', "import { z } from 'lodash';")])).toHaveLength(1);
    expect(
      strayLibraries([source('src/relay/kafkaPublisher.ts', "import { Kafka } from 'kafkajs';")]),
    ).toEqual([]);
  });

  test('a ring and an unused export are told of', () => {
    const ring = [
      source('src/core/a.ts', "import { b } from './b.ts';\nexport const a = b;"),
      source('src/core/b.ts', "import { a } from './a.ts';\nexport const b = a;\nexport const c = 1;"),
    ];
    expect(rings(ring)).toEqual(['src/core/a.ts → src/core/b.ts → src/core/a.ts']);
    expect(unused(ring, ring)).toEqual(['src/core/b.ts c']);
  });

  test('comments and strings are not code', () => {
    const text =
      "// Date.now()\nconst a = 'Date'; /* Date */ const url = `https://x`; const now = Date.now();";
    expect(places([source('x.ts', text)], /\bDate\b/, codeOf)).toHaveLength(1);
    expect(codeOf(source('x.ts', text)).match(/Date/g)).toHaveLength(1);
  });
});
