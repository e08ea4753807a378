import { describe, expect, test } from 'vitest';
import { type TlsFault, tlsFault, tlsFaultText } from '../../src/core/tlsFault.ts';

/** Codes as Node and OpenSSL give them, and what each sentence must name as its cure. */
const KNOWN: readonly [string, TlsFault, RegExp][] = [
  ['CERT_HAS_EXPIRED', 'CERTIFICATE_EXPIRED', /fornye det/],
  ['CERT_NOT_YET_VALID', 'CERTIFICATE_EXPIRED', /klokken/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'HOST_NAME', /KAFKA_BROKERS/],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CA_UNKNOWN', /KAFKA_CA_FILE/],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'CA_UNKNOWN', /KAFKA_CA_FILE/],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'CLIENT_CERTIFICATE_MISSING', /KAFKA_CERT_FILE/],
  ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', 'CLIENT_CERTIFICATE_REFUSED', /KAFKA_CERT_FILE/],
  ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'CLIENT_CERTIFICATE_REFUSED', /utstedt av en CA/],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'NO_TLS', /KAFKA_BROKERS/],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'TLS_VERSION', /TLS 1\.2 eller 1\.3/],
];

describe('a TLS connection that is not made', () => {
  test.each(KNOWN)('for %s is %s, and its sentence names the cure', (code, fault, cure) => {
    expect(tlsFault(code)).toBe(fault);
    const text = tlsFaultText(fault, { server: 'kafka-1:9093', prefix: 'KAFKA', list: 'KAFKA_BROKERS' });
    expect(text).toMatch(/^kafka-1:9093 .*\.$/);
    expect(text).toMatch(cure);
  });

  test.each(['ECONNREFUSED', 'ERR_SSL_SOMETHING_NEW', ''])(
    'for %s is no fault of TLS that is known',
    (code) => {
      expect(tlsFault(code)).toBeUndefined();
    },
  );
});
