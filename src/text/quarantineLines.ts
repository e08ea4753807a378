import type { Feed } from '../core/youth/statusEvent.ts';
import type { ItemAct } from '../store/bulkPort.ts';
import { FEED_NAMES } from './names.ts';
import { counted, norwegianMoment, norwegianNumber } from './norwegian.ts';

// What could not be used, and who waits for it, for a terminal (bokmål).

interface Group {
  id: string;
  feed: Feed | null;
  field: string;
  raw: string | null;
  text: string;
  alike: boolean;
  items: number;
  oldest: string;
  newest: string;
}

export function quarantineGroupLines(groups: readonly Group[]): string {
  if (groups.length === 0) return 'Ingenting er i karantene.';
  return groups
    .flatMap(({ id, feed, field, raw, text, alike, items, oldest, newest }) => [
      `${feedName(feed)}: ${counted(items, 'melding', 'meldinger')}, den eldste fra ${norwegianMoment(oldest)}`,
      `  ${field}${raw === null ? '' : ` «${raw}»`}: ${text}`,
      `  Gruppe ${id}, --til ${newest}.${alike ? ' Alle har samme kode, og kan rettes samlet.' : ''}`,
    ])
    .join('\n');
}

interface Work {
  act: ItemAct['type'];
  state: 'running' | 'done' | 'stopped';
  items: number;
  handled: number;
  later: number;
  failures: readonly { item: string; text: string }[];
  trouble: 'KAFKA_SLOW' | 'NOT_PERMITTED' | null;
}

const ACTS: Readonly<Record<Work['act'], string>> = {
  mend: 'rettet og sendt på nytt',
  replay: 'spilt av på nytt',
  release: 'sluppet videre',
  discard: 'lagt bort',
};

const LOST = 'Den som begynte det, har ikke lenger tilgang. Be en som har tilgang, begynne på resten.';

/** All that did not go is listed: it is still in quarantine, or waits. */
export function workLines({ act, state, trouble, items, handled, later, failures }: Work): string {
  const well = handled - failures.length;
  return [
    `${norwegianNumber(well)} av ${counted(items, 'melding', 'meldinger')} er ${ACTS[act]}.${state === 'stopped' ? ` Arbeidet ble stoppet.${trouble === 'NOT_PERMITTED' ? ` ${LOST}` : ''}` : ''}`,
    ...(later === 0
      ? []
      : [`${counted(later, 'melding', 'meldinger')} kom etter at du så gruppen, og er ikke med.`]),
    ...failures.map(({ item, text }) => `  ${item}: ${text}`),
  ].join('\n');
}

interface Waiting {
  feed: Feed | null;
  count: number;
  records: number;
  persons: readonly { ref: string; records: number; since: string }[];
}

export function waitingLines(groups: readonly Waiting[]): string {
  if (groups.length === 0) return 'Ingen venter.';
  return groups
    .flatMap(({ feed, count, records, persons }) => [
      `${feedName(feed)}: ${counted(count, 'ungdom', 'ungdommer')} venter med ${counted(records, 'melding', 'meldinger')}`,
      ...persons.map(
        (each) =>
          `  ${each.ref}: ${counted(each.records, 'melding', 'meldinger')} siden ${norwegianMoment(each.since)}`,
      ),
    ])
    .join('\n');
}

function feedName(feed: Feed | null): string {
  return feed === null ? 'Ukjent strøm' : FEED_NAMES.nb[feed];
}
