import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import {
  type BulkJob,
  type BulkMember,
  type BulkRecords,
  type BulkTally,
  type HeldBulk,
  inTallyOrder,
  membersIn,
} from '../bulkPort.ts';

interface KeptJob extends Omit<BulkJob, 'tally'> {
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
  return {
    async bulk(org, id) {
      const job = own(org, id);
      return job && viewOf(job);
    },
    async bulks(org, { after, limit }) {
      const place = ({ created, id }: Pick<BulkJob, 'created' | 'id'>) => `${created} ${id}`;
      return [...jobs.values()]
        .filter((job) => job.org === org && (after === null || place(job) < place(after)))
        .sort(by(place))
        .reverse()
        .slice(0, limit)
        .map(viewOf);
    },
    async bulkMembers(org, id, { states, after, limit }) {
      const members = own(org, id)?.members ?? [];
      return members
        .filter(({ number, state }) => number > after && states.includes(state))
        .slice(0, limit)
        .map((member) => structuredClone(member));
    },
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
    async returnBulk(holding, { at, trouble }) {
      const job = held(holding);
      if (job === undefined) return false;
      Object.assign(job, { leasedBy: null, leasedUntil: null });
      if (job.state !== 'running') return true;
      job.trouble = trouble;
      if (membersIn(tallyOf(job), 'waiting', 'sending', 'sent') === 0)
        Object.assign(job, { state: 'done', ended: at });
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

function viewOf(job: KeptJob): BulkJob {
  const { members: _members, leasedBy: _by, leasedUntil: _until, turned: _turned, ...view } = job;
  return structuredClone({ ...view, tally: tallyOf(job) });
}
