import type { LaneStop } from '../core/lane.ts';
import type { IsoInstant } from '../core/time/date.ts';
import type { UnreadableReason } from './batch/unreadable.ts';
import { KAFKA_ERRORS } from './protocol/errorCodes.ts';

/** Why a lane is stopped. Each code is an operational alert of the same name. Offsets are Kafka's, as its tools take
 *  them. */
export type LaneTrouble = { since: IsoInstant } & (
  | { code: 'OFFSETS_GONE'; reason: 'DELETED' | 'LOG_SHORTER'; offset: bigint; upto: bigint }
  | { code: 'TOPIC_REPLACED'; reason: 'TOPIC_MISSING' | 'TOPIC_ID'; offset: bigint }
  | { code: 'LOG_REPLACED'; reason: 'CLUSTER_ID' | 'OTHER_RECORD'; offset: bigint }
  /** `upto`: its end according to its header, if consistent. */
  | { code: 'BATCH_UNREADABLE'; reason: UnreadableReason; offset: bigint; upto: bigint | null }
  /** A broker refuses, or there is no leader: with Kafka's error code. */
  | { code: 'LANE_STANDS'; reason: `KAFKA_${number}`; offset: bigint }
  | { code: 'TRANSACTION_OPEN'; reason: 'OPEN'; offset: bigint; producerId: bigint }
);

/** Kafka's TOPIC_AUTHORIZATION_FAILED. */
export const READ_MISSING = `KAFKA_${KAFKA_ERRORS.topicAuthorizationFailed}`;

/** Equal but for `since`. */
export function sameTrouble(one: LaneTrouble | null, other: LaneTrouble | null): boolean {
  if (one === null || other === null) return one === other;
  return one.code === other.code && one.reason === other.reason && one.offset === other.offset;
}

/** As stored with the lane. */
export function laneStopOf(trouble: LaneTrouble): LaneStop {
  const { code, reason, offset, since } = trouble;
  const upto = 'upto' in trouble && trouble.upto !== null ? trouble.upto.toString() : null;
  return { code, reason, offset: offset.toString(), upto, since, text: troubleText(trouble) };
}

/** For operators, in bokmål. No personal data: positions and times only. */
export function troubleText(trouble: LaneTrouble): string {
  switch (trouble.code) {
    case 'OFFSETS_GONE':
      return trouble.reason === 'DELETED'
        ? `meldingene ${trouble.offset}–${trouble.upto - 1n} er slettet av Kafka før de ble behandlet`
        : `meldingene til og med ${trouble.offset - 1n} er behandlet, men loggen i Kafka slutter ved ${trouble.upto}`;
    case 'TOPIC_REPLACED':
      return trouble.reason === 'TOPIC_MISSING'
        ? 'emnet finnes ikke i Kafka'
        : 'emnet er slettet og laget på nytt';
    case 'LOG_REPLACED':
      return trouble.reason === 'CLUSTER_ID'
        ? 'dette er en annen Kafka enn den meldingene er lest fra'
        : `melding ${trouble.offset} er en annen enn den som er behandlet`;
    case 'BATCH_UNREADABLE':
      return `meldingene fra ${trouble.offset}${trouble.upto === null ? '' : ` til ${trouble.upto - 1n}`} kan ikke leses (${trouble.reason})`;
    case 'LANE_STANDS':
      if (trouble.reason === READ_MISSING) return 'broen mangler retten Read til emnet i Kafka';
      return `Kafka gir ikke meldingene fra ${trouble.offset} (${trouble.reason})`;
    case 'TRANSACTION_OPEN':
      return `en åpen transaksjon (produsent ${trouble.producerId}) holder meldingene fra ${trouble.offset} siden ${trouble.since}`;
  }
}
