import { createHash } from 'node:crypto';
import type { Reach } from '../../core/access/permission.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { tryRows } from '../dryRun/tryRows.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { openAdapter } from '../submission/openFeed.ts';
import { draftOf, type Sender, type Submit, type Submitted } from '../submission/submit.ts';
import { unknownYouth } from '../youths/youths.ts';
import { type AdviserRecord, adviserRow } from './adviserRecord.ts';
import { numbersOf } from './numbersOf.ts';

type Parts = Pick<
  DeskParts,
  'queries' | 'operations' | 'vault' | 'environment' | 'adapters' | 'decode' | 'dryRun' | 'newId' | 'now'
>;

interface Sending {
  ref: PersonRef;
  record: AdviserRecord;
  /** The same for the same act: what comes again gets the first receipt. 1–200 visible characters. */
  key: string;
  from: Sender;
  reach: Reach;
  /** W3C trace context. */
  traceparent: string | null;
}

/**
 * An adviser's act on a youth within reach, sent on `ot-adviser` as an OT system would: tried first, so that what the feed
 * would turn away is refused with the fields it is about, and nothing is sent. The number goes from the vault into the
 * record and is shown to no one.
 * @param submit of `createSubmit`, on the whole of the parts
 * @throws DeskRefusal UNKNOWN_YOUTH, INVALID_REQUEST, IDEMPOTENCY_CONFLICT, KAFKA_SLOW
 */
export async function sendRecord(
  parts: Parts,
  submit: Submit,
  organisation: Organisation,
  { ref, record, key, from, reach, traceparent }: Sending,
): Promise<Submitted> {
  const row = adviserRow(record, key, await numberOf(parts, organisation, ref));
  const adapter = openAdapter(parts.adapters, 'ot-adviser');
  const permission = { reach, masked: true };
  const { view } = await tryRows(parts, organisation, adapter, { rows: [row], envelope: null, permission });
  const [tried] = view.results;
  if (tried === undefined || tried.outcome === 'quarantined' || tried.outcome === 'rejected')
    throw new DeskRefusal('INVALID_REQUEST', DESK.nb.fixAndSend, {
      problems: tried?.problems ?? [],
    });
  return submit({
    organisation,
    adapter,
    draft: draftOf(parts, key),
    submission: { rows: [row], envelope: null, digest: createHash('sha256').update(row).digest() },
    from,
    reach,
    traceparent,
  });
}

async function numberOf(
  parts: Pick<Parts, 'queries' | 'operations' | 'vault' | 'environment'>,
  organisation: Organisation,
  ref: PersonRef,
): Promise<string> {
  const loaded = await parts.queries.youth(organisation.id, ref);
  if (loaded === undefined) throw unknownYouth();
  const number = (await numbersOf(parts, organisation, [loaded.ref])).get(loaded.ref);
  if (number === undefined) throw unknownYouth();
  return number;
}
