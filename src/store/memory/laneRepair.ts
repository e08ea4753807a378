import type { LaneGoesOn } from '../deskPort.ts';
import type { MemoryState } from './state.ts';

export function letLaneGoOn(state: MemoryState, act: LaneGoesOn): boolean {
  const lane = state.lanes.get(`${act.topic}/${act.partition}`);
  if (lane === undefined || lane.nextOffset - lane.shift !== act.stoodAt) return false;
  if (!act.otherLog && act.from <= act.stoodAt) return false;
  lane.epoch += 1;
  lane.stands = null;
  if (act.otherLog)
    Object.assign(lane, { shift: lane.nextOffset - act.from, clusterId: null, topicId: null, mark: null });
  else lane.nextOffset += act.from - act.stoodAt;
  return true;
}
