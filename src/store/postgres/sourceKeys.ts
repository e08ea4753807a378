import type { SourceKey } from '../../core/feedAdapter.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { SourceKeyWrite } from '../port.ts';
import type { Session } from './readers.ts';

export async function keyed(
  session: Session,
  orgId: number,
  keys: readonly SourceKey[],
): Promise<Map<SourceKey, PersonRef>> {
  const { rows } = await session.query<{ key: SourceKey; ref: PersonRef }>({
    name: 'keyed',
    text: 'select key, ref from source_key where org_id = $1 and key = any ($2::text[])',
    values: [orgId, keys],
  });
  return new Map(rows.map(({ key, ref }) => [key, ref]));
}

/** Parameter of `note_source_keys`: of several records about one key the last. */
export function sourceKeyRows(keys: readonly SourceKeyWrite[]): string {
  return JSON.stringify([...new Map(keys.map((each) => [each.key, each])).values()]);
}
