import { RELAY_PORTS } from '../config/relay.ts';
import type { AddressRules } from '../relay/address.ts';
import { type Connect, createConnect, createLookUp } from '../relay/connect.ts';
import type { OrganisationIds } from '../store/postgres/organisation.ts';
import type { Pool } from '../store/postgres/pool.ts';
import { createPostgresRelay } from '../store/postgres/relayQueue.ts';
import { createPostgresSubscriptions } from '../store/postgres/subscriptions.ts';
import type { RelayQueue, SubscriptionRecords } from '../store/relayPort.ts';
import type { BridgeOptions } from './options.ts';

export interface RelayParts {
  queue: RelayQueue;
  records: SubscriptionRecords;
  connect: Connect;
  rules: AddressRules;
  userAgent: string;
}

/** @param pool of the relay's own: the pipeline and requests do not wait for it */
export function relayParts(
  { relay = {}, access }: BridgeOptions,
  pool: Pool,
  ids: OrganisationIds,
): RelayParts {
  const open = access === undefined || (access.maskinporten === null && access.login === null);
  const rules = { ports: relay.ports ?? RELAY_PORTS, loopback: open };
  return {
    queue: createPostgresRelay(pool, ids),
    records: createPostgresSubscriptions(pool, ids),
    connect: createConnect({
      ...rules,
      lookUp: createLookUp(),
      proxy: relay.proxy ? new URL(relay.proxy) : undefined,
    }),
    rules,
    userAgent: 'OT-Bridge/0.1',
  };
}
