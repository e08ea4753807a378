/** Why a TLS connection was not made. */
export type TlsFault =
  /** The server's certificate is of a CA that is not trusted. */
  | 'CA_UNKNOWN'
  /** The server's certificate has expired, or is not valid yet. */
  | 'CERTIFICATE_EXPIRED'
  /** The server's certificate is for another name. */
  | 'HOST_NAME'
  /** The server demands a client certificate. */
  | 'CLIENT_CERTIFICATE_MISSING'
  /** The server does not accept the client certificate. */
  | 'CLIENT_CERTIFICATE_REFUSED'
  /** What answers does not speak TLS. */
  | 'NO_TLS'
  /** No version or cipher in common. */
  | 'TLS_VERSION';

const PATTERNS: readonly (readonly [RegExp, TlsFault])[] = [
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, 'CERTIFICATE_EXPIRED'],
  [/^ERR_TLS_CERT_ALTNAME/, 'HOST_NAME'],
  [/^(UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_|INVALID_CA|PATH_LENGTH|INVALID_PURPOSE)/, 'CA_UNKNOWN'],
  [
    // Java and OpenSSL differ in how they say that none was sent.
    /ALERT_(BAD_CERTIFICATE|NO_CERTIFICATE|CERTIFICATE_REQUIRED)$/,
    'CLIENT_CERTIFICATE_MISSING',
  ],
  [/ALERT_(CERTIFICATE_\w+|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/, 'CLIENT_CERTIFICATE_REFUSED'],
  [/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL/, 'NO_TLS'],
  [/ALERT_(PROTOCOL_VERSION|HANDSHAKE_FAILURE)|UNSUPPORTED_PROTOCOL|NO_SHARED/, 'TLS_VERSION'],
];

/** @param code of the error, as Node and OpenSSL give it */
export function tlsFault(code: string): TlsFault | undefined {
  return PATTERNS.find(([pattern]) => pattern.test(code))?.[1];
}

/**
 * A sentence in bokmål with the cure.
 * @param at `server` with its address, the variables' `prefix` (KAFKA or DATABASE), and the `list` that must name the
 * host as the certificate does
 */
export function tlsFaultText(fault: TlsFault, at: { server: string; prefix: string; list: string }): string {
  const { server, prefix, list } = at;
  switch (fault) {
    case 'CA_UNKNOWN':
      return `${server} har et sertifikat fra en CA som broen ikke stoler på: legg CA-en som har utstedt det, i ${prefix}_CA_FILE.`;
    case 'CERTIFICATE_EXPIRED':
      return `${server} har et sertifikat som er utløpt eller ikke gjelder ennå: be den som drifter tjenesten, om å fornye det, og sjekk klokken på denne maskinen.`;
    case 'HOST_NAME':
      return `${server} har et sertifikat for et annet vertsnavn: skriv navnet som står i sertifikatet, i ${list}, eller få det utstedt for dette navnet.`;
    case 'CLIENT_CERTIFICATE_MISSING':
      return `${server} krever et klientsertifikat: sett ${prefix}_CERT_FILE og ${prefix}_KEY_FILE til et som er utstedt for broen.`;
    case 'CLIENT_CERTIFICATE_REFUSED':
      return `${server} godtar ikke klientsertifikatet: sjekk at det i ${prefix}_CERT_FILE ikke er utløpt, og at det er utstedt av en CA tjenesten stoler på.`;
    case 'NO_TLS':
      return `${server} svarer ikke med TLS, som broen alltid bruker til andre maskiner: bruk porten som har TLS, i ${list}, eller slå på TLS der.`;
    case 'TLS_VERSION':
      return `${server} og broen har ingen TLS-versjon felles: slå på TLS 1.2 eller 1.3 der.`;
  }
}
