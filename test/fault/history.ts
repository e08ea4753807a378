import { createWriteStream } from 'node:fs';
import type { Input } from './load/input.ts';

// What the sender and the nemesis know of themselves, written as it happens. The app's own books are no part.

/** `laneProcess`: one of the app's own processes, which shares the lanes with it. */
export type Target = 'app' | 'laneProcess' | 'kafka' | 'postgres';

export interface Fault {
  at: number;
  what: 'kill' | 'stop' | 'continue' | 'not overtaken';
  target: Target;
  /** Inputs acknowledged until then. */
  acknowledged: number;
  /** Inputs sent until then. */
  sent: number;
}

export interface History {
  /** By number. */
  inputs: Input[];
  /** Deliveries that were asked for, and those that Kafka acknowledged, per input. */
  sends: Map<number, { sent: number; acknowledged: number }>;
  sent: number;
  acknowledged: number;
  /** False while the sender waits for everything to be decided: a kill then would prove nothing. */
  flowing: boolean;
  faults: Fault[];
  send(input: Input): void;
  acknowledge(input: Input): void;
  fault(what: Fault['what'], target: Target): void;
  close(): Promise<void>;
}

/** @param path of the JSON lines; the harness keeps the same in memory for its checkers. */
export function createHistory(path: string): History {
  const lines = createWriteStream(path);
  const write = (line: Record<string, unknown>) =>
    lines.write(`${JSON.stringify({ at: Date.now(), ...line })}\n`);
  const history: History = {
    inputs: [],
    sends: new Map(),
    sent: 0,
    acknowledged: 0,
    flowing: true,
    faults: [],
    send(input) {
      const entry = history.sends.get(input.n) ?? { sent: 0, acknowledged: 0 };
      if (entry.sent === 0) {
        history.inputs[input.n] = input;
        write({ invoke: input.n, input });
      } else {
        write({ invoke: input.n });
      }
      entry.sent += 1;
      history.sends.set(input.n, entry);
      history.sent += 1;
    },
    acknowledge(input) {
      const entry = history.sends.get(input.n);
      if (!entry) throw new Error(`input ${input.n} was acknowledged before it was sent`);
      entry.acknowledged += 1;
      history.acknowledged += 1;
      write({ ok: input.n });
    },
    fault(what, target) {
      const fault = { at: Date.now(), what, target, acknowledged: history.acknowledged, sent: history.sent };
      history.faults.push(fault);
      write({ fault });
    },
    close: () => new Promise((resolve) => lines.end(() => resolve())),
  };
  return history;
}
