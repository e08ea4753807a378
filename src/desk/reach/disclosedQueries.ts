import { type ShowQuestion, showingOf, shownEvents } from '../../core/nav/disclosed.ts';
import type { OrgId } from '../../core/organisation.ts';
import { disclosedYouth } from '../../store/disclosedYouth.ts';
import type { LoadedYouth, StoredRecord } from '../../store/port.ts';
import type { Queries, RecordPlace } from '../../store/queriesPort.ts';
import { readable } from '../../store/readable.ts';

/** Alerts read at a time, where few of them may be shown. */
const MOST_AT_ONCE = 200;

/**
 * The queries without what NAV has said and may not be shown now, which is what may not be published now. All that is shown
 * of a youth is read through it: card, alerts, worklists, letters, history. Changes are read past it: each is judged by itself
 * (mayHear.ts), and figures name no one.
 * @param questionOf by the organisation's clock, at the time of the reading
 */
export function disclosedQueries(
  queries: Queries,
  questionOf: (org: OrgId) => Promise<ShowQuestion>,
): Queries {
  const asked = new Map<OrgId, Promise<ShowQuestion>>();
  const question = (org: OrgId) => {
    const known = asked.get(org) ?? questionOf(org);
    asked.set(org, known);
    return known;
  };
  const recordsOf = async (org: OrgId, records: readonly StoredRecord[], loaded: LoadedYouth | undefined) => {
    const youth = loaded === undefined ? undefined : readable(loaded);
    const shows = showingOf(youth, await question(org));
    return records.map((record) => ({ ...record, events: shownEvents(record.events, shows) }));
  };
  return {
    ...queries,
    async youth(org, ref) {
      const loaded = await queries.youth(org, ref);
      return loaded && disclosedYouth(loaded, await question(org));
    },
    async youthsNamed(org, refs) {
      const asking = await question(org);
      const found = await queries.youthsNamed(org, refs);
      return new Map([...found].map(([ref, loaded]) => [ref, disclosedYouth(loaded, asking)]));
    },
    async *youths(org) {
      const asking = await question(org);
      for await (const loaded of queries.youths(org)) yield disclosedYouth(loaded, asking);
    },
    async history(org, ref) {
      const loaded = await queries.youth(org, ref);
      return recordsOf(org, await queries.history(org, ref), loaded);
    },
    async latestAlerts(org, limit, after) {
      const found: StoredRecord[] = [];
      let from: RecordPlace | undefined = after;
      for (let size = limit; ; size = Math.max(size, Math.min(4 * size, MOST_AT_ONCE))) {
        const records = await queries.latestAlerts(org, size, from);
        const about = await queries.youthsNamed(org, [...new Set(records.map(({ ref }) => ref))]);
        for (const record of records) {
          const [only] = await recordsOf(org, [record], about.get(record.ref));
          if (only?.events.some(({ type }) => type === 'AlertRaised')) found.push(only);
        }
        from = records.at(-1);
        if (records.length < size || found.length >= limit) return found.slice(0, limit);
      }
    },
  };
}
