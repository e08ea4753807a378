import type { Logger } from './logger.ts';
import type { Meters } from './metrics.ts';
import type { AlarmCode } from './names.ts';

export interface Alarm {
  org: string;
  list?: string;
  run?: string;
  /** A stable underlying code, never content. */
  detail?: string;
  count?: number;
  topic?: string;
  partition?: number;
  /** Kafka's offset. */
  offset?: bigint;
  since?: string;
}

export type RaiseAlarm = (code: AlarmCode, alarm: Alarm) => void;

/** An operational alert: one log line and one count, so that either can page the operator. */
export function createAlarm(telemetry: {
  log: Logger;
  meters: Pick<Meters, 'operationalAlert'>;
}): RaiseAlarm {
  return (code, alarm) => {
    telemetry.log.event('operational.alert', { code, ...alarm });
    telemetry.meters.operationalAlert({ org: alarm.org, code });
  };
}
