import type { CategoryOut } from '../core/messages/outCodes.ts';
import { osloDate } from '../core/time/oslo.ts';
import type { AlertKind, Deadline } from '../core/youth/youthEvent.ts';
import { ALERT_TITLE } from './alertTitles.ts';
import { norwegianDate } from './norwegian.ts';

/** An alert as shown: no person, only the reference. */
export interface ShownAlert {
  ref: string;
  recorded: string;
  alert: {
    kind: AlertKind;
    category: CategoryOut;
    rule: string;
    /** Why, in a sentence; null for a rule this program does not know. */
    reason: string | null;
    /** Null: the owner is not disclosed. */
    owner: string | null;
    proposed: readonly string[];
    /** Proposed for viaOT; null: nothing. */
    viaOt: 'JA' | 'NEI' | null;
    effective: string;
    deadlines: readonly { what: Deadline['what']; date: string }[];
  };
}

const DEADLINES: Readonly<Record<Deadline['what'], string>> = {
  KONTAKT: 'kontakt',
  VEILEDNINGSTIME: 'veiledningstime',
  AVKLARINGSSAMTALE: 'avklaringssamtale',
  AVKLARINGSMOTE: 'avklaringsmøte',
  OPPFOLGING: 'oppfølging',
};

/** Name of the kind, in bokmål. */
export function alertTitle(kind: AlertKind): string {
  return ALERT_TITLE.nb[kind];
}

export function deadlineTitle(what: Deadline['what']): string {
  return DEADLINES[what];
}

/** Two lines per alert: when and what, then why with the rule. */
export function alertLines(alerts: readonly ShownAlert[]): string {
  if (alerts.length === 0) return 'Ingen varsler ennå.';
  return alerts.map(lines).join('\n');
}

function lines({ ref, recorded, alert }: ShownAlert): string {
  const deadlines = alert.deadlines.map(
    ({ what, date }) => `frist ${DEADLINES[what]} ${norwegianDate(date)}`,
  );
  const via = alert.viaOt === null ? '' : ` med viaOT ${alert.viaOt.toLowerCase()}`;
  const proposed = alert.proposed.length > 0 ? [`foreslår ${alert.proposed.join(' eller ')}${via}`] : [];
  const head = [
    `${alert.category} ${norwegianDate(osloDate(recorded))}`,
    ALERT_TITLE.nb[alert.kind],
    `gjelder fra ${norwegianDate(alert.effective)}`,
    ...proposed,
    ...deadlines,
    ...(alert.owner === null ? [] : [`ansvar ${alert.owner}`]),
  ];
  return [
    head.join(' · '),
    `  Hvorfor: ${alert.reason ?? 'se regelen.'} (${alert.rule})`,
    `  Ungdom ${ref}`,
  ].join('\n');
}
