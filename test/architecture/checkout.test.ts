import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { misnamedTests } from './kinds.ts';
import { strayNames } from './layout.ts';
import { ROOT, type Source, sources } from './sources.ts';

const source = (path: string, text: string): Source => ({ path, text });

describe('the top of the checkout', () => {
  test('holds what is listed and nothing else', () => {
    expect(strayNames(readdirSync(ROOT)), 'permitted: TOP_LEVEL in test/architecture/layout.ts').toEqual([]);
  });

  test('another name is reported, what git ignores is not', () => {
    expect(
      strayNames(['src', '.git', 'npm-debug.log', 'node_modules', 'vitest.config.ts', 'scripts']),
    ).toEqual(['scripts', 'vitest.config.ts']);
  });
});

describe('kinds of tests', () => {
  test('a test is named .real exactly when it reaches Kafka, PostgreSQL, Java or a process', () => {
    expect(misnamedTests(sources(['src', 'adapters', 'test']))).toEqual([]);
  });

  test('a real part behind other files is found, and a .real test without one', () => {
    const files = [
      source('test/flow/a.test.ts', "import { b } from '../harness/b.ts';"),
      source('test/harness/b.ts', "import { testBrokers } from './sharedParts.ts';"),
      source('test/flow/c.real.test.ts', "import type { B } from '../harness/b.ts';"),
      source('test/flow/d.test.ts', "import { plainNode } from '../harness/plainNode.ts';"),
      source('test/harness/plainNode.ts', "import { execFile } from 'node:child_process';"),
      source('test/flow/e.test.ts', "import { spawn } from 'node:child_process';"),
      source('test/flow/f.real.test.ts', "import { b } from '../harness/b.ts';"),
    ];
    expect(misnamedTests(files)).toEqual([
      'test/flow/a.test.ts → test/harness/b.ts → test/harness/sharedParts.ts: name it *.real.test.ts',
      'test/flow/c.real.test.ts reaches no real part: name it *.test.ts',
      'test/flow/e.test.ts → node:child_process: name it *.real.test.ts',
    ]);
  });
});
