import { expect, test } from 'vitest';
import { SEND_LIST } from '../../src/console/text/sendList.ts';

test('one row is not rows', () => {
  expect(SEND_LIST.nb.sendReady('1', '2')).toMatch(/^1 rad nå\. /);
  expect(SEND_LIST.nn.sendReady('1', '2')).toMatch(/^1 rad no\. /);
  expect(SEND_LIST.nb.sendReady('41', '2')).toMatch(/^41 rader nå\. /);
});
