import type { Problem } from '../core/problem.ts';
import { ROW } from '../core/sentences/rows.ts';
import type { Shed } from '../kafka/feedSource.ts';
import { LARGEST_RECORD } from '../kafka/unkeptContent.ts';

/** Why a record's content was not kept, and what its sender does about it. */
export function notKept({ why, bytes }: { why: Shed['why']; bytes?: number }): Problem {
  const size = bytes === undefined ? null : String(Math.ceil(bytes / 1024));
  const most = String(LARGEST_RECORD / 1024);
  switch (why) {
    case 'TOO_LARGE':
      return {
        code: 'TOO_LARGE',
        field: '',
        text: size === null ? ROW.nb.tooLarge(most) : ROW.nb.tooLargeBy(most, size),
        cure: ROW.nb.tooLargeCure,
      };
    case 'UNSTORABLE':
      return {
        code: 'UNSTORABLE',
        field: '',
        text: size === null ? ROW.nb.unstorable : ROW.nb.unstorableOf(size),
        cure: ROW.nb.unstorableCure,
      };
  }
}
