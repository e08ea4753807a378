import type pg from 'pg';

// First the turn to plan, then the queue, then rows.
//
// Which delivery about a youth comes next is decided by who adds deliveries and by who ends one. Without a lock between the
// two, what is added can wait without end behind one that has just ended, or overtake one that has just become due; and
// row locks alone end in deadlocks, for each takes them in another order. The lock comes before every row lock.

/** Classes of the advisory locks of organisations. */
const PLANNING = 7_067_012;
const QUEUE = 7_067_013;

/** The turn to plan, until the transaction ends. False when another process has it. */
export async function tryPlanning(client: pg.ClientBase, org: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_xact_lock($1, $2) as locked',
    [PLANNING, org],
  );
  return rows[0]?.locked === true;
}

/** Waits for the turn that is being planned, and lets none begin: what it plans would be sent in spite of a choice to skip
 *  it, or wait without end for a subscription that has been closed. */
export async function lockPlanning(client: pg.ClientBase, org: number): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1, $2)', [PLANNING, org]);
}

/** Held to the end of the transaction by who adds deliveries, or ends many. @param org id of the row */
export async function lockQueue(client: pg.ClientBase, org: number): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1, $2)', [QUEUE, org]);
}

/** The same by who ends one: these do not wait for each other. */
export async function shareQueue(client: pg.ClientBase, org: number): Promise<void> {
  await client.query({
    name: 'share-queue',
    text: 'select pg_advisory_xact_lock_shared($1, $2)',
    values: [QUEUE, org],
  });
}
