import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { ProgressNote } from '../operationsPort.ts';
import type { KnownProgress } from '../queriesPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

export async function alertProgress(
  session: Session,
  orgId: number,
  refs: readonly PersonRef[] | null,
): Promise<KnownProgress[]> {
  const { rows } = await session.query<KnownProgress>(
    `select ref, cause, ${iso('delivered')} as delivered, ${iso('opened')} as opened, ${iso('handled')} as handled
     from alert_progress where org_id = $1 and ($2::uuid[] is null or ref = any ($2))`,
    [orgId, refs],
  );
  return rows;
}

/** A receiver took the call about an alert; the first counts. */
export async function noteDelivered(
  session: Session,
  subscription: string,
  { ref, subject }: { ref: PersonRef; subject: string },
  at: IsoInstant,
): Promise<void> {
  await session.query(
    `insert into alert_progress as p (org_id, ref, cause, delivered)
     select s.org_id, $2, $3, $4 from subscription s where s.id = $1
     on conflict (org_id, ref, cause) do update set delivered = least(p.delivered, excluded.delivered)`,
    [subscription, ref, subject, at],
  );
}

/** The first report of each counts. */
export async function noteProgress(
  session: Session,
  orgId: number,
  { ref, cause, state, at }: ProgressNote,
): Promise<void> {
  await session.query(
    `insert into alert_progress as p (org_id, ref, cause, opened, handled) values ($1, $2, $3, $4, $5)
     on conflict (org_id, ref, cause) do update set opened = least(p.opened, excluded.opened),
       handled = least(p.handled, excluded.handled)`,
    [orgId, ref, cause, at, state === 'handled' ? at : null],
  );
}
