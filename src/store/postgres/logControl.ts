import type { LogControl } from '../../core/audit/logControl.ts';
import type { LogLine, LogOperations, LogUse } from '../logPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

interface UseRow extends LogUse {
  callers: number;
  all_lines: number;
  all_shown: number;
  all_identified: number;
  all_outside: number;
  all_refused: number;
  upto: string | null;
}

/** The control of the audit trail (0025_log_control.sql). */
export function postgresLogControls(
  session: Session,
  orgs: OrganisationIds,
  readers: Readers,
): LogOperations {
  return {
    async logUses(org, { from, until }, most) {
      const orgId = await orgs.idOf(org);
      const { rows } = await readers.use(org, (reading) =>
        reading.query<UseRow>(
          `select kind, who, capacity, lines, shown, identified, outside, refused, ${iso('last')} as last, callers,
             all_lines, all_shown, all_identified, all_outside, all_refused, upto from log_uses($1, $2, $3, $4)`,
          [orgId, from, until, most],
        ),
      );
      const [first] = rows;
      return {
        uses: rows.map(({ kind, who, capacity, lines, shown, identified, outside, refused, last }) => ({
          ...{ kind, who, capacity, lines, shown, identified, outside, refused, last },
        })),
        callers: first?.callers ?? 0,
        lines: first?.all_lines ?? 0,
        shown: first?.all_shown ?? 0,
        identified: first?.all_identified ?? 0,
        outside: first?.all_outside ?? 0,
        refused: first?.all_refused ?? 0,
        upto: Number(first?.upto ?? 0),
      };
    },
    async logLines(org, { from, until, part, before, limit }) {
      const orgId = await orgs.idOf(org);
      const { rows } = await readers.use(org, (reading) =>
        reading.query<Omit<LogLine, 'seq'> & { seq: string }>(
          `select seq, ${iso('at')} as at, kind, who, capacity, supplier, client, token, access, operation, purpose,
             item, outcome, times, trace, cardinality(subjects) as subjects
           from log_lines($1, $2, $3, $4, $5, $6) order by log_lines.seq desc`,
          [orgId, from, until, part, before, limit],
        ),
      );
      return rows.map(({ seq, ...row }) => ({ ...row, seq: Number(seq) }));
    },
    async firstLogged(org) {
      const orgId = await orgs.idOf(org);
      const { rows } = await readers.use(org, (reading) =>
        reading.query<{ at: string | null }>(`select ${iso('first_logged($1)')} as at`, [orgId]),
      );
      return rows[0]?.at ?? null;
    },
    async logControls(org, limit) {
      const orgId = await orgs.idOf(org);
      const { rows } = await readers.use(org, (reading) =>
        reading.query<Omit<LogControl, 'upto'> & { upto: string }>(
          `select week, ${iso('signed')} as signed, who as by, who_key as key, found, note, lines, upto
           from log_control where org_id = $1 order by week desc limit $2`,
          [orgId, limit],
        ),
      );
      return rows.map(({ upto, ...row }) => ({ ...row, upto: Number(upto) }));
    },
    async signLogControl(org, { week, signed, by, key, found, note, lines, upto }) {
      const { rowCount } = await session.query(
        `insert into log_control (org_id, week, signed, who, who_key, found, note, lines, upto)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
        [await orgs.idOf(org), week, signed, by, key, found, note, lines, upto],
      );
      return rowCount === 1;
    },
  };
}
