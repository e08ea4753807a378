import type { Problem } from '../../core/problem.ts';
import type { QuarantineItem } from '../../store/queriesPort.ts';

/** A record's place in Kafka. */
export interface PositionView {
  topic: string;
  partition: number;
  /** A whole number as text. */
  offset: string;
}

/** A record that could not be processed: what is wrong and where; its content is never shown. */
export interface QuarantineView {
  id: string;
  status: QuarantineItem['status'];
  received: string;
  position: PositionView;
  problems: Problem[];
  receipt: string | null;
  /** Row of the submission, from 1. */
  row: number | null;
}

/** @param masked without what the sender wrote */
export function quarantineView(item: QuarantineItem, masked: boolean): QuarantineView {
  const { id, status, received, receipt, row } = item;
  const problems = masked ? item.problems.map(withoutRaw) : item.problems;
  return { id, status, received, position: positionView(item), problems, receipt, row };
}

function withoutRaw({ raw: _raw, ...problem }: Problem): Problem {
  return problem;
}

export function positionView(at: { topic: string; partition: number; offset: bigint }): PositionView {
  return { topic: at.topic, partition: at.partition, offset: at.offset.toString() };
}
