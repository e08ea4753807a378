import type { Organisation, OrgId } from '../../core/organisation.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { instantOf } from '../../core/time/date.ts';
import type { ListAct, ListState } from '../../store/operationsPort.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { mustAllow } from './listAllows.ts';
import { type ListView, listView } from './listView.ts';

interface ListName {
  list: string;
  run: string;
}

/** The lists that came, the newest first. @param asked `list`: null for all */
export async function listsOf(
  { queries }: Pick<DeskParts, 'queries'>,
  { id: org }: Organisation,
  asked: { list: string | null; limit: number },
): Promise<ListView[]> {
  return (await queries.lists(org, asked)).map(listView);
}

/** @throws DeskRefusal UNKNOWN_LIST */
export async function listNamed(
  parts: Pick<DeskParts, 'queries'>,
  { id: org }: Organisation,
  name: ListName,
): Promise<ListView> {
  return listView(await stateOf(parts, org, name));
}

/** What a person decides about a list. */
interface Decision extends Pick<ListAct, 'act' | 'reason'> {
  /** Name of the principal. */
  who: string;
}

/** What a person decides is noted with the list, which is then judged as any other: what follows for the youths goes
 *  through the bridge's own feed and nowhere else. Resolves with the list as it is now.
 *  @throws DeskRefusal UNKNOWN_LIST, LIST_NOT_HELD, LIST_OUTDATED, LIST_CHANGED */
export async function actOnList(
  parts: Pick<DeskParts, 'queries' | 'operations' | 'now' | 'log'>,
  { id: org }: Organisation,
  name: ListName,
  decision: Decision,
): Promise<ListView> {
  const { list, run } = name;
  const state = await stateOf(parts, org, name);
  mustAllow(state, decision.act);
  const recorded = (await parts.operations.virtualNow(org)) ?? instantOf(parts.now());
  const { act, reason, who } = decision;
  if (
    !(await parts.operations.actOnList({ org, list, run, recorded, who, seen: state.verdict, act, reason }))
  )
    throw new DeskRefusal('LIST_CHANGED', DESK.nb.listHandled);
  parts.log({ event: 'listActed', org, list, run, how: act });
  return listView(await stateOf(parts, org, name));
}

async function stateOf(
  { queries }: Pick<DeskParts, 'queries'>,
  org: OrgId,
  { list, run }: ListName,
): Promise<ListState> {
  const found = await queries.list(org, list, run);
  if (found) return found;
  throw new DeskRefusal('UNKNOWN_LIST', DESK.nb.noList);
}
