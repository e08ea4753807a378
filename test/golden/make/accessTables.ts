import { ACCESS, type GuardedAccess } from '../../../src/core/access/access.ts';
import type { Cell, MachineCell } from '../../../src/core/access/cells.ts';
import { MATRIX } from '../../../src/core/access/matrix.ts';
import { ROLES, type Role } from '../../../src/core/access/role.ts';
import { needsSecond } from '../../../src/core/access/wanted.ts';

// The matrix as Markdown tables for docs/drift.md, from the data that decides.

const ROLE_NAMES = Object.keys(ROLES) as Role[];

export function accessMatrix(): string {
  const accesses = Object.keys(ACCESS).filter((access): access is GuardedAccess => access !== 'public');
  const head = ['tilgang', 'scope', ...ROLE_NAMES];
  const rows = accesses.map((access) => {
    const { machine, ...roles } = MATRIX[access];
    return [`\`${access}\``, scopeCell(machine), ...ROLE_NAMES.map((role) => roleCell(roles[role]))];
  });
  return table([head, head.map(() => '---'), ...rows]);
}

export function roleTable(): string {
  const rows = ROLE_NAMES.map((role) => {
    const wanted = { kind: 'role', role, unit: null, institution: null, protectedYouths: false } as const;
    return [`\`${role}\``, ROLES[role], needsSecond(wanted) ? 'drift og personvern' : 'drift'];
  });
  return table([['rolle', 'hva den er', 'gis av'], ['---', '---', '---'], ...rows]);
}

function scopeCell(machine: MachineCell | null): string {
  if (machine === null) return '–';
  return `${machine.scope === 'feed' ? 'strømmens' : `\`${machine.scope}\``}${machine.masked ? ', maskert' : ''}`;
}

const REACH = { county: 'fylket', unit: 'egen enhet', institution: 'egen skole', sender: 'egne' } as const;

function roleCell(cell: Cell | null): string {
  if (cell === null) return '–';
  const { reach, masked, feeds, sheets, stepUp } = cell;
  return [
    REACH[reach],
    ...(feeds === null ? [] : [`strømmene ${feeds.join(', ')}`]),
    ...(sheets === null ? [] : [`rapporten ${sheets.join(', ')}`]),
    ...(masked ? ['maskert'] : []),
    ...(stepUp ? ['ny innlogging'] : []),
  ].join('; ');
}

function table(rows: readonly (readonly string[])[]): string {
  return `${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}
