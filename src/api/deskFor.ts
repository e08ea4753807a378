import type { Context } from 'hono';
import { instantOf } from '../core/time/date.ts';
import { osloDate } from '../core/time/oslo.ts';
import { todayOf } from '../desk/organisationToday.ts';
import { reachedOperations } from '../desk/reach/reachedOperations.ts';
import { reachedQueries } from '../desk/reach/reachedQueries.ts';
import type { ApiEnv } from './apiEnv.ts';
import type { ApiParts } from './parts.ts';

export type ReadingParts = Pick<ApiParts, 'queries' | 'operations' | 'now' | 'readAs'>;

/** The parts with which a request is answered: what they read is what its caller may see. */
export function deskFor<Parts extends ReadingParts>(c: Context<ApiEnv>, parts: Parts): Parts {
  const permission = c.get('permission');
  const organisation = c.get('organisation');
  const { queries, operations } = parts.readAs(permission);
  const today = async () =>
    organisation === undefined ? osloDate(instantOf(parts.now())) : todayOf(parts, organisation);
  return {
    ...parts,
    operations: reachedOperations(operations, permission),
    queries: reachedQueries(queries, permission, today),
  };
}
