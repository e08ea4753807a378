import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { readContractFlags, resultLines } from '../../../src/cli/contract/contract.ts';
import { junit, xml } from '../../../src/cli/contract/junit.ts';
import { CASE_NAMES } from '../../../src/cli/contract/runContract.ts';

const SECRET = randomBytes(32);

test('there are at least 24 cases, each with a name of its own', () => {
  expect(CASE_NAMES.length).toBeGreaterThanOrEqual(24);
  expect(new Set(CASE_NAMES).size).toBe(CASE_NAMES.length);
});

test('JUnit XML counts what it holds, and nothing in it is markup by accident', () => {
  const result = { name: 'a', sent: 'En «kropp» <b> & "c"\u0000\uD800', right: 'x', came: 'y\n', ms: 1_500 };
  const written = junit(
    [
      { ...result, outcome: 'failed' },
      { ...result, outcome: 'excepted' },
      { ...result, outcome: 'passed' },
    ],
    'http://127.0.0.1/?a=1&b="2"',
  );
  expect(written).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites tests="3" failures="1" errors="0" skipped="1" time="4.500">',
      '  <testsuite name="ot kontrakt http://127.0.0.1/?a=1&amp;b=&quot;2&quot;" tests="3" failures="1" errors="0" skipped="1" time="4.500">',
      '    <testcase classname="kontrakt" name="a" time="1.500">',
      '      <failure message="Sendt: En «kropp» &lt;b&gt; &amp; &quot;c&quot;\uFFFD\uFFFD Riktig: x Kom: y&#10;"/>',
      '    </testcase>',
      '    <testcase classname="kontrakt" name="a" time="1.500">',
      '      <skipped message="Sendt: En «kropp» &lt;b&gt; &amp; &quot;c&quot;\uFFFD\uFFFD Riktig: x Kom: y&#10;"/>',
      '    </testcase>',
      '    <testcase classname="kontrakt" name="a" time="1.500"/>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'),
  );
  expect(xml('\u{1F642}\u001b[31m')).toBe('\u{1F642}\uFFFD[31m');
});

test('a case that failed says what was sent, what is right and what came', () => {
  const lines = resultLines({
    name: 'v1-alene',
    sent: 'Et varsel.',
    right: 'Svar 2xx.',
    came: 'HTTP 500.',
    outcome: 'failed',
    ms: 3,
  });
  expect(lines.split('\n').map((line) => line.trim())).toEqual([
    expect.stringMatching(/^FEIL +v1-alene +HTTP 500\.$/),
    'Sendt:  Et varsel.',
    'Riktig: Svar 2xx.',
  ]);
});

test('what is given wrongly is refused with the cure, and the secret is not repeated', async () => {
  const secret = `whsec_${SECRET.toString('base64')}`;
  const refusal = (...args: string[]) =>
    readContractFlags(args).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
  expect(await refusal('http://127.0.0.1:9000', '--hemmelighet', secret)).toBe('accepted');
  expect(await refusal('127.0.0.1:9000', '--hemmelighet', secret)).toContain('Oppgi én adresse');
  expect(await refusal('http://127.0.0.1:9000')).toContain('openssl rand');
  expect(await refusal('http://127.0.0.1:9000', '--hemmelig', secret)).toContain('Bruk:');
  expect(await refusal('http://127.0.0.1:9000', '--hemmelighet', `${secret}!`)).not.toContain(secret);
  expect(await refusal('http://127.0.0.1:9000', '--hemmelighet', `${secret}!`)).toContain(
    'ikke en hemmelighet',
  );
  expect(
    await refusal('http://127.0.0.1:9000', '--hemmelighet', secret, '--unntak', 'finnes-ikke'),
  ).toContain('Unntaket «finnes-ikke»');
  expect(await refusal('http://127.0.0.1:9000', '--hemmelighet-fil', '/finnes/ikke')).toContain('ENOENT');
  expect(await refusal('http://127.0.0.1:9000', '--hemmelighet', secret, '--port', '99999')).toContain(
    '--port',
  );
});
