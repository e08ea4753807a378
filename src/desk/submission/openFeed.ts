import { OPEN_FEEDS } from '../../core/access/scope.ts';
import type { FeedAdapter } from '../../core/feedAdapter.ts';
import { DeskRefusal } from '../refusal.ts';

/** The adapter of a feed that takes submissions. @throws DeskRefusal UNKNOWN_FEED, FEED_CLOSED */
export function openAdapter(adapters: readonly FeedAdapter[], feed: string): FeedAdapter {
  if (feed === 'bridge') {
    throw new DeskRefusal(
      'FEED_CLOSED',
      'Denne strømmen bærer det broen selv slutter seg til (frister, fravær i lister), og tar ikke imot andres meldinger.',
    );
  }
  const adapter = adapters.find((one) => one.feed === feed);
  if (adapter) return adapter;
  throw new DeskRefusal('UNKNOWN_FEED', `Strømmen finnes ikke. Disse tar imot: ${OPEN_FEEDS.join(', ')}.`);
}
