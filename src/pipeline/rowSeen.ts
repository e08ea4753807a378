import type { BrokenRow, ListEnvelope } from '../core/feedAdapter.ts';
import type { MaskedText } from '../core/person/maskedText.ts';
import { UUID } from '../core/uuid.ts';
import { headerText, REPLAY_OF } from '../kafka/headers.ts';
import type { ListRow } from '../store/port.ts';
import type { Vault } from '../store/vault.ts';
import type { People } from './load.ts';
import type { Reading } from './read.ts';

/** A record that belongs to a list; without a key it is none of the list's rows. */
export function listRow({ record, received, receipt, row }: Reading, envelope: ListEnvelope): ListRow {
  const replayOf = headerText(record.headers, REPLAY_OF);
  return {
    offset: record.offset,
    envelope,
    rowKey: null,
    ref: null,
    sealed: null,
    received,
    receipt,
    // A NAV delivery may come in several submissions, each of which numbers its rows from 1.
    number: envelope.list === 'nav' ? null : row,
    quarantine: null,
    nameless: null,
    replayOf: replayOf !== null && UUID.test(replayOf) ? replayOf : null,
  };
}

/**
 * A row that cannot be used was seen. Its key is a keyed digest of all it says; who it is about, when that cannot be known,
 * one of the number as it was written, so that tomorrow's row about the same person is known again by it.
 * @param quarantine the item that keeps it.
 */
export function brokenRow(
  vault: Pick<Vault, 'digest'>,
  reading: Reading,
  { person, written }: BrokenRow,
  envelope: ListEnvelope,
  people: Pick<People, 'knownRefOf'>,
  quarantine: string,
): ListRow {
  const digest = (text: string | MaskedText) =>
    vault.digest('list-row', text).toString('base64url').slice(0, 22);
  const whole = digest(reading.record.value?.toString('base64') ?? '');
  const says = written === null ? whole : digest(written);
  const ref = person === null ? undefined : people.knownRefOf(person);
  // An unknown person is missing from no list.
  const nameless = person === null ? says : null;
  return { ...listRow(reading, envelope), rowKey: `bad:${whole}`, ref: ref ?? null, quarantine, nameless };
}
