import type { FeedAdapter } from '../../core/feedAdapter.ts';
import type { FeedColumns } from '../../core/feedColumns.ts';
import { DESK } from '../../core/sentences/desk.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { openAdapter } from '../submission/openFeed.ts';

const NO_COLUMNS: FeedColumns = {
  ...{ title: '', types: [], ids: 'own', columns: [] },
  editions: [{ edition: 1, from: '2026-12-01', news: '' }],
};

export function columnsOf({ columns = NO_COLUMNS }: FeedAdapter): FeedColumns {
  return columns;
}

/** A feed that takes files: spreadsheets, lists that systems write, or both. */
export function fileFeed(parts: Pick<DeskParts, 'adapters'>, feed: string): FeedAdapter {
  const adapter = openAdapter(parts.adapters, feed);
  return adapter.unpack === undefined ? listFeed(parts, feed).adapter : adapter;
}

/** @throws DeskRefusal NO_LIST_FEED, UNKNOWN_FEED, FEED_CLOSED */
export function listFeed(
  { adapters }: Pick<DeskParts, 'adapters'>,
  feed: string,
): { adapter: FeedAdapter; columns: FeedColumns } {
  const adapter = openAdapter(adapters, feed);
  const { columns } = adapter;
  if (columns !== undefined) return { adapter, columns };
  const others = adapters.filter((each) => each.columns !== undefined).map((each) => each.feed);
  throw new DeskRefusal('NO_LIST_FEED', DESK.nb.notLists(others.join(', ')));
}
