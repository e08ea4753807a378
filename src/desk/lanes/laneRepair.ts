import type { LaneState } from '../../store/queriesPort.ts';

/** What letting a lane go on would mean. Offsets are Kafka's. */
export interface LaneRepair {
  stoppedAt: bigint;
  /** First offset that will be read. */
  from: bigint;
  /** The log is another one than before: all of it is read under offsets that have not been used. */
  otherLog: boolean;
  /** In bokmål, a sentence each: what is skipped, what is repeated, what to ask the senders for. */
  says: string[];
}

export type Planned = { ok: true; repair: LaneRepair } | { ok: false; why: string };

/** The same records come again there, or others do: the offsets of before say nothing of this log. */
const OTHER_LOG: ReadonlySet<string> = new Set([
  'LOG_SHORTER',
  'TOPIC_MISSING',
  'TOPIC_ID',
  'CLUSTER_ID',
  'OTHER_RECORD',
]);

/**
 * Where a stopped lane may go on, and what that costs. Nothing is lost silently: what is skipped is named, and where it
 * is unknown what is new, everything is read again: a duplicate has no second effect.
 * @param log as Kafka has it now @param wanted the operator's own choice of the first offset to be read
 */
export function planRepair(
  lane: LaneState,
  log: { start: bigint; end: bigint },
  wanted: bigint | null,
): Planned {
  const { stopped } = lane;
  if (stopped === null) return { ok: false, why: 'Partisjonen står ikke. Det er ingenting å gjøre.' };
  if (stopped.code === 'TRANSACTION_OPEN')
    return {
      ok: false,
      why: 'En åpen transaksjon kan ikke hoppes over. Be avsenderen avslutte den, eller avbryt den med kafka-transactions.sh --abort.',
    };
  const stoppedAt = lane.nextOffset - lane.shift;
  const otherLog = OTHER_LOG.has(stopped.reason);
  const from = wanted ?? proposal(stopped, log, otherLog);
  if (from === null)
    return {
      ok: false,
      why: 'Det går ikke å se hvor de uleselige meldingene slutter. Finn det med kafka-dump-log.sh, og oppgi første melding som skal leses.',
    };
  if (from < log.start || from > log.end)
    return {
      ok: false,
      why: `Kafka har meldingene ${log.start} til ${log.end - 1n}. Velg en av dem, eller ${log.end} for bare det som kommer.`,
    };
  if (!otherLog && from <= stoppedAt)
    return {
      ok: false,
      why: `Meldingene til ${stoppedAt - 1n} er behandlet. Velg en senere enn ${stoppedAt}.`,
    };
  return { ok: true, repair: { stoppedAt, from, otherLog, says: sentences(stoppedAt, from, log, otherLog) } };
}

function proposal(
  { reason, upto }: NonNullable<LaneState['stopped']>,
  log: { start: bigint; end: bigint },
  otherLog: boolean,
): bigint | null {
  if (otherLog || reason === 'DELETED') return log.start;
  return upto === null ? null : BigInt(upto);
}

function sentences(
  stoppedAt: bigint,
  from: bigint,
  log: { start: bigint; end: bigint },
  otherLog: boolean,
): string[] {
  if (!otherLog) {
    return [
      `Meldingene ${stoppedAt} til ${from - 1n} blir ikke lest.`,
      `Be avsenderne sende det de sendte i den tiden, på nytt. Det som alt er kjent, får ingen ny virkning.`,
      `Lesingen går videre fra ${from}.`,
    ];
  }
  const skipped =
    from > log.start ? [`Meldingene ${log.start} til ${from - 1n} i loggen blir ikke lest.`] : [];
  return [
    ...skipped,
    `Meldingene ${from} til ${log.end - 1n} blir lest som nye (${log.end - from} stykker). De som er behandlet før, får ingen ny virkning.`,
    `Meldinger som var behandlet (til ${stoppedAt - 1n}) og ikke finnes i loggen lenger, gjelder fortsatt.`,
    'Meldinger som Kafka hadde bekreftet, men mistet før de ble lest, er borte: se RECEIPT_WAITING for dem som kom over HTTP, og be de andre avsenderne sende det siste på nytt.',
  ];
}
