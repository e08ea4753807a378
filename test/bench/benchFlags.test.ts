import { describe, expect, test } from 'vitest';
import { readAgainst, readFlags } from './benchFlags.ts';
import { startFlags } from './startFlags.ts';
import { median, turns } from './turns.ts';

describe('what a bench is asked for', () => {
  test('without flags the whole pipeline is measured', () => {
    expect(readFlags([])).toEqual({ task: 'pipeline' });
  });

  test('another build is named by folder or commit', () => {
    expect(readFlags(['--against', '../other', '--heap'])).toEqual({
      ...{ task: 'against', build: '../other', heap: true, own: false },
    });
    expect(readAgainst(['--against', '0ede818'])).toBe('0ede818');
    expect(readAgainst([])).toBeUndefined();
  });

  test('peers are measured cold, and warm where that is asked for', () => {
    expect(readFlags(['--peers'])).toEqual({ task: 'peers', warm: false });
    expect(readFlags(['--peers', '--warm'])).toEqual({ task: 'peers', warm: true });
  });

  test.each([
    [['--peers', '--against', 'x']],
    [['--warm']],
    [['--heap']],
    [['--peers', '--own']],
    [['--against']],
    [['--agianst', 'x']],
  ])('%j is refused', (argv) => {
    expect(() => readFlags(argv)).toThrow();
  });
});

describe('a build runs as its own start script runs it', () => {
  test.each([
    [
      'node src/config/requireNode.mjs && node --max-semi-space-size=16 src/main.ts',
      ['--max-semi-space-size=16'],
    ],
    ['node scripts/require-node.mjs && node src/main.ts', []],
    [
      'node --max-old-space-size=400 --no-warnings src/main.ts',
      ['--max-old-space-size=400', '--no-warnings'],
    ],
  ])('%s', (script, flags) => {
    expect(startFlags(script)).toEqual(flags);
  });

  test('a script that starts another program is refused', () => {
    expect(() => startFlags('deno run src/main.ts')).toThrow(/start script/);
  });
});

describe('turns', () => {
  test('each runs as early as the other', () => {
    expect(turns(['a', 'b'], 1).join('')).toBe('abba');
    expect(turns(['a', 'b', 'c'], 2).join('')).toBe('abccbaabccba');
    expect(turns(['a', 'b', 'c'], 0.5).join('')).toBe('abc');
  });

  test('the median of an even number is the mean of the middle two', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([9, 1, 3])).toBe(3);
    expect(median([])).toBeNaN();
  });
});
