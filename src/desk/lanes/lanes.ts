import { REFUSAL } from '../../core/sentences/refusals.ts';
import type { LaneState } from '../../store/queriesPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { planRepair } from './laneRepair.ts';
import { type LaneView, laneView } from './laneView.ts';

/** Every lane that was ever worked, of all organisations. */
export async function lanesOf({ queries }: Pick<DeskParts, 'queries'>): Promise<LaneView[]> {
  return (await queries.lanes()).map(laneView);
}

interface LaneAct {
  topic: string;
  partition: number;
  /** First record to be read; null: the one proposed. */
  from: number | null;
  reason: string;
  /** False: only say what it would mean. */
  confirm: boolean;
}

/** What was done to a lane, or would be. */
export interface LaneActView {
  topic: string;
  partition: number;
  /** First record that will be read. */
  from: number;
  /** In bokmål, a sentence each: what is skipped, what is repeated, what to ask the senders for. */
  says: string[];
  done: boolean;
}

/** Lets a lane that has stopped continue from a named place. @throws DeskRefusal UNKNOWN_LANE, LANE_CANNOT_GO_ON */
export async function resumeLane(
  parts: Pick<DeskParts, 'queries' | 'operations' | 'logOf' | 'log'>,
  { topic, partition, from, reason, confirm }: LaneAct,
): Promise<LaneActView> {
  const lane = await laneNamed(parts, topic, partition);
  const log = await parts.logOf(topic, partition);
  if (!log) throw new DeskRefusal('LANE_CANNOT_GO_ON', REFUSAL.nb.noTopic);
  const planned = planRepair(lane, log, from === null ? null : BigInt(from));
  if (!planned.ok) throw new DeskRefusal('LANE_CANNOT_GO_ON', planned.why);
  const { repair } = planned;
  if (confirm) {
    const code = lane.stopped?.code ?? '';
    if (!(await parts.operations.resumeLane({ topic, partition, code, reason, ...repair })))
      throw new DeskRefusal('LANE_CANNOT_GO_ON', REFUSAL.nb.laneMoved);
    parts.log({ event: 'laneGoesOn', org: lane.org, topic, partition, offset: repair.from });
  }
  return { topic, partition, from: Number(repair.from), says: repair.says, done: confirm };
}

async function laneNamed(
  { queries }: Pick<DeskParts, 'queries'>,
  topic: string,
  partition: number,
): Promise<LaneState> {
  const lanes = await queries.lanes();
  const lane = lanes.find((each) => each.topic === topic && each.partition === partition);
  if (lane) return lane;
  throw new DeskRefusal('UNKNOWN_LANE', REFUSAL.nb.noLane);
}
