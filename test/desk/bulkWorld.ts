import type { Principal } from '../../src/core/access/principal.ts';
import { type BulkAsked, makeBulk, moveBulk, previewBulk } from '../../src/desk/bulk/bulk.ts';
import { createBulkRun } from '../../src/desk/bulk/bulkRun.ts';
import type { BulkAct, BulkFilter } from '../../src/store/bulkPort.ts';
import type { TestParts } from '../api/parts.ts';
import { type AdviserWorld, adviserWorld, leaving } from '../console/adviserWorld.ts';
import { crowd } from '../harness/manyPersons.ts';

/** A leader of the county. */
export const LEADER: Principal = { kind: 'local', name: 'Leder', key: 'leder' } as Principal;

export const CONTACT: BulkAct = { type: 'contact', date: '2026-10-06', channel: 'BREV' };
export const ALL: BulkFilter = { list: 'no-contact', owner: null, kind: null, deadline: null, group: null };
export const REASON = 'Brev er sendt til alle i listen.';
const ALL_STATES = ['waiting', 'sending', 'sent', 'done', 'failed', 'left'] as const;

export interface BulkWorld extends AdviserWorld {
  organisation: TestParts['organisations'][number];
  preview(asked?: Partial<BulkAsked & { principal: Principal }>): ReturnType<typeof previewBulk>;
  /** Seen, and made as it was seen. */
  make(asked?: Partial<BulkAsked & { principal: Principal }>): ReturnType<typeof makeBulk>;
  move(id: string, to: 'running' | 'paused'): ReturnType<typeof moveBulk>;
  /** Steps until nothing more comes of it. @returns how many moved something */
  work(most?: number): Promise<number>;
  members(id: string): ReturnType<TestParts['bulk']['bulkMembers']>;
  /** Records that reached the advisers' feed. */
  sent(): Record<string, unknown>[];
}

/** A county with so many youths more who have left school, and whom OT has not reached. */
export async function bulkWorld(
  youths: number,
  county: Parameters<typeof adviserWorld>[0] = {},
): Promise<BulkWorld> {
  const world = await adviserWorld(county);
  const many = crowd(youths, { first: '2008-01-01', last: '2009-12-31' }).map((one, at) =>
    leaving(one, `m-${at}`),
  );
  await world.pipeline.send('school-dropout', many, { at: '2026-10-02T09:00:00.000Z' });
  await world.settle('2026-10-07T07:30:00.000Z');
  return withBulk(world);
}

/** @param by of the process that works */
export function withBulk(world: AdviserWorld, by = '00000000-0000-4000-8000-00000000000a'): BulkWorld {
  const { parts, pipeline } = world;
  const [organisation] = parts.organisations;
  if (organisation === undefined) throw new Error('no organisation');
  const whole = (asked: Partial<BulkAsked & { principal: Principal }>) => ({
    filter: ALL,
    act: CONTACT,
    principal: LEADER,
    ...asked,
  });
  const run = createBulkRun(parts, by);
  const preview: BulkWorld['preview'] = (asked = {}) => previewBulk(parts, organisation, whole(asked));
  return {
    ...world,
    organisation,
    preview,
    async make(asked = {}) {
      const { position, youths } = await preview(asked);
      return makeBulk(parts, organisation, { ...whole(asked), position, shown: youths, reason: REASON });
    },
    move: (id, to) => moveBulk(parts, organisation, { id, to }),
    async work(most = Number.POSITIVE_INFINITY) {
      let steps = 0;
      while (steps < most && (await run.step()) === 'moved') {
        steps += 1;
        await world.settle();
      }
      return steps;
    },
    members: (id) =>
      parts.bulk.bulkMembers(organisation.id, id, { states: ALL_STATES, after: 0, limit: 100_000 }),
    sent: () =>
      pipeline
        .records()
        .filter(({ topic }) => topic.endsWith('.ot-adviser'))
        .map(({ value }) => JSON.parse(String(value))),
  };
}
