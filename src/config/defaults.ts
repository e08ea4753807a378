import { countyNumber, type Organisation, orgId } from '../core/organisation.ts';
import type { Settings } from './environment.ts';

// Defaults that both the configuration and its checks need.

export function portsOf(set: Settings): { kafka: number; postgres: number; http: number } {
  return {
    kafka: set.EMBEDDED_KAFKA_PORT ?? 19_092,
    postgres: set.EMBEDDED_PG_PORT ?? 15_432,
    http: set.HTTP_PORT ?? 8080,
  };
}

export function organisationsOf(set: Settings): Organisation[] {
  return (
    set.ORGANISATIONS ?? [{ id: orgId('telemarkfylke-no'), county: countyNumber('40'), virtualClock: false }]
  );
}
