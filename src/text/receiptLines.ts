import type { IsoDate, IsoInstant } from '../core/time/date.ts';
import { norwegianDate, norwegianMoment, norwegianNumber } from './norwegian.ts';

/** A submission as the API lists it. */
interface ShownReceipt {
  id: string;
  feed: string;
  received: IsoInstant;
  rows: number;
  counts: { quarantined: number; waiting: number };
  kind: string;
  stage: string;
  contactBy: IsoDate | null;
}

const STAGES: Readonly<Record<string, string>> = {
  received: 'MOTTATT',
  handled: 'BEHANDLET',
  final: 'ENDELIG',
};

const KINDS: Readonly<Record<string, string>> = {
  form: 'skjema',
  file: 'regneark',
  records: 'fra et system',
};

/** The newest submissions, two lines each. */
export function receiptLines({
  receipts,
  next,
}: {
  receipts: readonly ShownReceipt[];
  next: string | null;
}): string {
  if (receipts.length === 0) return 'Ingenting er sendt ennå.';
  const more = next === null ? [] : ['Det finnes flere, eldre innsendinger.'];
  return [...receipts.map(receiptLine), ...more].join('\n');
}

function receiptLine({ id, feed, received, rows, counts, kind, stage, contactBy }: ShownReceipt): string {
  const { quarantined, waiting } = counts;
  const details = [
    rows === 1 ? '1 rad' : `${norwegianNumber(rows)} rader`,
    KINDS[kind] ?? kind,
    ...(waiting === 0 ? [] : [`${norwegianNumber(waiting)} ikke behandlet`]),
    ...(quarantined === 0 ? [] : [`${norwegianNumber(quarantined)} må rettes`]),
    ...(contactBy === null ? [] : [`OTs frist for kontakt ${norwegianDate(contactBy)}`]),
  ];
  return `${norwegianMoment(received)} · ${STAGES[stage] ?? stage} · ${feed} · ${details.join(', ')}\n  ${id}`;
}
