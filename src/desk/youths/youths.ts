import { wishOutcomes } from '../../core/derive/intake/outcome.ts';
import { type LeavingOutcome, leavingOutcomes } from '../../core/derive/registration/outcome.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Fodselsnummer } from '../../core/person/fodselsnummer.ts';
import { type PersonRef, personOfNumber, personRef } from '../../core/person/reference.ts';
import type { Policy } from '../../core/policy.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import { instantOf } from '../../core/time/date.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { readable } from '../../store/readable.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { type HistoryEntry, historyView } from './historyView.ts';
import { type YouthView, youthView } from './youthView.ts';

type Parts = Pick<DeskParts, 'queries' | 'policyOf'>;
type ReadingParts = Parts & Pick<DeskParts, 'operations' | 'agreementsOf' | 'now'>;

interface AskedYouth {
  ref: PersonRef;
  /** Personal data are masked. */
  masked: boolean;
}

/** @throws DeskRefusal UNKNOWN_YOUTH */
export async function youthNamed(
  parts: ReadingParts,
  { id }: Organisation,
  { ref, masked }: AskedYouth,
): Promise<YouthView> {
  const loaded = await parts.queries.youth(id, ref);
  if (!loaded) throw unknownYouth();
  const progress = progressIn(await parts.queries.alertProgress(id, [loaded.ref]));
  const at = (await parts.operations.virtualNow(id)) ?? instantOf(parts.now());
  const agreements = await parts.agreementsOf(id);
  return youthView(loaded, parts.policyOf(id), { masked, progress, at, agreements });
}

/** All that was reported and decided about a youth, oldest first. @throws DeskRefusal UNKNOWN_YOUTH */
export async function youthHistory(
  parts: Parts,
  { id }: Organisation,
  { ref, masked }: AskedYouth,
): Promise<HistoryEntry[]> {
  const records = await parts.queries.history(id, ref);
  if (records.length === 0) throw unknownYouth();
  const outcomes = outcomesOf(await parts.queries.youth(id, ref), parts.policyOf(id));
  return historyView(records, outcomes, masked);
}

/** The reference of the person with the identity number. @param counted called with whom is asked for, before more is
 *  looked up @throws DeskRefusal UNKNOWN_YOUTH, TOO_MANY_PERSONS */
export async function refOfNumber(
  parts: Pick<DeskParts, 'queries' | 'vault' | 'newId'>,
  organisation: Organisation,
  fodselsnummer: Fodselsnummer,
  counted: (persons: readonly string[]) => Promise<void>,
): Promise<PersonRef> {
  const hmac = parts.vault.hmac(fodselsnummer);
  const known = await parts.queries.refOf(hmac);
  // Unknown numbers count like known ones.
  await counted([known ?? hmac.toString('hex')]);
  // Looked up either way, so that the time it takes does not reveal whether another county knows the person.
  const ref = known === undefined ? personRef(parts.newId()) : personOfNumber(known);
  const loaded = await parts.queries.youth(organisation.id, ref);
  if (!loaded) throw unknownYouth();
  return loaded.ref;
}

/** As all is known now; none for a youth that cannot be read. */
export function outcomesOf(
  loaded: LoadedYouth | undefined,
  policy: Policy,
): ReadonlyMap<string, LeavingOutcome> {
  const youth = loaded === undefined ? undefined : readable(loaded);
  if (youth === undefined) return new Map();
  const { facts, asOf } = youth;
  return new Map([...wishOutcomes(facts, asOf ?? '', policy), ...leavingOutcomes(facts, asOf ?? '', policy)]);
}

export function unknownYouth(): DeskRefusal {
  return new DeskRefusal('UNKNOWN_YOUTH', REFUSAL.nb.noYouth);
}
