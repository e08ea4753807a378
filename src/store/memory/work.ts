import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import { type PersonRef, personRef } from '../../core/person/reference.ts';
import { progressIn } from '../../core/worklist/alertProgress.ts';
import { type KeptRow, type KeptYouth, TURNING } from '../../core/worklist/kept.ts';
import { placeOf, type RowPlace } from '../../core/worklist/row.ts';
import { WORKLIST_IDS } from '../../core/worklist/worklistId.ts';
import type {
  WorkAsked,
  WorkOrder,
  WorkPage,
  WorkPageAsked,
  WorkProjection,
  WorkReach,
  WorkReading,
} from '../workPort.ts';
import { loadYouth } from './loadYouth.ts';
import type { MemoryState } from './state.ts';

interface Projection {
  rules: string | null;
  from: string;
  until: string;
  /** Null: cannot be read. */
  youths: Map<PersonRef, KeptYouth | null>;
  /** What each was decided from. */
  known: Map<PersonRef, string>;
}

type OwnRow = KeptRow & { ref: PersonRef; units: readonly string[] };

/** The rows of worklists and letters in memory. All youths are looked at in one step. */
export function memoryWork(state: MemoryState): WorkProjection & WorkReading {
  const all = new Map<OrgId, Projection>();
  return {
    async projectWork(org, { rules, today, days, keepFor }) {
      const known = all.get(org) ?? { rules: null, from: '', until: '', youths: new Map(), known: new Map() };
      all.set(org, known);
      if (known.rules !== rules || known.from > today || known.until < days.until) {
        known.known.clear();
        Object.assign(known, { rules, ...days });
      }
      const keep = keepFor({ from: days.from, until: known.until });
      for (const key of state.youths.keys()) {
        if (!key.startsWith(`${org}/`)) continue;
        const ref = personRef(key.slice(org.length + 1));
        const progress = [...state.progress.values()].filter((each) => each.org === org && each.ref === ref);
        const loaded = loadYouth(state, org, ref);
        const opened = progress.map((each) => `${each.cause} ${each.opened}`);
        const from = `${loaded.version} ${loaded.parked} ${opened}`;
        if (known.known.get(ref) === from) continue;
        known.youths.set(ref, keep(loaded, progressIn(progress)));
        known.known.set(ref, from);
      }
      return 'done';
    },
    async workPage(org, asked) {
      const known = thereFor(all.get(org), asked);
      return known === undefined ? null : pageOf(known, asked);
    },
    async workTurning(org, asked) {
      const known = thereFor(all.get(org), asked);
      if (known === undefined) return null;
      return rowsIn(known, asked)
        .flatMap(({ list, ref }) => (list === TURNING ? [ref] : []))
        .sort();
    },
    async workCounts(org, { soon, ...asked }) {
      const known = thereFor(all.get(org), asked);
      if (known === undefined) return null;
      const rows = rowsIn(known, asked).filter(({ hidden }) => !hidden);
      const lists = WORKLIST_IDS.map((list) => {
        const own = rows.filter((row) => row.list === list);
        const due = own.flatMap(({ deadline }) => deadline ?? []);
        return {
          list,
          rows: own.length,
          urgent: own.filter(({ priority }) => priority === 'HOY').length,
          dueSoon: due.filter((date) => date >= asked.today && date <= soon).length,
          overdue: due.filter((date) => date < asked.today).length,
        };
      });
      return { lists: lists.filter((each) => each.rows > 0), unreadable: unreadableIn(known, asked.within) };
    },
  };
}

function thereFor(known: Projection | undefined, { rules, today }: WorkAsked): Projection | undefined {
  if (known === undefined || known.rules !== rules) return undefined;
  return known.from <= today && today < known.until ? known : undefined;
}

function rowsIn({ youths }: Projection, { today, within }: WorkAsked): OwnRow[] {
  return [...youths].flatMap(([ref, youth]) => {
    if (youth === null) return [];
    const { units, rows } = youth;
    const there = rows.filter(
      (row) => (row.from === null || row.from <= today) && (row.until === null || today < row.until),
    );
    const reached = there.filter(({ hidden }) => {
      const own = hidden ? within.hiddenUnits : within.units;
      return own === null || own.some((unit) => units.includes(unit));
    });
    return reached.map((row) => ({ ...row, ref, units }));
  });
}

function unreadableIn({ youths }: Projection, { units }: WorkReach): number {
  return units === null ? [...youths.values()].filter((youth) => youth === null).length : 0;
}

function pageOf(known: Projection, asked: WorkPageAsked): WorkPage {
  const { list, owner, order, after, limit, without } = asked;
  const rows = rowsIn(known, asked).filter((row) => row.list === list && !without.includes(row.ref));
  const shown = rows.filter(({ hidden }) => asked.hidden || !hidden);
  const place = placeIn(order);
  const own = shown.filter((row) => owner === null || row.owner === owner).sort(by(place));
  const before = after === null ? 0 : own.filter((row) => place(row) <= place(after)).length;
  const places = own
    .slice(before, before + limit)
    .map(({ priority, deadline, since, ref, number }) => ({ priority, deadline, since, ref, number }));
  return {
    places,
    more: own.length > before + places.length,
    total: own.length,
    urgent: own.filter(({ priority }) => priority === 'HOY').length,
    before,
    owners: [...new Set(shown.map((row) => row.owner))].sort(),
    leftOut: rows.length - shown.length,
    unreadable: unreadableIn(known, asked.within),
  };
}

function placeIn(order: WorkOrder): (row: RowPlace) => string {
  return order === 'urgency' ? placeOf : (row) => `${row.deadline ?? '9999'} ${placeOf(row)}`;
}
