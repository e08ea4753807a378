import type { Verdict } from '../core/feedAdapter.ts';
import { by } from '../core/order.ts';
import type { PersonRef } from '../core/person/reference.ts';
import type { Commit } from '../store/port.ts';
import { packRecord } from '../wire/sealedRecord.ts';
import { type Decided, end, nothingDecided } from './decidedBatch.ts';
import { type DecidingParts, decidePerson } from './decidePerson.ts';
import { keepForOperator } from './keptForOperator.ts';
import type { People } from './load.ts';
import type { Reading } from './read.ts';
import { brokenRow, listRow } from './rowSeen.ts';

/** Person by person, each person's records in offset order; nothing leaves memory. */
export function decideAll<Applied, Written>(
  parts: DecidingParts<Applied, Written>,
  readings: readonly Reading[],
  people: People,
): Decided<Applied, Written> {
  const decided = nothingDecided<Applied, Written>();
  const persons = new Map<PersonRef, Reading[]>();

  for (const reading of readings) {
    const { verdict } = reading;
    switch (verdict.kind) {
      case 'notOurs':
        end(decided, reading, 'not-ours');
        break;
      case 'malformed':
        note(parts, decided, reading, verdict, people);
        end(decided, reading, 'malformed', verdict.problems);
        break;
      case 'manifest':
        decided.commit.listRows.push(listRow(reading, verdict.envelope));
        end(decided, reading, 'manifest');
        break;
      case 'listed': {
        const ref = people.refOf(verdict.person);
        const sealed = verdict.hold ? parts.vault.seal(packRecord(reading.record)) : null;
        const { rowKey } = verdict;
        decided.commit.listRows.push({ ...listRow(reading, verdict.envelope), rowKey, ref, sealed });
        if (verdict.hold) end(decided, reading, 'held');
        else recordsOf(persons, ref).push(reading);
        break;
      }
      case 'event': {
        const ref = reading.asked ? people.knownRefOf(verdict.person) : people.refOf(verdict.person);
        if (ref === undefined) end(decided, reading, 'not-kept');
        else recordsOf(persons, ref).push(reading);
        break;
      }
      case 'renumbered':
        join(persons, people.refOf(verdict.former), people.refOf(verdict.person)).push(reading);
        break;
    }
  }
  for (const own of new Set(persons.values())) decidePerson(parts, decided, own, people);
  return decided;
}

function recordsOf(persons: Map<PersonRef, Reading[]>, ref: PersonRef): Reading[] {
  const known = persons.get(ref);
  if (known !== undefined) return known;
  const own: Reading[] = [];
  persons.set(ref, own);
  return own;
}

/** Two references of one person: all their records in the batch share one order. */
function join(persons: Map<PersonRef, Reading[]>, one: PersonRef, other: PersonRef): Reading[] {
  const [kept, joined] = [recordsOf(persons, one), recordsOf(persons, other)];
  if (kept === joined) return kept;
  kept.push(...joined);
  kept.sort(by(({ record }) => record.offset));
  for (const [ref, own] of persons) if (own === joined) persons.set(ref, kept);
  return kept;
}

/** Kept with all its problems, and seen in its list, if it is in one. */
function note(
  parts: Pick<DecidingParts<unknown, unknown>, 'vault'>,
  decided: Decided<unknown, unknown>,
  reading: Reading,
  { problems, row }: Extract<Verdict, { kind: 'malformed' }>,
  people: People,
): void {
  const id = quarantine(parts, decided, reading, problems);
  if (row?.envelope)
    decided.commit.listRows.push(brokenRow(parts.vault, reading, row, row.envelope, people, id));
}

function quarantine(
  parts: Pick<DecidingParts<unknown, unknown>, 'vault'>,
  decided: Decided<unknown, unknown>,
  reading: Reading,
  problems: Commit['receipts'][number]['problems'],
): string {
  const id = keepForOperator(parts, decided, reading, problems);
  decided.quarantined.push({ reading, id });
  return id;
}
