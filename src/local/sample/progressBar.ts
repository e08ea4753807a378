import { osloDate } from '../../core/time/oslo.ts';
import { norwegianDate, norwegianNumber } from '../../text/norwegian.ts';
import type { Progress } from './player.ts';

export interface ProgressPrinter {
  show(progress: Progress): void;
  /** Ends the line, so that what is printed next begins on its own. */
  end(): void;
}

export interface PrinterParts {
  write(text: string): void;
  /** A terminal redraws one line; a file or a pipe gets a plain line now and then. */
  terminal: boolean;
  /** False when NO_COLOR is set to anything but the empty text (no-color.org). */
  colour: boolean;
}

const WIDTH = 28;
/** Plain lines, one per tenth. */
const TENTH = 10;

export function createProgressPrinter({ write, terminal, colour }: PrinterParts): ProgressPrinter {
  let tenths = -1;
  let open = false;
  return {
    show(progress) {
      const share = progress.total === 0 ? 1 : progress.sent / progress.total;
      if (terminal) {
        open = true;
        write(`\r  ${bar(share, colour)} ${text(progress)}\u001b[K`);
        return;
      }
      const reached = Math.floor(share * TENTH);
      if (reached <= tenths) return;
      tenths = reached;
      write(`  ${text(progress)}\n`);
    },
    end() {
      if (open) write('\n');
      open = false;
    },
  };
}

function bar(share: number, colour: boolean): string {
  const full = Math.min(WIDTH, Math.floor(share * WIDTH));
  const done = '█'.repeat(full);
  return `${colour ? `\u001b[32m${done}\u001b[0m` : done}${'░'.repeat(WIDTH - full)}`;
}

function text({ sent, total, now }: Progress): string {
  return `${norwegianDate(osloDate(now))}  ${norwegianNumber(sent)} av ${norwegianNumber(total)} meldinger`;
}
