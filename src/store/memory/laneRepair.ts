import type { LaneResumption } from '../operationsPort.ts';
import type { MemoryState } from './state.ts';

export function resumeLane(state: MemoryState, act: LaneResumption): boolean {
  const lane = state.lanes.get(`${act.topic}/${act.partition}`);
  if (lane === undefined || lane.nextOffset - lane.shift !== act.stoppedAt) return false;
  if (!act.otherLog && act.from <= act.stoppedAt) return false;
  lane.epoch += 1;
  lane.stopped = null;
  if (act.otherLog)
    Object.assign(lane, { shift: lane.nextOffset - act.from, clusterId: null, topicId: null, mark: null });
  else lane.nextOffset += act.from - act.stoppedAt;
  return true;
}
