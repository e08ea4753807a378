import { LIST } from '../../core/sentences/lists.ts';
import type { ListState } from '../../store/operationsPort.ts';

export const LIST_STATES = [
  'incomplete',
  'complete',
  'concluded',
  'held',
  'superseded',
  'dropped',
  'delta',
] as const;
export type ShownState = (typeof LIST_STATES)[number];

export function shownState({ type, completed, verdict }: ListState): ShownState {
  if (verdict === 'refused') return 'held';
  if (verdict !== null) return verdict;
  if (type === 'DELTA') return 'delta';
  return completed === null ? 'incomplete' : 'complete';
}

/** What has become of a list, and what its sender or an operator can do, in bokmål. */
export function listText(list: ListState): string {
  switch (shownState(list)) {
    case 'incomplete':
      return incomplete(list);
    case 'complete':
      return LIST.nb.complete;
    case 'concluded':
      return concluded(list);
    case 'held':
      return held(list);
    case 'superseded':
      return LIST.nb.superseded;
    case 'dropped':
      return LIST.nb.dropped;
    case 'delta':
      return LIST.nb.delta;
  }
}

/** Of its parts; the parts are sentences, and each has its own in nynorsk. */
function sentences(...parts: readonly string[]): string {
  return parts.join(' ');
}

function incomplete({ list, total, seen, records }: ListState): string {
  const t = LIST.nb;
  const nothing = list === 'nav' ? t.noAnswer : t.nobody;
  if (total === null) return sentences(t.totalUnknown(rows(seen)), nothing, t.sendManifest);
  if (seen > total) return sentences(t.tooMany(rows(seen), String(total)), nothing, t.sendNew);
  if (records >= total) return t.repeats(rows(records));
  return sentences(t.part(String(seen), rows(total)), nothing, t.sendRest);
}

function concluded({ list, affected, bad, doubtful, reason }: ListState): string {
  const t = LIST.nb;
  const many = affected ?? 0;
  const leftOut = bad === 0 ? [] : [t.leftOut(rows(bad))];
  if (list === 'nav')
    return sentences(t.answersUsed(String(many)), ...leftOut, ...(reason === null ? [] : [t.late]));
  const gone = many === 0 ? t.noneGone : t.gone(String(many));
  return sentences(t.used, gone, ...leftOut, ...(doubtful === 0 ? [] : [t.doubtful(String(doubtful))]));
}

function held({ reason, affected, bad }: ListState): string {
  const t = LIST.nb;
  const many = affected ?? 0;
  switch (reason) {
    case 'LIST_SHRUNK':
      return t.shrunk(String(many));
    case 'NAV_STRANGER':
      return t.strangers(rows(many));
    case 'NAV_PARTIAL':
      return t.partial(String(many));
    case 'NAV_BAD_ROWS':
      return t.badRows(rows(bad));
    case 'NAV_CONTRADICTION':
      return t.contradiction;
    default:
      return t.unopened;
  }
}

function rows(count: number): string {
  return count === 1 ? '1 rad' : `${count} rader`;
}
