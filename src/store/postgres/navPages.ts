import type { PersonRef } from '../../core/person/reference.ts';
import { uuidArray } from '../binaryArray.ts';
import type { NavJudgedRow, NavRecords } from '../navPort.ts';
import type { LoadedYouth } from '../port.ts';
import { lockAgreements } from './agreementLock.ts';
import { loaded, YOUTH, type YouthRow } from './find.ts';
import { withdraw } from './navWithdrawals.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

// The two that judge youths: each row is locked until the transaction ends, so that no withdrawal is committed between the
// judgement and what rests on it.

const YOUTH_AND_PARKED = `${YOUTH},
  exists (select from parked p where p.org_id = y.org_id and p.ref = y.ref and not p.released) as parked`;

export async function extractPage(
  session: Session,
  orgId: number,
  { batch, limit, judge }: { batch: string; limit: number; judge: Parameters<NavRecords['extractPage']>[3] },
): Promise<number | null> {
  const { rows: open } = await session.query<{ upto: string }>(
    `select scanned_upto as upto from nav_batch
     where org_id = $1 and id = $2 and finished is null for update skip locked`,
    [orgId, batch],
  );
  const [at] = open;
  if (at === undefined) return null;
  // Revoked since the job looked: it takes the list away in its next turn.
  await lockAgreements(session, orgId);
  const { rows: revoked } = await session.query(
    `select from nav_batch b join agreement a on a.id = b.agreement
     where b.org_id = $1 and b.id = $2 and a.revoked_at is not null`,
    [orgId, batch],
  );
  if (revoked.length > 0) return null;
  const { rows } = await session.query<Omit<YouthRow, 'n'>>({
    name: 'nav-extract',
    text: `select ${YOUTH_AND_PARKED} from youth y where y.org_id = $1 and y.ref > $2 order by y.ref limit $3 for share of y`,
    values: [orgId, at.upto, limit],
  });
  const added = rows.flatMap((row) => {
    const asked = judge(loaded(row));
    return asked === null ? [] : [asked];
  });
  await session.query(
    `insert into nav_batch_row (org_id, batch, match_id, ref, decision, consent_version)
     select $1, $2, r.* from unnest($3::text[], $4::uuid[], $5::uuid[], $6::text[]) r`,
    [
      orgId,
      batch,
      added.map(({ matchId }) => matchId),
      added.map(({ ref }) => ref),
      added.map(({ decision }) => decision),
      added.map(({ consentVersion }) => consentVersion),
    ],
  );
  const last = rows.at(-1);
  if (last !== undefined)
    await session.query('update nav_batch set scanned_upto = $3 where org_id = $1 and id = $2', [
      orgId,
      batch,
      last.ref,
    ]);
  return rows.length;
}

/** Until the transaction ends. */
export async function lockedYouths(
  session: Session,
  orgId: number,
  refs: readonly PersonRef[],
): Promise<Map<PersonRef, LoadedYouth>> {
  const { rows } = await session.query<Omit<YouthRow, 'n'>>({
    name: 'nav-judge',
    text: `select ${YOUTH_AND_PARKED} from youth y where y.org_id = $1 and y.ref = any ($2::uuid[]) order by y.ref for share of y`,
    values: [orgId, uuidArray(refs)],
  });
  return new Map(rows.map((row) => [row.ref, loaded(row)]));
}

interface BatchRow {
  matchId: string;
  ref: PersonRef;
  decision: string;
  consentVersion: string;
  withdrawn: string | null;
}

export async function judgePage(
  session: Session,
  orgId: number,
  { batch, after, limit, at, recipient, judge }: { batch: string } & Parameters<NavRecords['judgePage']>[2],
): Promise<NavJudgedRow[]> {
  const { rows } = await session.query<BatchRow>(
    `select r.match_id as "matchId", r.ref, r.decision, r.consent_version as "consentVersion",
       ${iso('r.withdrawn')} as withdrawn
     from nav_batch_row r join nav_batch b on b.org_id = r.org_id and b.id = r.batch
     where r.org_id = $1 and r.batch = $2 and r.match_id > $3 and b.finished is not null
     order by r.match_id limit $4`,
    [orgId, batch, after, limit],
  );
  const refs = rows.map(({ ref }) => ref);
  const known = await lockedYouths(session, orgId, refs);
  await lockAgreements(session, orgId);
  const { rows: agreed } = await session.query<{ basis: string }>(
    `select legal_basis as basis from agreement where org_id = $1 and revoked_at is null
     and ($2::timestamptz at time zone 'Europe/Oslo')::date between valid_from and valid_to
     and ($3::text is null or party = $3) order by valid_to desc, id limit 1`,
    [orgId, at, recipient],
  );
  // Revoked since the caller looked: nothing is given. What is given rests on the one that holds now, not on the one under
  // which the list was made.
  const judged = rows.map((row) => ({
    row,
    judgement: agreed.length > 0 ? judge(known.get(row.ref)) : ({ may: false, later: true } as const),
  }));
  const stopped = judged.flatMap(({ row, judgement }) =>
    row.withdrawn === null && !judgement.may && !judgement.later ? [row.matchId] : [],
  );
  await withdraw(
    session,
    orgId,
    stopped.map((matchId) => ({ batch, matchId })),
    at,
  );
  const gone = new Set(stopped);
  const page = judged.map(({ row, judgement }) => {
    const { matchId, ref, decision, consentVersion } = row;
    const withdrawn = gone.has(matchId) ? at : row.withdrawn;
    const given = judgement.may && withdrawn === null && recipient !== null;
    const restsOn = judgement.may ? judgement.consentVersion : consentVersion;
    return { matchId, ref, consentVersion, given, withdrawn, decision, restsOn };
  });
  const given = page.filter((row) => row.given);
  if (given.length > 0)
    await session.query(
      `insert into nav_disclosure (decision, how, recipient, legal_basis, consent_version, at)
       select d.decision, 'fetch', $1, $2, d.rests_on, $3 from unnest($4::uuid[], $5::text[]) d (decision, rests_on)`,
      [
        recipient,
        agreed[0]?.basis,
        at,
        given.map(({ decision }) => decision),
        given.map(({ restsOn }) => restsOn),
      ],
    );
  return page.map(({ decision: _decision, restsOn: _restsOn, ...row }) => row);
}
