import { describe, expect, test } from 'vitest';
import { isPublicAddress, judgeUrl } from '../../src/relay/address.ts';
import { createConnect } from '../../src/relay/connect.ts';

const RULES = { ports: [443], loopback: false };

/** Each leads, or could be made to lead, somewhere a receiver is not. */
const HOSTILE_URLS = [
  ...[
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'gopher://example.org/',
    'javascript:1',
  ],
  ...[
    'https://',
    'https://?',
    '//example.org',
    'example.org',
    'https:///x',
    ' ',
    '',
    'https://exa mple.org/',
  ],
  ...[
    'https://user@example.no/',
    'https://user:pass@example.no/',
    'https://example.no:8443/',
    'https://example.no:22/',
  ],
  ...['https://example.no:80/', 'https://example.no/#part', 'https://example.no/#'],
  ...[
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://0x7f000001/',
    'https://2130706433/',
  ],
  ...['https://0177.0.0.1/', 'https://0/', 'https://0.0.0.0/', 'https://10.0.0.1/', 'https://172.16.0.1/'],
  ...['https://192.168.1.1/', 'https://169.254.169.254/', 'https://100.64.0.1/', 'https://8.8.8.8/'],
  ...['https://[::1]/', 'https://[::]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/'],
  ...['https://[64:ff9b::7f00:1]/', 'https://[2002:7f00:1::]/', 'https://[fd00::1]/', 'https://[fe80::1]/'],
  ...['https://[2606:4700:4700::1111]/', 'https://localhost/', 'https://localhost./', 'https://LOCALHOST/'],
  ...[
    'https://a.localhost/',
    'https://a.localhost./',
    'https://intranet/',
    'https://db/',
    'https://kafka:443/',
  ],
  ...[
    'https://printer.local/',
    'https://vault.internal/',
    'https://metadata.google.internal/',
    'https://x.lan/',
  ],
  ...[
    'https://router.home.arpa/',
    'https://x.corp/',
    'https://x.home/',
    'https://x.test/',
    'https://x.invalid/',
  ],
  ...[
    'https://x.onion/',
    'https://x.alt/',
    'https://x.private/',
    'https://x.example/',
    'https://１２７.０.０.１/',
  ],
  ...['https://127。0。0。1/', 'https://⑫7.0.0.1/', `https://${'a'.repeat(2_000)}.no/`],
];

const FORBIDDEN = [
  ...[
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
  ],
  ...[
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.19.255.255',
  ],
  ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    '::7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '64:ff9b::a00:1',
    '64:ff9b:1::1',
    '100::1',
  ],
  ...['2001::1', '2001:db8::1', '2002:a00:1::', '3fff::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1'],
  ...['fe80::1%eth0', 'fec0::1', 'ff02::1', 'not-an-address', ''],
];

describe('an address of a receiver', () => {
  test.each(HOSTILE_URLS)('is refused before anything connects: %s', async (text) => {
    expect(typeof judgeUrl(text, RULES)).toBe('string');
    if (!URL.canParse(text)) return;
    const asked: string[] = [];
    const connect = createConnect({
      ...RULES,
      async lookUp(host) {
        asked.push(host);
        return ['127.0.0.1'];
      },
    });
    await expect(connect(new URL(text), AbortSignal.timeout(5_000))).rejects.toMatchObject({
      outcome: 'forbidden-address',
    });
    expect(asked).toEqual([]);
  });

  test('enough of them are tried', () => {
    expect(HOSTILE_URLS.length + FORBIDDEN.length).toBeGreaterThanOrEqual(80);
  });

  test.each([
    'https://mottak.fylke.no/ot',
    'https://mottak.fylke.no:443/a?b=c',
    'https://blåbær.no/x',
    'https://a.b.no./',
  ])('may be %s', (text) => {
    expect(judgeUrl(text, RULES)).toBeInstanceOf(URL);
  });

  test('may be this machine, with http and any port, in an open installation alone', () => {
    for (const text of ['http://127.0.0.1:9000/', 'http://localhost:9000/x', 'http://[::1]:9000/']) {
      expect(judgeUrl(text, { ...RULES, loopback: true })).toBeInstanceOf(URL);
      expect(typeof judgeUrl(text, RULES)).toBe('string');
    }
    expect(judgeUrl('http://10.0.0.1/', { ...RULES, loopback: true })).toBe('NOT_HTTPS');
  });
});

describe('where a name leads', () => {
  test.each(FORBIDDEN)('is refused when it is %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '2606:4700:4700::1111',
    '2a02:2121::1',
    '::ffff:8.8.8.8',
  ])('may be %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});
