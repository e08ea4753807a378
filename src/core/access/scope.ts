import { FEEDS, type Feed } from '../youth/statusEvent.ts';

/** A feed that takes submissions. */
export type OpenFeed = Exclude<Feed, 'bridge'>;

/** The feeds that take submissions. */
export const OPEN_FEEDS = FEEDS.filter((feed): feed is OpenFeed => feed !== 'bridge');

/** What a token may ask for, without the configured prefix. */
export type Scope = `ot/feeds/${OpenFeed}.write` | (typeof READ_SCOPES)[number];

const READ_SCOPES = [
  'ot/registrations.read',
  /** Main groups and nothing else, for those outside OT. */
  'ot/groups.read',
  /** Number and name of a reference: never a part of another scope. */
  'ot/identities.read',
  'ot/worklists.read',
  'ot/reports.read',
  'ot/quarantine.write',
  'ot/subscriptions.write',
  /** NAV's own: the lists it is asked about. */
  'ot/nav.read',
  'ot/nav.extract',
] as const;

export function feedScope(feed: OpenFeed): Scope {
  return `ot/feeds/${feed}.write`;
}

export const SCOPES: readonly Scope[] = [...OPEN_FEEDS.map(feedScope), ...READ_SCOPES];

export function isScope(text: string): text is Scope {
  return SCOPES.some((scope) => scope === text);
}
