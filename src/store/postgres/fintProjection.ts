import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { FintProjection, FintTurn } from '../fintPort.ts';
import { type EntryRow, entryOf } from './fintReading.ts';
import { projectRound } from './fintRound.ts';
import type { OrganisationIds } from './organisation.ts';
import type { Readers, Session } from './readers.ts';

/** @param readers lend connections that may write */
export function createPostgresFintProjection(orgs: OrganisationIds, readers: Readers): FintProjection {
  async function within<T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>): Promise<T> {
    const orgId = await orgs.idOf(org);
    return readers.use(org, async (session) => {
      await session.query('begin');
      try {
        const result = await work(session, orgId);
        await session.query('commit');
        return result;
      } catch (error) {
        await session.query('rollback').catch(() => undefined);
        throw error;
      }
    });
  }
  /** With the organisation's row locked; undefined when the turn is another's. */
  async function holding<T>(
    turn: FintTurn,
    work: (session: Session, orgId: number) => Promise<T>,
  ): Promise<T | undefined> {
    return within(turn.org, async (session, orgId) => {
      const { rows } = await session.query(
        'select from fint_projection where org_id = $1 and epoch = $2 for update',
        [orgId, turn.epoch],
      );
      return rows.length === 0 ? undefined : work(session, orgId);
    });
  }
  return {
    projectFint: (org, round) => within(org, (session, orgId) => projectRound(session, orgId, round)),
    claimFint: (org, holder, leaseMs) =>
      within(org, (session, orgId) => claim(session, orgId, { org, holder, leaseMs })),
    async renewFint(turn, leaseMs) {
      const renewed = await holding(turn, async (session, orgId) => {
        await session.query(
          `update fint_projection set leased_until = clock_timestamp() + $2 * interval '1 ms' where org_id = $1`,
          [orgId, leaseMs],
        );
        return true;
      });
      return renewed ?? false;
    },
    async raiseFintFence(turn, by) {
      const raised = await holding(turn, async (session, orgId) => {
        const { rows } = await session.query<{ fence: number }>(
          'update fint_projection set fence = fence + $2 where org_id = $1 returning fence',
          [orgId, by],
        );
        return rows[0]?.fence;
      });
      return raised ?? null;
    },
    unsentFint: (turn, limit) =>
      within(turn.org, async (session, orgId) => {
        const { rows } = await session.query<EntryRow & { status: string | null }>(
          `select ref, status, unit, modified from fint_youth
           where org_id = $1 and sent < modified and (full_id is null or status is null) order by modified, ref limit $2`,
          [orgId, limit],
        );
        return rows.map(({ ref, status, unit, modified }) => ({
          ref,
          standing: status === null ? null : { status, unit },
          modified: Number(modified),
        }));
      }),
    async sentFint(turn, sent) {
      const stored = await holding(turn, (session, orgId) => markSent(session, orgId, sent));
      return stored !== undefined;
    },
    async wantFullFint(org) {
      await within(org, (session, orgId) =>
        session.query(
          `insert into fint_projection (org_id, full_wanted) values ($1, true)
           on conflict (org_id) do update set full_wanted = true`,
          [orgId],
        ),
      );
    },
    beginFullFint: (turn, begin) => holding(turn, (session, orgId) => beginFull(session, orgId, begin)),
    unsentFullFint: (turn, limit) =>
      within(turn.org, async (session, orgId) => {
        const { rows } = await session.query<EntryRow>(
          `select ref, status, unit, modified from fint_youth
           where org_id = $1 and full_id is not null and status is not null order by ref limit $2`,
          [orgId, limit],
        );
        return rows.map(entryOf);
      }),
    async sentFullFint(turn, sent) {
      const found = await holding(turn, async (session, orgId) => {
        await markSent(session, orgId, sent);
        await session.query(
          'update fint_youth set full_id = null where org_id = $1 and ref = any ($2::uuid[])',
          [orgId, sent.map(({ ref }) => ref)],
        );
        return endFull(session, orgId);
      });
      return found ?? 'lost';
    },
  };
}

async function claim(
  session: Session,
  orgId: number,
  { org, holder, leaseMs }: { org: OrgId; holder: string; leaseMs: number },
): Promise<FintTurn | undefined> {
  await session.query('insert into fint_projection (org_id) values ($1) on conflict do nothing', [orgId]);
  const { rows } = await session.query<{ epoch: number; producer_id: string; fence: number }>(
    // A full sync of the holder before: how far it came is not known, and a receiver counts its rows.
    `update fint_projection set epoch = epoch + 1, fence = fence + 1, holder = $2,
       leased_until = clock_timestamp() + $3 * interval '1 ms', full_wanted = full_wanted or full_id is not null,
       full_id = null
     where org_id = $1 and (holder = $2 or leased_until < clock_timestamp())
     returning epoch, producer_id, fence`,
    [orgId, holder, leaseMs],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return { org, epoch: row.epoch, producerId: BigInt(row.producer_id), fence: row.fence };
}

async function markSent(
  session: Session,
  orgId: number,
  sent: readonly { ref: PersonRef; modified: number }[],
): Promise<true> {
  await session.query(
    `update fint_youth y set sent = greatest(y.sent, s.modified)
     from unnest($2::uuid[], $3::bigint[]) s (ref, modified) where y.org_id = $1 and y.ref = s.ref`,
    [orgId, sent.map(({ ref }) => ref), sent.map(({ modified }) => modified)],
  );
  return true;
}

async function beginFull(
  session: Session,
  orgId: number,
  { id, now, dueBefore }: { id: string; now: number; dueBefore: number | null },
): Promise<{ id: string; total: number } | undefined> {
  const { rowCount } = await session.query(
    `update fint_projection set full_id = $2, full_wanted = false, full_began = $3
     where org_id = $1 and full_id is null and (full_wanted or full_began < $4)`,
    [orgId, id, now, dueBefore],
  );
  if (rowCount === 0) return undefined;
  // A youth that has left is sent by itself.
  await session.query('update fint_youth set full_id = null where org_id = $1 and full_id is not null', [
    orgId,
  ]);
  const { rowCount: total } = await session.query(
    `update fint_youth set full_id = $2, modified = greatest($3, modified + 1)
     where org_id = $1 and status is not null`,
    [orgId, id, now],
  );
  if ((total ?? 0) > 0) return { id, total: total ?? 0 };
  await session.query('update fint_projection set full_id = null where org_id = $1', [orgId]);
  return undefined;
}

async function endFull(session: Session, orgId: number): Promise<'goes-on' | 'complete' | 'broken'> {
  const { rows } = await session.query<{ left: boolean | null; waits: boolean | null }>(
    `select bool_or(status is null) as left, bool_or(status is not null) as waits
     from fint_youth where org_id = $1 and full_id is not null`,
    [orgId],
  );
  const broken = rows[0]?.left === true;
  if (!broken && rows[0]?.waits === true) return 'goes-on';
  await session.query(
    'update fint_projection set full_id = null, full_wanted = full_wanted or $2 where org_id = $1',
    [orgId, broken],
  );
  return broken ? 'broken' : 'complete';
}
