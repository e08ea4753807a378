import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import { personRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import {
  type BulkJob,
  type BulkMember,
  type BulkRecords,
  type BulkTally,
  type HeldBulk,
  type ItemJob,
  inTallyOrder,
  type JobItem,
  membersIn,
} from '../bulkPort.ts';

type KeptJob = (Omit<BulkJob, 'tally'> | Omit<ItemJob, 'tally'>) & Keeping;

interface Keeping {
  members: BulkMember[];
  leasedBy: string | null;
  leasedUntil: IsoInstant | null;
  /** Rises with each turn; 0: none yet. */
  turned: number;
}

/** Jobs in memory. */
export function memoryBulk(): BulkRecords {
  const jobs = new Map<string, KeptJob>();
  let turns = 0;
  const own = (org: OrgId, id: string) => {
    const job = jobs.get(id);
    return job?.org === org ? job : undefined;
  };
  const held = ({ id, by: holder }: HeldBulk) => {
    const job = jobs.get(id);
    return job !== undefined && job.leasedBy === holder ? job : undefined;
  };
  const runningOn = (org: OrgId, group: string): ItemJob | undefined =>
    [...jobs.values()]
      .filter((job) => job.org === org && job.state === 'running')
      .flatMap((job) => ofItems(viewOf(job)) ?? [])
      .find((job) => job.group === group);
  return {
    async bulk(org, id) {
      const job = own(org, id);
      return job && ofYouths(viewOf(job));
    },
    async bulks(org, { after, limit }) {
      const place = ({ created, id }: Pick<BulkJob, 'created' | 'id'>) => `${created} ${id}`;
      return [...jobs.values()]
        .filter((job) => job.org === org && (after === null || place(job) < place(after)))
        .sort(by(place))
        .reverse()
        .flatMap((job) => ofYouths(viewOf(job)) ?? [])
        .slice(0, limit);
    },
    bulkMembers: async (org, id, asked) => membersOf(own(org, id), asked),
    async addBulk(job, chosen) {
      const members = chosen.map(
        ({ left, ...member }): BulkMember => ({
          ...member,
          state: left === null ? 'waiting' : 'left',
          ...{ receipt: null, receiptRow: null, why: left, problems: [] },
        }),
      );
      jobs.set(job.id, {
        ...structuredClone(job),
        ...{ members, state: 'paused', trouble: null, begun: null, ended: null },
        ...{ leasedBy: null, leasedUntil: null, turned: 0 },
      });
    },
    async itemJob(org, id) {
      const job = own(org, id);
      return job && ofItems(viewOf(job));
    },
    runningItemJob: async (org, group) => runningOn(org, group),
    jobItems: async (org, id, asked) =>
      membersOf(own(org, id), asked).map(
        ({ number, state, ref, problems }): JobItem => ({
          number,
          state,
          item: ref,
          problem: problems[0] ?? null,
        }),
      ),
    async addItemJob(job, items) {
      if (runningOn(job.org, job.group) !== undefined) return false;
      const members = items.map(
        (item, at): BulkMember => ({
          ...{ number: at + 1, ref: personRef(item), version: 0, schoolYear: null, code: null },
          ...{ state: 'waiting', receipt: null, receiptRow: null, why: null, problems: [] },
        }),
      );
      jobs.set(job.id, {
        ...structuredClone(job),
        ...{ members, state: 'running', trouble: null, begun: job.created, ended: null },
        ...{ leasedBy: null, leasedUntil: null, turned: 0 },
      });
      return true;
    },
    async moveBulk(org, id, to, at) {
      const job = own(org, id);
      if (job === undefined || job.state === 'done') return false;
      job.state = to;
      job.trouble = null;
      if (to === 'running') job.begun ??= at;
      return true;
    },
    async leaseBulk(organisations, { by: holder, now, until }) {
      const [job] = [...jobs.values()]
        .filter(({ org }) => organisations.includes(org))
        .filter(({ leasedBy, leasedUntil }) => leasedBy === null || (leasedUntil ?? '') <= now)
        .filter((each) => each.state === 'running' || membersIn(tallyOf(each), 'sent') > 0)
        .sort(by(({ created }) => created))
        .sort((one, other) => one.turned - other.turned);
      if (job === undefined) return undefined;
      turns += 1;
      Object.assign(job, { leasedBy: holder, leasedUntil: until, turned: turns });
      return viewOf(job);
    },
    async sendMembers(holding, { receipt, rows }) {
      const job = held(holding);
      if (job?.state !== 'running') return false;
      for (const { number, row } of rows) {
        const member = job.members[number - 1];
        if (member?.state === 'waiting' || member?.state === 'sending')
          Object.assign(member, { state: 'sending', receipt, receiptRow: row });
      }
      return true;
    },
    async settleMembers(holding, outcomes) {
      const job = held(holding);
      if (job === undefined) return false;
      for (const { number, state, why, problems } of outcomes) {
        const member = job.members[number - 1];
        if (member !== undefined && ['waiting', 'sending', 'sent'].includes(member.state))
          Object.assign(member, { state, why, problems: structuredClone(problems) });
      }
      return true;
    },
    async returnBulk(holding, { at, trouble, stops = false }) {
      const job = held(holding);
      if (job === undefined) return false;
      Object.assign(job, { leasedBy: null, leasedUntil: null });
      if (job.state !== 'running') return true;
      job.trouble = trouble;
      if (membersIn(tallyOf(job), 'waiting', 'sending', 'sent') === 0)
        Object.assign(job, { state: 'done', ended: at });
      else if (stops) job.state = 'paused';
      return true;
    },
  };
}

function tallyOf({ members }: Pick<KeptJob, 'members'>): BulkTally[] {
  const sums = new Map<string, BulkTally>();
  for (const { state, why } of members) {
    const key = `${state} ${why}`;
    const sum = sums.get(key) ?? { state, why, count: 0 };
    sums.set(key, sum);
    sum.count += 1;
  }
  return inTallyOrder([...sums.values()]);
}

function membersOf(
  job: KeptJob | undefined,
  { states, after, limit }: Parameters<BulkRecords['bulkMembers']>[2],
): BulkMember[] {
  return (job?.members ?? [])
    .filter(({ number, state }) => number > after && states.includes(state))
    .slice(0, limit)
    .map((member) => structuredClone(member));
}

function ofYouths(job: BulkJob | ItemJob): BulkJob | undefined {
  return 'group' in job ? undefined : job;
}

function ofItems(job: BulkJob | ItemJob): ItemJob | undefined {
  return 'group' in job ? job : undefined;
}

function viewOf(job: KeptJob): BulkJob | ItemJob {
  const { members: _members, leasedBy: _by, leasedUntil: _until, turned: _turned, ...view } = job;
  return structuredClone({ ...view, tally: tallyOf(job) });
}
