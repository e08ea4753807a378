import { describe, expect, test } from 'vitest';
import { SCHOOL_DROPOUT_COLUMNS as COLUMNS } from '../../adapters/school-dropout/columns.ts';
import type { FeedColumns } from '../../src/core/feedColumns.ts';
import { orgId } from '../../src/core/organisation.ts';
import { createUploadShelf, type UploadKey } from '../../src/desk/uploads/uploadShelf.ts';
import { notesOf } from '../../src/desk/uploads/uploadView.ts';
import type { ReadSheet } from '../../src/upload/sheet.ts';

const MINUTE = 60_000;
const KEY: UploadKey = { id: 'u-1', org: orgId('telemarkfylke-no'), feed: 'school-dropout', sender: 'one' };

function shelfAt() {
  const clock = { now: 0 };
  const shelf = createUploadShelf(() => clock.now);
  const add = (id: string, sender = 'one', bytes = 10) =>
    shelf.add({
      ...{ ...KEY, id, sender, bytes: Buffer.alloc(bytes), fileHash: Buffer.alloc(32) },
      ...{ sentBefore: null, sheet: null, sheetNeed: null, choices: {}, known: new Map() },
    });
  const has = (id: string, sender = 'one') => {
    try {
      return shelf.take({ ...KEY, id, sender }).id === id;
    } catch (error) {
      expect(error).toMatchObject({ code: 'UPLOAD_GONE' });
      return false;
    }
  };
  return { clock, shelf, add, has };
}

describe('an uploaded list is held', () => {
  test('for half an hour after its last use', () => {
    const { clock, add, has } = shelfAt();
    add('u-1');
    clock.now = 29 * MINUTE;
    expect(has('u-1')).toBe(true);
    clock.now = 58 * MINUTE;
    expect(has('u-1')).toBe(true);
    clock.now = 89 * MINUTE;
    expect(has('u-1')).toBe(false);
  });

  test('for its sender, at its organisation and feed', () => {
    const { shelf, add, has } = shelfAt();
    add('u-1');
    expect(has('u-1', 'another')).toBe(false);
    for (const other of [{ feed: 'vigo-intake' as const }, { org: orgId('rogfk-no') }]) {
      expect(() => shelf.take({ ...KEY, ...other })).toThrow(/Last opp filen på nytt/);
      expect(() => shelf.remove({ ...KEY, ...other })).toThrow(/Last opp filen på nytt/);
    }
    shelf.remove(KEY);
    expect(has('u-1')).toBe(false);
  });

  test('with three others of the same sender; a fifth takes the place of the one unused the longest', () => {
    const { add, has } = shelfAt();
    for (const id of ['u-1', 'u-2', 'u-3', 'u-4']) add(id);
    add('u-9', 'another');
    expect(has('u-1')).toBe(true);
    add('u-5');
    expect(['u-1', 'u-2', 'u-3', 'u-4', 'u-5'].filter((id) => has(id))).toEqual(['u-1', 'u-3', 'u-4', 'u-5']);
    expect(has('u-9', 'another')).toBe(true);
  });

  test('as long as there is room: of all senders the one unused the longest goes first, and a file alone stays', () => {
    const { add, has } = shelfAt();
    const half = 90 * 1024 * 1024;
    add('u-1', 'one', half);
    add('u-2', 'two', half);
    expect(has('u-1', 'one')).toBe(true);
    add('u-3', 'three', half);
    expect([has('u-1', 'one'), has('u-2', 'two'), has('u-3', 'three')]).toEqual([true, false, true]);
    add('u-4', 'four', 3 * half);
    expect([has('u-1', 'one'), has('u-3', 'three'), has('u-4', 'four')]).toEqual([false, false, true]);
  });
});

describe('the sender is informed', () => {
  const sheet: ReadSheet = { kind: 'xlsx', rows: [], merged: [], hiddenSheets: 0, otherSheets: 0 };
  const plan = { header: 2, columns: [], constants: {}, edition: null };
  const rows = { rows: [], hidden: 0, examples: 0 };
  const third: FeedColumns = {
    ...COLUMNS,
    editions: [
      { edition: 3, from: '2027-08-01', news: 'Møtedato er ny.' },
      { edition: 2, from: '2027-01-01', news: 'Tapt rett er ny.' },
      { edition: 1, from: '2026-12-01', news: 'Første utgave.' },
    ],
  };

  test('of nothing when all of the file was read', () => {
    expect(notesOf({ sheet, plan, list: rows }, COLUMNS, false)).toEqual([]);
    expect(notesOf({ sheet, plan: { ...plan, edition: 3 }, list: rows }, third, false)).toEqual([]);
  });

  test('of what was hidden, and of what was not read', () => {
    const notes = notesOf(
      {
        sheet: { ...sheet, hiddenSheets: 1, otherSheets: 2 },
        plan,
        list: { ...rows, hidden: 3, examples: 1 },
      },
      COLUMNS,
      false,
    );
    expect(notes).toEqual([
      '3 skjulte rader er lest sammen med de andre.',
      'Én eksempelrad fra malen er ikke lest.',
      'Ett skjult ark er ikke lest.',
      '2 andre ark uten overskriftene til listen er ikke lest.',
    ]);
  });

  test('of last year’s template, with what is new since, and of one that is not known yet', () => {
    expect(notesOf({ sheet, plan: { ...plan, edition: 1 }, list: rows }, third, false)).toEqual([
      'Filen følger utgave 1 av malen. Den er lest, men utgave 3 gjelder fra 2027-08-01. Nytt siden da: Tapt rett er ny. Møtedato er ny. Hent den nye malen til neste gang.',
    ]);
    expect(notesOf({ sheet, plan: { ...plan, edition: 4 }, list: rows }, third, false)[0]).toMatch(
      /^Filen sier at den følger utgave 4/,
    );
  });
});
