import type { IsoInstant } from '../core/time/date.ts';
import { norwegianMoment } from './norwegian.ts';

/** A delivery of answers: what has become of it, and what to do. */
export interface ShownDelivery {
  run: string;
  text: string;
  cure: string | null;
}

/** A list to NAV as the API shows it. */
export interface ShownNavList {
  id: string;
  state: string;
  /** Null until it is ready. */
  rows: number | null;
  fetched: number;
  withdrawn: number;
  answered: number;
  open: number;
  unanswered: string;
  deliveries: readonly ShownDelivery[];
}

/** That NAV was given a row about a youth, as the API shows it. */
export interface ShownDisclosure {
  at: IsoInstant;
  how: 'extract' | 'fetch';
  batch: string;
  ref: string;
  recipient: string;
  legalBasis: string;
  decision: string;
  consentVersion: string;
}

/** @param about whose youth each is, in a list of several */
export function disclosureLines(disclosures: readonly ShownDisclosure[], about: 'one' | 'several'): string {
  return disclosures
    .map(({ at, how, batch, ref, recipient, legalBasis, decision, consentVersion }) => {
      const what = how === 'extract' ? `satt i liste ${batch}` : `hentet i liste ${batch}`;
      const on = `grunnlag ${legalBasis}, avgjørelse ${decision}, samtykke ${consentVersion}`;
      const who = about === 'several' ? `  ungdom ${ref}` : '';
      return `${norwegianMoment(at)}  NAV ${recipient}: ${what}${who}  (${on})`;
    })
    .join('\n');
}

/** One list in a line, and below it what became of each delivery of answers. */
export function navListLines(list: ShownNavList): string {
  return [navListLine(list), ...list.deliveries.flatMap(deliveryWithCure)].join('\n');
}

/** The same without what changes as time goes by: who has been withdrawn since, and who has not been answered about. */
export function navMonthLines(list: ShownNavList): string {
  const { id, rows, fetched, answered } = list;
  const line = `${id}: ${rows} spurt om, ${fetched} hentet, ${answered} besvart`;
  return [line, ...deliveryLines(list)].join('\n');
}

/** Deliveries to months that have no list. */
export function looseDeliveryLines(deliveries: readonly ShownDelivery[]): string[] {
  return deliveries.length === 0
    ? []
    : ['Leveranser til måneder uten liste:', ...deliveries.flatMap(deliveryWithCure)];
}

function deliveryWithCure({ run, text, cure }: ShownDelivery): string[] {
  return [`  ${run}: ${text}`, ...(cure === null ? [] : [`    Gjør dette: ${cure}`])];
}

function deliveryLines({ deliveries }: ShownNavList): string[] {
  return deliveries.map(({ run, text }) => `  ${run}: ${text}`);
}

export function navListLine({ id, state, rows, ...counts }: ShownNavList): string {
  if (state === 'making') return `${id}: lages nå`;
  const { fetched, withdrawn, answered, open, unanswered } = counts;
  const waiting = unanswered === 'IKKE_SVART' ? 'ikke svart' : 'venter';
  return `${id}: ${rows} spurt om, ${fetched} hentet, ${withdrawn} trukket, ${answered} besvart, ${open} ${waiting}`;
}
