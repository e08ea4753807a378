import { type OrgId, orgId } from '../organisation.ts';
import type { Feed } from '../youth/statusEvent.ts';
import type { OutTopic } from './messages.ts';

// Topic grammar (FINT's): <org>.<domain context>.<message type>.<name>, lower case, no dot inside a part.

/** `vestfoldfylke.no` → `vestfoldfylke-no`; throws on what cannot be a topic part. */
export function orgPart(org: string): OrgId {
  const part = org.trim().toLowerCase().replaceAll('.', '-').replaceAll('_', '-');
  if (!/^[a-z0-9-]+$/.test(part)) throw new Error(`«${org}» cannot be an organisation id in a topic name`);
  return orgId(part);
}

export function feedTopic(org: OrgId, feed: Feed): string {
  return `${org}.ot.event.${feed}`;
}

/** Where a feed's rejected records are reported, by codes. */
export function errorTopic(org: OrgId, feed: Feed): string {
  return `${org}.ot.event.error.${feed}`;
}

/** What others' systems read in a form of their own: FINT's component `utdanning/ot`, and what was reported to VIGO. */
export const PROJECTIONS = ['fint', 'vigo'] as const;
export type ProjectionName = (typeof PROJECTIONS)[number];

export function projectionTopic(org: OrgId, projection: ProjectionName): string {
  return projection === 'fint' ? `${org}.fint-core.entity.utdanning-ot` : `${org}.ot.event.vigo-ot`;
}

/** To NAV: rows of the month's lists that it may no longer use. */
export function withdrawalTopic(org: OrgId): string {
  return `${org}.ot.event.nav-withdrawal`;
}

export function outTopic(org: OrgId, topic: OutTopic): string {
  return topic === 'ot-ungdom' ? `${org}.ot.entity.ot-ungdom` : `${org}.ot.event.${topic}`;
}
