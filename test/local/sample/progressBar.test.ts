import { describe, expect, test } from 'vitest';
import { createProgressPrinter } from '../../../src/local/sample/progressBar.ts';

const HALF = { sent: 6_921, total: 13_842, now: '2020-09-20T22:00:00.000Z' };
const ALL = { sent: 13_842, total: 13_842, now: '2021-06-15T10:00:00.000Z' };

describe('progress of the sample', () => {
  test('a terminal shows one line that is drawn again, with Oslo’s date', () => {
    const { printer, written } = print({ terminal: true, colour: true });
    printer.show(HALF);
    printer.show(ALL);
    printer.end();
    expect(written()).toContain('21.09.2020  6\u00a0921 av 13\u00a0842 meldinger');
    expect(written().split('\n').length).toBe(2);
    expect(written()).toContain('\u001b[32m');
  });

  test('NO_COLOR leaves out the colour, not the bar', () => {
    const { printer, written } = print({ terminal: true, colour: false });
    printer.show(HALF);
    expect(written()).toContain(`${'█'.repeat(14)}${'░'.repeat(14)}`);
    expect(written()).not.toContain('\u001b[32m');
  });

  test('a file gets at most a plain line for each tenth', () => {
    const { printer, written } = print({ terminal: false, colour: true });
    for (let sent = 0; sent <= 1_000; sent += 1) printer.show({ ...ALL, sent, total: 1_000 });
    printer.end();
    expect(written().trimEnd().split('\n').length).toBe(11);
    for (const control of ['\u001b', '\r']) expect(written()).not.toContain(control);
  });
});

function print(parts: { terminal: boolean; colour: boolean }) {
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  const printer = createProgressPrinter({ ...parts, write });
  return { printer, written: () => text };
}
