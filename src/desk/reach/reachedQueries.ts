import type { Permission } from '../../core/access/permission.ts';
import { reachesOrigin, reachesYouth } from '../../core/access/reach.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoDate } from '../../core/time/date.ts';
import type { LoadedYouth, StoredRecord } from '../../store/port.ts';
import type { Queries, ReceiptsAsked, RecordPlace } from '../../store/queriesPort.ts';
import { readable } from '../../store/readable.ts';
import type { WorkReach } from '../../store/workPort.ts';
import { feedOfList, schoolOfList } from './listOrigin.ts';

/** Alerts read at a time, where few of them are within reach. */
const MOST_AT_ONCE = 200;

/**
 * What a permission lets through of the queries: the first of two fences (the second: store/postgres/scopedReaders.ts).
 * A youth out of reach is not there, in lists as by name. One that cannot be read is taken for protected: it may be.
 * @param todayThere by the organisation's clock
 */
export function reachedQueries(
  queries: Queries,
  permission: Permission,
  todayThere: () => Promise<IsoDate>,
): Queries {
  const { reach, feeds, protectedYouths } = permission;
  if (isEverything(permission)) return queries;
  let known: Promise<IsoDate> | undefined;
  const today = () => {
    known ??= todayThere();
    return known;
  };
  const covers = (org: OrgId) => permission.organisations === null || permission.organisations.includes(org);
  const ofCounty = (org: OrgId) => covers(org) && reach.kind === 'county';
  const reaches = async (loaded: LoadedYouth) => {
    const youth = readable(loaded);
    if (youth === undefined) return reach.kind === 'county' && protectedYouths;
    return reachesYouth(permission, youth, await today());
  };
  const youth: Queries['youth'] = async (org, ref) => {
    const loaded = covers(org) ? await queries.youth(org, ref) : undefined;
    return loaded !== undefined && (await reaches(loaded)) ? loaded : undefined;
  };
  const youthsNamed: Queries['youthsNamed'] = async (org, refs) => {
    const found = covers(org) ? await queries.youthsNamed(org, refs) : new Map<PersonRef, LoadedYouth>();
    for (const [ref, loaded] of found) if (!(await reaches(loaded))) found.delete(ref);
    return found;
  };
  const inFeeds = (feed: string) => feeds === null || feeds.some((each) => each === feed);
  const receipt: Queries['receipt'] = async (org, id) => {
    const found = covers(org) ? await queries.receipt(org, id) : undefined;
    return found !== undefined && inFeeds(found.feed) && reachesOrigin(reach, found) ? found : undefined;
  };
  /** Of feeds alone: the reviews that their records raised. */
  const shown = (record: StoredRecord): StoredRecord =>
    feeds === null ? record : { ...record, events: record.events.filter(isReviewOf(inFeeds)) };

  return {
    youth,
    youthsNamed,
    async *youths(org) {
      if (!covers(org)) return;
      for await (const loaded of queries.youths(org)) {
        // Those that cannot be read are counted by their list; who they are is not shown.
        if (readable(loaded) === undefined ? reach.kind === 'county' : await reaches(loaded)) yield loaded;
      }
    },
    refOf: (hmac) => queries.refOf(hmac),
    async history(org, ref) {
      if ((await youth(org, ref)) === undefined) return [];
      return (await queries.history(org, ref)).map(shown);
    },
    hasRecords: async (org, upto) => ofCounty(org) && queries.hasRecords(org, upto),
    async *recordedUpto(org, upto) {
      if (!covers(org)) return;
      // Figures count every youth of the county, and name none in hiding.
      const within = reach.kind === 'county' ? null : await refsIn(org);
      for await (const records of queries.recordedUpto(org, upto))
        yield within === null ? records : records.filter(({ ref }) => within.has(ref));
    },
    async latestAlerts(org, limit, after) {
      const found: StoredRecord[] = [];
      let from: RecordPlace | undefined = after;
      for (let size = limit; covers(org); size = Math.max(size, Math.min(4 * size, MOST_AT_ONCE))) {
        const records = await queries.latestAlerts(org, size, from);
        const about = await youthsNamed(org, [...new Set(records.map(({ ref }) => ref))]);
        for (const record of records) {
          if (!about.has(record.ref)) continue;
          const only = shown(record);
          if (only.events.length > 0) found.push(only);
        }
        from = records.at(-1);
        if (records.length < size || found.length >= limit) break;
      }
      return found.slice(0, limit);
    },
    // What is heard of a youth is decided for each change; who reads changes has the whole county's.
    heads: async () => (await queries.heads()).filter(({ org }) => ofCounty(org)),
    committed: async (org, from, limit) =>
      ofCounty(org) ? queries.committed(org, from, limit) : { lanes: [], records: [] },
    histories: async (org, refs) => (ofCounty(org) ? queries.histories(org, refs) : new Map()),
    async alertProgress(org, refs) {
      const known = covers(org) ? await queries.alertProgress(org, refs) : [];
      const about = await youthsNamed(org, [...new Set(known.map(({ ref }) => ref))]);
      return known.filter(({ ref }) => about.has(ref));
    },
    quarantine: async (org, filter) => (ofCounty(org) ? queries.quarantine(org, filter) : []),
    quarantineItem: async (org, id) => (ofCounty(org) ? queries.quarantineItem(org, id) : undefined),
    quarantineOfRow: async (org, id, row) =>
      (await receipt(org, id)) === undefined ? [] : queries.quarantineOfRow(org, id, row),
    quarantineGroups: async (org, ages) => (ofCounty(org) ? queries.quarantineGroups(org, ages) : []),
    quarantineSums: async (org) => (ofCounty(org) ? queries.quarantineSums(org) : []),
    parked: async (org, asked) => (ofCounty(org) ? queries.parked(org, asked) : []),
    parkedSums: async (org) => (ofCounty(org) ? queries.parkedSums(org) : []),
    waitingGroups: async (org) => (ofCounty(org) ? queries.waitingGroups(org) : []),
    waitingPersons: async (org, asked) => (ofCounty(org) ? queries.waitingPersons(org, asked) : []),
    parkedCount: async (org) => (ofCounty(org) ? queries.parkedCount(org) : 0),
    lanes: async () => (await queries.lanes()).filter(({ org }) => covers(org)),
    latestRecords: async (org) => (ofCounty(org) ? queries.latestRecords(org) : new Map()),
    workPage: async (org, asked) =>
      queries.workPage(org, { ...asked, within: covers(org) ? workReach(permission) : NO_WORK }),
    workTurning: async (org, asked) =>
      queries.workTurning(org, { ...asked, within: covers(org) ? workReach(permission) : NO_WORK }),
    workCounts: async (org, asked) =>
      queries.workCounts(org, { ...asked, within: covers(org) ? workReach(permission) : NO_WORK }),
    receipt,
    async receipts(org, asked) {
      const within = covers(org) ? originsIn(asked) : null;
      return within === null ? [] : queries.receipts(org, within);
    },
    receiptRows: async (org, id) =>
      (await receipt(org, id)) === undefined ? [] : queries.receiptRows(org, id),
    async lists(org, filter) {
      if (!covers(org)) return [];
      // Few lists come in a day: those of others are left out of what is read.
      return (await queries.lists(org, filter)).filter(({ list }) => reachesList(list));
    },
    async list(org, list, run) {
      return covers(org) && reachesList(list) ? queries.list(org, list, run) : undefined;
    },
  };

  /** What is asked for, as far as it is within reach; null: nothing is. */
  function originsIn(asked: ReceiptsAsked): ReceiptsAsked | null {
    const all = asked.feeds ?? feeds;
    const some = { ...asked, feeds: all === null ? null : all.filter(inFeeds) };
    switch (reach.kind) {
      case 'county':
        return some;
      case 'institutions': {
        const { institutions } = reach;
        const wanted = asked.institutions ?? institutions;
        return { ...some, institutions: wanted.filter((each) => institutions.includes(each)) };
      }
      case 'sender':
        return asked.sender === null || asked.sender === reach.sender
          ? { ...some, sender: reach.sender }
          : null;
      case 'units':
        return null;
    }
  }

  function reachesList(list: string): boolean {
    const institution = schoolOfList(list);
    return inFeeds(feedOfList(list)) && reachesOrigin(reach, { sender: null, institution });
  }

  async function refsIn(org: OrgId): Promise<Set<PersonRef>> {
    const refs = new Set<PersonRef>();
    for await (const loaded of queries.youths(org)) if (await reaches(loaded)) refs.add(loaded.ref);
    return refs;
  }
}

const NO_WORK: WorkReach = { units: [], hiddenUnits: [] };

/** As `reachesYouth`. */
function workReach({ reach, protectedYouths, protectedUnits }: Permission): WorkReach {
  switch (reach.kind) {
    case 'county':
      return { units: null, hiddenUnits: protectedYouths ? null : [] };
    case 'units':
      return { units: reach.units, hiddenUnits: protectedYouths ? (protectedUnits ?? reach.units) : [] };
    case 'institutions':
    case 'sender':
      return NO_WORK;
  }
}

function isEverything({ reach, feeds, organisations, protectedYouths }: Permission): boolean {
  return reach.kind === 'county' && feeds === null && organisations === null && protectedYouths;
}

function isReviewOf(inFeeds: (feed: string) => boolean) {
  return (event: StoredRecord['events'][number]) =>
    (event.type === 'AlertRaised' || event.type === 'AlertChanged' || event.type === 'AlertWithdrawn') &&
    event.alert.category === 'review' &&
    inFeeds(event.alert.feed);
}
