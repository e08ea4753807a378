import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { feedTopic } from '../../src/core/messages/topic.ts';
import type { OrgId } from '../../src/core/organisation.ts';
import type { Publisher } from '../../src/kafka/publisher.ts';
import type { History } from './history.ts';
import type { Step } from './load/input.ts';
import type { Person } from './load/people.ts';

/** Which input a record is; the app has no use for it. */
export const INPUT = 'fault-input';

/** More than this many unanswered sends: Kafka is down, the sender waits as a sender would. */
const MOST_OPEN = 300;
const TICK_MS = 20;

/**
 * Sends the load at a steady rate, each record acknowledged by Kafka with acks=all, until `size` deliveries are made
 * and `enough` agrees.
 */
export async function sendLoad(parts: {
  steps: Iterator<Step>;
  people: readonly Person[];
  org: OrgId;
  publisher: Publisher;
  history: History;
  size: number;
  perSecond: number;
  enough(): boolean;
  settle(): Promise<void>;
  /** NAV is asked: resolves to the match ids of the list, by identity number. */
  ask(list: string): Promise<ReadonlyMap<string, string>>;
}): Promise<void> {
  const { steps, history, publisher, people, org } = parts;
  const open = new Set<Promise<void>>();
  let budget = 0;
  let last = performance.now();
  while (history.sent < parts.size || !parts.enough()) {
    const now = performance.now();
    budget = Math.min(budget + ((now - last) / 1_000) * parts.perSecond, parts.perSecond);
    last = now;
    for (; budget >= 1 && open.size < MOST_OPEN; budget -= 1) {
      const step = steps.next();
      if (step.done) throw new Error('the load has an end');
      if (step.value.do === 'settle') {
        await Promise.all(open);
        history.flowing = false;
        await parts.settle();
        history.flowing = true;
        last = performance.now();
        continue;
      }
      if (step.value.do === 'ask') {
        // What is killed meanwhile is for the one who asks to say: the schedule would be used up on waiting.
        history.flowing = false;
        step.value.fetched(await parts.ask(step.value.list));
        history.flowing = true;
        last = performance.now();
        continue;
      }
      const { input } = step.value;
      history.send(input);
      const key = input.person === null ? randomUUID() : (people[input.person]?.key ?? randomUUID());
      const sending = publisher
        .publish([
          {
            topic: feedTopic(org, input.feed),
            key,
            value: Buffer.from(input.value),
            headers: { [INPUT]: String(input.n), 'content-type': 'application/json' },
          },
        ])
        .then(() => {
          history.acknowledge(input);
          open.delete(sending);
        });
      open.add(sending);
    }
    await sleep(TICK_MS);
  }
  await Promise.all(open);
}
