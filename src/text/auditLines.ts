import type { Checkpoint } from '../core/audit/chain.ts';
import { INSTALLATION } from '../core/audit/entry.ts';
import type { ChainBreak } from '../core/audit/verification.ts';
import { epochOf, type IsoInstant } from '../core/time/date.ts';

/** What was found of one chain. */
export interface TrailVerdict {
  chain: string;
  broken: ChainBreak | null;
  rows: number;
  last: { seq: number };
  /** When the last row was written. */
  lastAt: IsoInstant | null;
  witnessed: Checkpoint | null;
}

/** An hour between two checkpoints, and time for one that failed. */
const UNSIGNED_MS = 2 * 60 * 60_000;

const BREAKS: Record<ChainBreak['kind'], string> = {
  CHANGED: 'linjen er endret, byttet eller satt inn',
  MISSING: 'her mangler linjer',
  EXTRA: 'linjen har et nummer som er brukt før',
  CUT: 'herfra er sporet borte',
  BEYOND_HEAD: 'linjene herfra er ikke ført av broen',
  OTHER_HEAD: 'siste linje er ikke den som ble ført sist',
  REWRITTEN: 'linjen er ikke den som ble signert: sporet er regnet ut på nytt',
};

const CURE =
  'Stans broen, ta vare på databasen som den er, hent sporet fra sikkerhetskopien fra før bruddet, og si fra til personvernombudet (docs/driftshandbok.md, AUDIT_BROKEN).';

/** Chain by chain, and whether all of it is whole and witnessed. @param invalid checkpoints whose signature is false */
export function trailLines(
  chains: readonly TrailVerdict[],
  invalid: number,
): { text: string; whole: boolean } {
  const lines = chains.map(chainLine);
  const broken = chains.some(({ broken: found }) => found !== null);
  const forged =
    invalid === 0
      ? []
      : [
          `${invalid} sjekkpunkter har en signatur som ingen av nøklene har laget. Oppgi eldre nøkler med --nokkel.`,
        ];
  const none = chains.length === 0 ? ['Revisjonssporet er tomt.'] : [];
  return {
    text: [...none, ...lines.map(({ text }) => text), ...forged, ...(broken ? [CURE] : [])].join('\n'),
    whole: forged.length === 0 && lines.every(({ whole }) => whole),
  };
}

function chainLine({ chain, broken, rows, last, lastAt, witnessed }: TrailVerdict): {
  text: string;
  whole: boolean;
} {
  const name = chain === INSTALLATION ? 'Hele installasjonen' : chain;
  if (broken !== null)
    return { text: `${name}: BRUDD ved linje ${broken.seq}: ${BREAKS[broken.kind]}.`, whole: false };
  const read = `${name}: ${rows} linjer til nr. ${last.seq} henger sammen`;
  if (lastAt === null && last.seq === 0) return { text: `${name}: ingen linjer.`, whole: true };
  if (witnessed === null)
    return { text: `${read}, men intet signert sjekkpunkt bekrefter dem.`, whole: false };
  const until = `signert til nr. ${witnessed.seq} ${witnessed.at}`;
  const unsigned = lastAt === null ? 0 : epochOf(lastAt) - epochOf(witnessed.at);
  if (unsigned > UNSIGNED_MS)
    return { text: `${read}, men bare ${until}: sjekkpunktene etter mangler.`, whole: false };
  return { text: `${read}, ${until}.`, whole: true };
}

/** A line of a youth's «who has seen». */
export interface SeenLine {
  at: IsoInstant;
  who: string;
  capacity: string | null;
  operation: string;
  purpose: string | null;
  item: string | null;
  outcome: string;
}

export function seenLines(seen: readonly SeenLine[]): string {
  if (seen.length === 0) return 'Ingen har sett noe om ungdommen.';
  return seen
    .map(({ at, who, capacity, operation, purpose, item, outcome }) => {
      const as = capacity === null ? '' : ` (${capacity})`;
      const why = [purpose, item].filter((each) => each !== null).join(', ');
      const refused = outcome === 'OK' ? '' : `  AVVIST: ${outcome}`;
      return `${osloText(at)}  ${who}${as}  ${operation}${why === '' ? '' : `  ${why}`}${refused}`;
    })
    .join('\n');
}

function osloText(instant: IsoInstant): string {
  return new Intl.DateTimeFormat('nb', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Oslo',
  }).format(epochOf(instant));
}
