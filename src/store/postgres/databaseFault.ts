import { type TlsFault, tlsFault, tlsFaultText } from '../../core/tlsFault.ts';

/** Why the database was not let in to, when waiting does not help. */
export type DatabaseFault = TlsFault | 'LOGIN' | 'NO_DATABASE' | 'NO_RIGHT' | 'REJECTED';

/** Error classes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const STATES: Readonly<Record<string, DatabaseFault>> = {
  '28P01': 'LOGIN',
  // Of pg_hba.conf: no line lets this user, host and kind of connection in.
  '28000': 'REJECTED',
  '3D000': 'NO_DATABASE',
  '42501': 'NO_RIGHT',
};

/** @param error thrown by the database client, also as the cause of another */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    const code: unknown = 'code' in each ? each.code : undefined;
    // The driver's own words, which have no code.
    if (code === undefined && each.message === 'The server does not support SSL connections') return 'NO_TLS';
    if (each.message.includes('before secure TLS connection was established')) return 'NO_TLS';
    if (typeof code !== 'string') continue;
    const fault = STATES[code] ?? tlsFault(code);
    if (fault === 'REJECTED' && /valid client certificate/.test(each.message))
      return 'CLIENT_CERTIFICATE_MISSING';
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** A sentence in bokmål with the cure. @param at host and port, never a password */
export function databaseFaultText(fault: DatabaseFault, at: string): string {
  const server = `Databasen på ${at}`;
  switch (fault) {
    case 'LOGIN':
      return `${server} godtar ikke brukernavnet eller passordet i DATABASE_URL (eller DATABASE_PASSWORD_FILE).`;
    case 'REJECTED':
      return `${server} slipper ikke inn brukeren i DATABASE_URL på denne måten: sjekk brukernavnet og linjene i pg_hba.conf, og at DATABASE_URL har sslmode=verify-full om de krever TLS.`;
    case 'NO_DATABASE':
      return `Databasen som DATABASE_URL nevner, finnes ikke på ${at}. Opprett den først.`;
    case 'NO_RIGHT':
      return `Brukeren i DATABASE_URL mangler rett til å opprette tabeller på ${at}.`;
    default:
      return tlsFaultText(fault, { server, prefix: 'DATABASE', list: 'DATABASE_URL' });
  }
}
