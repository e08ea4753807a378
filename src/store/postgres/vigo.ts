import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { VigoRow } from '../../core/vigo/otFile.ts';
import type { VigoFileRow, VigoRecords } from '../vigoPort.ts';
import type { OrganisationIds } from './organisation.ts';
import { iso } from './pool.ts';
import type { Readers, Session } from './readers.ts';

/** Class of the advisory locks of organisations. */
const REPORTING = 7_067_014;

/** @param readers of a request, those of its scope @param writers lend connections that may write */
export function createPostgresVigo(orgs: OrganisationIds, readers: Readers, writers: Readers): VigoRecords {
  async function of<T>(
    org: OrgId,
    work: (session: Session, orgId: number) => Promise<T>,
    from: Readers = readers,
  ): Promise<T> {
    const orgId = await orgs.idOf(org);
    return from.use(org, (session) => work(session, orgId));
  }
  const within = <T>(org: OrgId, work: (session: Session, orgId: number) => Promise<T>): Promise<T> =>
    of(
      org,
      async (session, orgId) => {
        await session.query('begin');
        try {
          const result = await work(session, orgId);
          await session.query('commit');
          return result;
        } catch (error) {
          await session.query('rollback').catch(() => undefined);
          throw error;
        }
      },
      writers,
    );
  return {
    addVigoFile: (org, file, rows, after) =>
      within(org, async (session, orgId) => {
        // Who makes the next file waits, and then sees this one.
        await session.query('select pg_advisory_xact_lock($1, $2)', [REPORTING, orgId]);
        const { rowCount } = await session.query(
          `insert into vigo_file (id, org_id, version, made, made_by, content_hash, rows)
           select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from vigo_file where org_id = $2) = $8`,
          [file.id, orgId, file.version, file.made, file.by, file.hash, rows.length, after],
        );
        if (rowCount === 0) return false;
        await session.query(
          `insert into vigo_row (file, seq, ref, content)
           select $1, r.seq, r.ref, r.content from unnest($2::int[], $3::uuid[], $4::jsonb[]) r (seq, ref, content)`,
          [
            file.id,
            rows.map(({ rad }) => rad),
            rows.map(({ ref }) => ref),
            rows.map(({ ref: _ref, ...content }) => JSON.stringify(content)),
          ],
        );
        return true;
      }),
    lastReported: (org) =>
      of(org, async (session, orgId) => {
        // Counted first: a file made in between is not among them, and the next one is refused.
        const { rows: counted } = await session.query<{ files: number }>(
          'select count(*)::int as files from vigo_file where org_id = $1',
          [orgId],
        );
        const { rows } = await session.query<{ ref: PersonRef; content: VigoRow; state: string }>(
          `select distinct on (r.ref) r.ref, r.content, r.state from vigo_row r join vigo_file f on f.id = r.file
           where f.org_id = $1 order by r.ref, f.made desc, f.id desc, r.seq desc`,
          [orgId],
        );
        const last = new Map(
          rows.flatMap(({ ref, content, state }) => (state === 'refused' ? [] : [[ref, content] as const])),
        );
        return { files: counted[0]?.files ?? 0, last };
      }),
    vigoFiles: (org, limit) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query(
          `select f.id, f.version, ${iso('f.made')} as made, f.made_by as by, f.rows,
             count(*) filter (where r.state = 'accepted')::int as accepted,
             count(*) filter (where r.state = 'refused')::int as refused,
             count(*) filter (where r.state = 'waiting')::int as waiting
           from vigo_file f left join vigo_row r on r.file = f.id
           where f.org_id = $1 group by f.id order by f.made desc, f.id desc limit $2`,
          [orgId, limit],
        );
        return rows;
      }),
    vigoFile: (org, file) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ hash: Buffer }>(
          'select content_hash as hash from vigo_file where org_id = $1 and id = $2',
          [orgId, file],
        );
        const [found] = rows;
        return found && { ...found, rows: await rowsOf(session, orgId, file) };
      }),
    openVigoRows: (org, waitingSince, limit) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query(
          `select r.file, r.ref, r.content, r.state, r.code, ${iso('f.made')} as made
           from vigo_row r join vigo_file f on f.id = r.file
           where f.org_id = $1 and (r.state = 'refused' or r.state = 'waiting' and f.made < $2) and not exists (
             select from vigo_row later join vigo_file l on l.id = later.file
             where later.ref = r.ref and l.org_id = $1 and (l.made, l.id) > (f.made, f.id)
           )
           order by f.made, r.file, r.seq limit $3`,
          [orgId, waitingSince, limit],
        );
        return rows.map(({ content, ...row }) => ({ ...content, ...row }));
      }),
    answerVigo: (org, { hash, at, by, answers }) =>
      within(org, async (session, orgId) => {
        const refused = answers.filter(({ accepted }) => !accepted).length;
        const { rowCount } = await session.query(
          `insert into vigo_receipt (org_id, content_hash, received, received_by, accepted, refused)
           values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
          [orgId, hash, at, by, answers.length - refused, refused],
        );
        if (rowCount === 0) return 'known';
        const { rowCount: met } = await session.query(
          `update vigo_row r set state = a.state, code = a.code, answered = $5
           from unnest($2::uuid[], $3::int[], $4::text[], $6::text[]) a (file, seq, state, code), vigo_file f
           where r.file = a.file and r.seq = a.seq and f.id = r.file and f.org_id = $1`,
          [
            orgId,
            answers.map(({ file }) => file),
            answers.map(({ rad }) => rad),
            answers.map(({ accepted }) => (accepted ? 'accepted' : 'refused')),
            at,
            answers.map(({ code }) => code),
          ],
        );
        const named = new Set(answers.map(({ file, rad }) => `${file}/${rad}`)).size;
        if (met === named && named === answers.length) return 'stored';
        throw new UnknownRow();
      }).catch((error: unknown) => {
        if (error instanceof UnknownRow) return 'unknown' as const;
        throw error;
      }),
    withdrawVigo: (org, file, at, code) =>
      within(org, async (session, orgId) => {
        const { rowCount: known } = await session.query(
          'select from vigo_file where org_id = $1 and id = $2',
          [orgId, file],
        );
        if (known === 0) return undefined;
        const { rowCount } = await session.query(
          `update vigo_row set state = 'refused', code = $2, answered = $3 where file = $1 and state = 'waiting'`,
          [file, code, at],
        );
        return rowCount ?? 0;
      }),
    unpublishedVigo: (org) =>
      of(org, async (session, orgId) => {
        const { rows } = await session.query<{ id: string; made: string }>(
          `select id, ${iso('made')} as made from vigo_file where org_id = $1 and not published order by made, id limit 1`,
          [orgId],
        );
        const [file] = rows;
        return file && { ...file, rows: await rowsOf(session, orgId, file.id) };
      }),
    publishedVigo: (org, file) =>
      within(org, async (session, orgId) => {
        await session.query('update vigo_file set published = true where org_id = $1 and id = $2', [
          orgId,
          file,
        ]);
      }),
  };
}

/** Rolls the receipt back. */
class UnknownRow extends Error {
  override readonly name = 'UnknownRow';
}

async function rowsOf(session: Session, orgId: number, file: string): Promise<VigoFileRow[]> {
  const { rows } = await session.query<{ ref: PersonRef; content: VigoRow }>(
    `select r.ref, r.content from vigo_row r join vigo_file f on f.id = r.file
     where f.org_id = $1 and f.id = $2 order by r.seq`,
    [orgId, file],
  );
  return rows.map(({ ref, content }) => ({ ...content, ref }));
}
