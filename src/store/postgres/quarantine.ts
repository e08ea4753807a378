import type { QuarantineItem, Queries } from '../queriesPort.ts';
import { iso } from './pool.ts';
import type { Session } from './readers.ts';

const ITEM = `q.id, l.topic, l.partition, q.record_offset, ${iso('q.received')} as received, q.problems, q.status, q.receipt, q.row`;

type QuarantineRow = Omit<QuarantineItem, 'offset'> & { record_offset: string };

function item({ record_offset, ...row }: QuarantineRow): QuarantineItem {
  return { ...row, offset: BigInt(record_offset) };
}

export async function quarantine(
  session: Session,
  orgId: number,
  filter: Parameters<Queries['quarantine']>[1],
): Promise<QuarantineItem[]> {
  const { rows } = await session.query<QuarantineRow>(
    `select ${ITEM} from quarantine q join lane l on l.id = q.lane_id
     where q.org_id = $1 and q.status = $2 and ($3::uuid is null or q.id > $3) order by q.id limit $4`,
    [orgId, filter.status, filter.after, filter.limit],
  );
  return rows.map(item);
}

export async function quarantineItem(
  session: Session,
  orgId: number,
  id: string,
): ReturnType<Queries['quarantineItem']> {
  const { rows } = await session.query<QuarantineRow & { sealed: Buffer }>(
    `select ${ITEM}, q.sealed from quarantine q join lane l on l.id = q.lane_id where q.org_id = $1 and q.id = $2`,
    [orgId, id],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { sealed, ...rest } = row;
  return { ...item(rest), sealed };
}
