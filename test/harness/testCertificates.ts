import 'reflect-metadata'; // which the library demands before it is loaded
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

// Certificates made when a test runs, so that none in the repository can expire or be taken for a real one.

/** PEM texts, as a server or client reads them. */
export interface TestCertificate {
  certificate: string;
  /** PKCS #8, not encrypted. */
  key: string;
}

export interface TestAuthority {
  /** PEM of the authority's own certificate: what a client trusts. */
  ca: string;
  /**
   * Issues a certificate.
   * @param of `name` becomes `CN=name`; `hosts` are DNS names or IP addresses a server answers at; `expired` ended an
   * hour ago
   */
  issue(of: { name: string; hosts?: readonly string[]; expired?: boolean }): Promise<TestCertificate>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;

/** A certificate authority of its own. */
export async function createTestAuthority(name = 'Test-CA'): Promise<TestAuthority> {
  x509.cryptoProvider.set(webcrypto as Crypto);
  const keys = await keyPair();
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 48 * HOUR_MS),
    notAfter: new Date(Date.now() + 48 * HOUR_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    ca: own.toString('pem'),
    async issue({ name: subject, hosts = [], expired = false }) {
      const issued = await keyPair();
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serialNumber(),
        subject: `CN=${subject}`,
        issuer: own.subject,
        notBefore: new Date(Date.now() - 24 * HOUR_MS),
        notAfter: new Date(Date.now() + (expired ? -HOUR_MS : 24 * HOUR_MS)),
        signingAlgorithm: ALGORITHM,
        publicKey: issued.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([
            x509.ExtendedKeyUsage.serverAuth,
            x509.ExtendedKeyUsage.clientAuth,
          ]),
          ...(hosts.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(hosts.map(generalName))]),
        ],
      });
      return { certificate: certificate.toString('pem'), key: pemOf(issued.privateKey) };
    },
  };
}

/** A certificate that no authority vouches for. */
export async function selfSigned(name: string, hosts: readonly string[]): Promise<TestCertificate> {
  x509.cryptoProvider.set(webcrypto as Crypto);
  const keys = await keyPair();
  const own = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 24 * HOUR_MS),
    notAfter: new Date(Date.now() + 24 * HOUR_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension(hosts.map(generalName))],
  });
  return { certificate: own.toString('pem'), key: pemOf(keys.privateKey) };
}

function keyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function serialNumber(): string {
  return `01${randomBytes(8).toString('hex')}`;
}

function generalName(host: string): x509.JsonGeneralName {
  return /^[\d.]+$|:/.test(host) ? { type: 'ip', value: host } : { type: 'dns', value: host };
}

function pemOf(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}
