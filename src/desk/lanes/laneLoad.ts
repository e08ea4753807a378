import type { LaneKey } from '../../core/lane.ts';

/** One lane as it goes, whichever process works it. */
export interface LaneLoad extends LaneKey {
  /** Records that are not handled; null while Kafka does not give the partition's end. */
  lag: number | null;
  /** Records handled whose messages are not known to be in Kafka. */
  unpublished: number;
  /** Milliseconds since records began to wait without one being handled; null while none waits. */
  stillMs: number | null;
  /** The same of messages that are to go out. */
  unsentMs: number | null;
}

/** How all lanes go, seen every few seconds by each process. */
export interface LaneLook {
  /** Every lane as of a moment ago; none after a minute without an answer. */
  loads(): Promise<readonly LaneLoad[]>;
  /** Names of lanes that no process has worked for longer than a handover takes. */
  unworked(): readonly string[];
}
