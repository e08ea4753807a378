import { expect, test } from 'vitest';
import { createTrustedProxies } from '../../src/api/trustedProxies.ts';

const trusts = createTrustedProxies(['10.1.0.0/16', '192.168.4.7', 'fd00::/8', '::1']);

test.each(['10.1.0.1', '10.1.255.255', '192.168.4.7', 'fd12::5', '::1', '::ffff:10.1.2.3'])(
  '%s is a trusted proxy',
  (address) => {
    expect(trusts(address)).toBe(true);
  },
);

test.each([
  '10.2.0.1',
  '192.168.4.8',
  'fe80::1',
  '127.0.0.1',
  '::ffff:10.2.0.1',
  '::2',
  'proxy.no',
  '',
  null,
])('%s is not', (address) => {
  expect(trusts(address)).toBe(false);
});

test('without configuration none is', () => {
  expect(createTrustedProxies([])('127.0.0.1')).toBe(false);
});
