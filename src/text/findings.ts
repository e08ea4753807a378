/** One thing that was looked at. The texts are in bokmål, and hold no secret and nothing of a person. */
export interface Finding {
  checked: string;
  level: 'ok' | 'warning' | 'fault';
  found: string;
  /** Null when all is well. */
  cure: string | null;
}

export interface Section {
  title: string;
  findings: Finding[];
}

export function ok(checked: string, found: string): Finding {
  return { checked, level: 'ok', found, cure: null };
}

export function warning(checked: string, found: string, cure: string): Finding {
  return { checked, level: 'warning', found, cure };
}

export function fault(checked: string, found: string, cure: string): Finding {
  return { checked, level: 'fault', found, cure };
}

/** As a command ends: 0 all well, 1 something to look at, 2 a fault. */
export function exitCodeOf(sections: readonly Section[]): number {
  const levels = new Set(sections.flatMap(({ findings }) => findings.map(({ level }) => level)));
  if (levels.has('fault')) return 2;
  return levels.has('warning') ? 1 : 0;
}

const MARKS = { ok: 'OK   ', warning: 'SE PÅ', fault: 'FEIL ' } as const;

export function reportOf(sections: readonly Section[]): string {
  const all = sections.flatMap(({ findings }) => findings);
  const count = (level: Finding['level']) => all.filter((each) => each.level === level).length;
  const lines = sections.flatMap(({ title, findings }) => [title, ...findings.flatMap(linesOf), '']);
  return [
    ...lines,
    `${all.length} kontroller: ${count('ok')} i orden, ${count('warning')} å se på, ${count('fault')} feil.`,
  ].join('\n');
}

function linesOf({ checked, level, found, cure }: Finding): string[] {
  const line = `  ${MARKS[level]}  ${checked}: ${found}`;
  return cure === null ? [line] : [line, `         Gjør dette: ${cure}`];
}
