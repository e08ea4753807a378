import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { loadSecret } from './secret.ts';
import type { SecretSource } from './secretSource.ts';
import type { TlsConfig } from './transport.ts';

// Credentials that are renewed while the program runs. Kubernetes, cert-manager and nais replace a file by moving a
// symlink: it is read when it is needed, not watched. A renewal that cannot be read is reported, and the last readable
// credential is used meanwhile: the connections that are open must not be the last ones.

/** The first reading failed. The message is a sentence in bokmål. */
export class UnreadableSecret extends Error {
  override readonly name = 'UnreadableSecret';
}

/** @param report takes a sentence, once per change */
export function renewedSecret(
  source: SecretSource,
  variable: string,
  report: (sentence: string) => void,
): () => string {
  return renewed(() => {
    const read = loadSecret(source, variable);
    if (!read.ok) throw new UnreadableSecret(read.message);
    return { key: read.value, make: () => read.value };
  }, report);
}

/** @param prefix of the variables that name the files, e.g. `KAFKA` */
export function renewedTls(
  { ca, client }: TlsConfig,
  prefix: string,
  report: (sentence: string) => void,
): () => SecureContext {
  const text = (source: SecretSource, name: string) => {
    const read = loadSecret(source, `${prefix}_${name}`);
    if (!read.ok) throw new UnreadableSecret(read.message);
    return read.value;
  };
  return renewed(() => {
    const texts = {
      ...(ca && { ca: text(ca, 'CA_FILE') }),
      ...(client && { cert: text(client.certificate, 'CERT_FILE'), key: text(client.key, 'KEY_FILE') }),
    };
    return {
      key: JSON.stringify(texts),
      make() {
        if (texts.ca !== undefined) refuseUnreadable(texts.ca, `${prefix}_CA_FILE`);
        if (texts.cert !== undefined) refuseUnreadable(texts.cert, `${prefix}_CERT_FILE`);
        try {
          return createSecureContext(texts);
        } catch (cause) {
          throw new UnreadableSecret(
            `Klientsertifikatet og nøkkelen (${prefix}_CERT_FILE og ${prefix}_KEY_FILE) hører ikke sammen, eller nøkkelen er ikke PEM uten passord: legg inn et par som hører sammen.`,
            { cause },
          );
        }
      },
    };
  }, report);
}

/** A CA that Node cannot read would be left out without a word. */
function refuseUnreadable(pem: string, variable: string): void {
  try {
    new X509Certificate(pem);
  } catch (cause) {
    throw new UnreadableSecret(`${variable} er ikke et sertifikat i PEM (-----BEGIN CERTIFICATE-----).`, {
      cause,
    });
  }
}

/** Makes a value again when what it is made of has changed. */
function renewed<T>(read: () => { key: string; make: () => T }, report: (sentence: string) => void): () => T {
  let last: { key: string; value: T } | undefined;
  let reported: string | undefined;
  return () => {
    try {
      const { key, make } = read();
      if (last?.key !== key) last = { key, value: make() };
      reported = undefined;
      return last.value;
    } catch (error) {
      if (!(error instanceof UnreadableSecret) || last === undefined) throw error;
      if (reported !== error.message) report(error.message);
      reported = error.message;
      return last.value;
    }
  };
}
