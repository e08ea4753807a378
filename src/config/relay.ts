import type { Settings } from './environment.ts';

/** How receivers are reached. */
export interface RelayConfig {
  /** Ports of receivers that may be called. */
  ports: readonly number[];
  /** `http://host:port` through which they are; null: directly. */
  proxy: string | null;
}

export const RELAY_PORTS = [443];

export function relayOf(set: Pick<Settings, 'WEBHOOK_PORTS' | 'EGRESS_PROXY'>): RelayConfig {
  return { ports: set.WEBHOOK_PORTS ?? RELAY_PORTS, proxy: set.EGRESS_PROXY ?? null };
}
