import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin } from 'kafkajs';
import { feedTopic } from '../../src/core/messages/topic.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import { FEEDS } from '../../src/core/youth/statusEvent.ts';
import type { Database } from './database.ts';

const POLL_MS = 150;

/**
 * Resolves when every record in the feed topics is decided and published, complete lists are concluded, and nothing
 * is due. @returns what was still open when nothing had moved for `stillMs`, else null.
 */
export async function quiesce(parts: {
  org: OrgId;
  admin: Admin;
  database: Database;
  stillMs: number;
}): Promise<string | null> {
  let before = '';
  let since = performance.now();
  let quiet = 0;
  for (;;) {
    const open = await openWork(parts).catch((error: unknown) => `no answer: ${error}`);
    // Twice: between a list that is concluded and its records there is a moment in which all seems done.
    quiet = open === '' ? quiet + 1 : 0;
    if (quiet >= 3) return null;
    if (open !== before) {
      before = open;
      since = performance.now();
    } else if (open !== '' && performance.now() - since > parts.stillMs) {
      return open;
    }
    await sleep(POLL_MS);
  }
}

async function openWork({
  org,
  admin,
  database,
}: {
  org: OrgId;
  admin: Admin;
  database: Database;
}): Promise<string> {
  const lists = await database.query<{ run: string }>(
    'select run from list_run where received = total and concluded is null and verdict is null',
  );
  const due = await database.query<{ n: string }>('select count(*) as n from youth where due <= now()');
  const lanes = await database.query<{
    topic: string;
    partition: number;
    next_offset: string;
    published_upto: string;
  }>('select topic, partition, next_offset, published_upto from lane');
  const open: string[] = lists.map(({ run }) => `list ${run} is not concluded`);
  if (due[0] && due[0].n !== '0') open.push(`${due[0].n} youths are due`);
  for (const feed of FEEDS) {
    const topic = feedTopic(org, feed);
    for (const { partition, high } of await admin.fetchTopicOffsets(topic)) {
      const lane = lanes.find((each) => each.topic === topic && each.partition === partition);
      const decided = lane?.next_offset ?? '0';
      const published = lane?.published_upto ?? '0';
      if (decided !== high || published !== high)
        open.push(`${feed}/${partition}: ${decided}, ${published} of ${high}`);
    }
  }
  return open.join('; ');
}
