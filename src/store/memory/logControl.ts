import { isOutsideOfficeHours } from '../../core/audit/logControl.ts';
import { by } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { LogLine, LogOperations, LogPart, LogSpan, LogUse } from '../logPort.ts';
import type { MemoryState } from './state.ts';

export function memoryLogControls(state: MemoryState): LogOperations {
  const linesIn = (org: OrgId, { from, until }: LogSpan): LogLine[] =>
    state.audit
      .filter(
        ({ chain, entry: { at, outcome } }) =>
          chain === org && outcome !== 'STARTED' && at >= from && at < until,
      )
      .map(({ seq, entry: { subjects, key: _key, ...line } }) => ({
        ...line,
        seq,
        subjects: subjects.length,
      }));
  const controlsOf = (org: OrgId) => {
    const known = state.logControls.get(org) ?? [];
    state.logControls.set(org, known);
    return known;
  };
  return {
    async logUses(org, span, most) {
      const lines = linesIn(org, span);
      const groups = Map.groupBy(lines, ({ kind, who, capacity }) => `${kind} ${who} ${capacity}`);
      const uses = [...groups.values()]
        .map(useOf)
        .sort(by(({ who, capacity }) => `${who} ${capacity}`))
        .sort((one, other) => other.shown - one.shown || other.lines - one.lines);
      const sum = (of: (use: LogUse) => number) => uses.reduce((all, use) => all + of(use), 0);
      const all = state.audit.filter(
        ({ chain, entry: { at } }) => chain === org && at >= span.from && at < span.until,
      );
      return {
        uses: uses.slice(0, most),
        callers: uses.length,
        lines: sum((use) => use.lines),
        shown: sum((use) => use.shown),
        identified: sum((use) => use.identified),
        outside: sum((use) => use.outside),
        refused: sum((use) => use.refused),
        upto: uses.length === 0 ? 0 : Math.max(...all.map(({ seq }) => seq)),
      };
    },
    async logLines(org, { part, before, limit, ...span }) {
      return linesIn(org, span)
        .filter((line) => isIn(part, line) && (before === null || line.seq < before))
        .reverse()
        .slice(0, limit);
    },
    async firstLogged(org) {
      return state.audit.find(({ chain }) => chain === org)?.entry.at ?? null;
    },
    async logControls(org, limit) {
      return controlsOf(org)
        .toSorted((one, other) => (one.week < other.week ? 1 : -1))
        .slice(0, limit);
    },
    async signLogControl(org, control) {
      const known = controlsOf(org);
      if (known.some(({ week }) => week === control.week)) return false;
      known.push(control);
      return true;
    },
  };
}

function useOf(lines: readonly LogLine[]): LogUse {
  const [first] = lines;
  if (first === undefined) throw new Error('a group without lines');
  const { kind, who, capacity } = first;
  const sum = (of: (line: LogLine) => number) => lines.reduce((all, line) => all + of(line), 0);
  const given = (line: LogLine) => (line.outcome === 'OK' ? line.subjects : 0);
  return {
    ...{ kind, who, capacity },
    lines: sum(({ times }) => times),
    shown: sum(given),
    identified: sum((line) => (line.access === 'youth:identify' ? given(line) : 0)),
    outside: lines.filter((line) => isIn('outside', line)).length,
    refused: sum((line) => (line.outcome === 'OK' ? 0 : line.times)),
    last:
      lines
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? first.at,
  };
}

function isIn(part: LogPart, { kind, at, subjects, access, outcome }: LogLine): boolean {
  switch (part) {
    case 'all':
      return true;
    case 'outside':
      return kind === 'person' && subjects > 0 && isOutsideOfficeHours(at);
    case 'identified':
      return access === 'youth:identify' && outcome === 'OK' && subjects > 0;
    case 'refused':
      return outcome !== 'OK';
  }
}
