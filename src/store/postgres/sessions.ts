import type pg from 'pg';
import type { LoginAttempt, Sessions, StoredSession } from '../sessionsPort.ts';
import { iso } from './pool.ts';

export function createPostgresSessions(pool: pg.Pool): Sessions {
  return {
    async addAttempt({ hash, sealed, expires }) {
      await pool.query('insert into login_attempt (hash, sealed, expires) values ($1, $2, $3)', [
        hash,
        sealed,
        expires,
      ]);
    },
    async takeAttempt(hash) {
      const { rows } = await pool.query<LoginAttempt>(
        `delete from login_attempt where hash = $1 returning hash, sealed, ${iso('expires')} as expires`,
        [hash],
      );
      return rows[0];
    },
    async addSession(session) {
      await pool.query(
        `insert into session (hash, issuer, person, subject, sid, orgnrs, groups, acr, high, authenticated, created, seen, expires)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          session.hash,
          session.issuer,
          session.person,
          session.subject,
          session.sid,
          session.orgnrs,
          session.groups,
          session.acr,
          session.high,
          session.authenticated,
          session.created,
          session.seen,
          session.expires,
        ],
      );
    },
    async sessionOf(hash) {
      const { rows } = await pool.query<StoredSession>(
        `select hash, issuer, person, subject, sid, orgnrs, groups, acr, high,
           ${iso('authenticated')} as authenticated, ${iso('created')} as created, ${iso('seen')} as seen,
           ${iso('expires')} as expires
         from session where hash = $1`,
        [hash],
      );
      return rows[0];
    },
    async sessionSeen(hash, at) {
      await pool.query('update session set seen = $2 where hash = $1 and seen < $2', [hash, at]);
    },
    async removeSession(hash) {
      const { rowCount } = await pool.query('delete from session where hash = $1', [hash]);
      return rowCount === 1;
    },
    async removeSessions({ subject, sid }) {
      if (subject === undefined && sid === undefined) return 0;
      const { rowCount } = await pool.query(
        'delete from session where ($1::bytea is null or subject = $1) and ($2::bytea is null or sid = $2)',
        [subject ?? null, sid ?? null],
      );
      return rowCount ?? 0;
    },
    async noteLogoutToken(hash, expires) {
      const { rowCount } = await pool.query(
        'insert into logout_token (hash, expires) values ($1, $2) on conflict do nothing',
        [hash, expires],
      );
      return rowCount === 1;
    },
    async removeExpired(now, idleSince) {
      await pool.query('delete from login_attempt where expires <= $1', [now]);
      await pool.query('delete from logout_token where expires <= $1', [now]);
      const { rowCount } = await pool.query('delete from session where expires <= $1 or seen <= $2', [
        now,
        idleSince,
      ]);
      return rowCount ?? 0;
    },
  };
}
