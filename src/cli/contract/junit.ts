import type { Result } from './result.ts';

/** The results as JUnit XML: a failure is a `failure`, an exception that was asked for a `skipped`. */
export function junit(results: readonly Result[], url: string): string {
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const seconds = (ms: number) => (ms / 1_000).toFixed(3);
  const total = seconds(results.reduce((sum, { ms }) => sum + ms, 0));
  const totals = `tests="${results.length}" failures="${count('failed')}" errors="0" skipped="${count('excepted')}" time="${total}"`;
  const cases = results.map(({ name, ms, outcome, sent, right, came }) => {
    const head = `    <testcase classname="kontrakt" name="${xml(name)}" time="${seconds(ms)}"`;
    if (outcome === 'passed') return `${head}/>`;
    const said = xml(`Sendt: ${sent} Riktig: ${right} Kom: ${came}`);
    return outcome === 'excepted'
      ? `${head}>\n      <skipped message="${said}"/>\n    </testcase>`
      : `${head}>\n      <failure message="${said}"/>\n    </testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${totals}>`,
    `  <testsuite name="${xml(`ot kontrakt ${url}`)}" ${totals}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Characters that XML 1.0 cannot hold, lone surrogates among them, become U+FFFD. */
export function xml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character] ?? character);
}
