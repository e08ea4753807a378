import type { ListAct, ListState } from '../../store/operationsPort.ts';
import { DeskRefusal } from '../refusal.ts';
import { shownState } from './listText.ts';

// Which lists a person may settle how. Each refuses with what to do instead.

const ALLOWS: Readonly<Record<ListAct['act'], (list: ListState) => void>> = {
  confirm: confirmable,
  conclude: concludable,
  drop: droppable,
};

/** @throws DeskRefusal LIST_NOT_HELD, LIST_OUTDATED */
export function mustAllow(list: ListState, act: ListAct['act']): void {
  ALLOWS[act](list);
}

/** What a person may decide about the list as it is. */
export function allowedActs(list: ListState): ListAct['act'][] {
  return (Object.keys(ALLOWS) as ListAct['act'][]).filter((act) => {
    try {
      mustAllow(list, act);
      return true;
    } catch (error) {
      if (error instanceof DeskRefusal) return false;
      throw error;
    }
  });
}

function confirmable(list: ListState): void {
  if (shownState(list) !== 'held' || list.reason !== 'LIST_SHRUNK')
    throw notHeld('Bare en liste som er holdt tilbake fordi den er blitt mye kortere, kan bekreftes.');
  newest(list);
}

function droppable(list: ListState): void {
  const state = shownState(list);
  if (state === 'held' || state === 'incomplete') return;
  throw notHeld('Bare en liste som mangler rader eller er holdt tilbake, kan legges bort.');
}

/** A NAV delivery that lacks answers, or has some that cannot be read, may be used without them. */
const LEAVES_OUT: ReadonlySet<string | null> = new Set(['NAV_BAD_ROWS', 'NAV_PARTIAL']);

function concludable(list: ListState): void {
  const state = shownState(list);
  const nav = list.list === 'nav';
  if (nav && state === 'incomplete')
    throw notHeld(
      'Av en NAV-leveranse som mangler rader, brukes ingenting. Be NAV sende resten, eller legg den bort.',
    );
  const leftOut = nav && state === 'held' && LEAVES_OUT.has(list.reason);
  const doubtful = state === 'concluded' && list.doubtful > 0;
  if (!(state === 'incomplete' || leftOut || doubtful))
    throw notHeld(
      state === 'held'
        ? 'Denne listen kan ikke brukes slik den står. Les «text»: den må bekreftes, eller sendes på nytt.'
        : 'Listen venter ikke på noen avgjørelse.',
    );
  if (!nav) newest(list);
}

function newest({ outdated }: ListState): void {
  if (!outdated) return;
  throw new DeskRefusal(
    'LIST_OUTDATED',
    'En nyere liste er kommet. Avgjør den nyeste; denne kan ikke lenger si hvem som er borte.',
  );
}

function notHeld(why: string): DeskRefusal {
  return new DeskRefusal('LIST_NOT_HELD', `${why} Hent listen på nytt og se hva som gjelder.`);
}
