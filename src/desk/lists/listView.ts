import type { ListAct, ListState } from '../../store/operationsPort.ts';
import { allowedActs } from './listAllows.ts';
import { listText, type ShownState, shownState } from './listText.ts';

/** A list that came, and what has become of it. */
export interface ListView {
  list: string;
  run: string;
  state: ShownState;
  reason: string | null;
  /** When its first row came. */
  opened: string;
  completed: string | null;
  /** How many rows it is to have. */
  announced: number | null;
  /** Rows seen, invalid ones too. */
  seen: number;
  bad: number;
  /** Of the invalid ones, those whose person cannot be read. */
  nameless: number;
  /** Rows that repeat another. */
  double: number;
  /** How many were reported as gone, or are what the reason is about. */
  affected: number | null;
  /** How many are missing and may be in a row that cannot be read. */
  doubtful: number;
  /** Rows under the same id after the list was complete. */
  surplus: number;
  acts: ListState['acts'][number][];
  /** What a person may decide about it now. */
  allows: ListAct['act'][];
  text: string;
}

export function listView(list: ListState): ListView {
  const { reason, opened, completed, total, seen, records, bad, nameless } = list;
  const { affected, doubtful, surplus, acts, run } = list;
  return {
    ...{ list: list.list, run, state: shownState(list), reason, opened, completed },
    ...{ announced: total, seen, bad, nameless, double: records - seen, affected, doubtful, surplus },
    acts: [...acts],
    allows: allowedActs(list),
    text: listText(list),
  };
}
