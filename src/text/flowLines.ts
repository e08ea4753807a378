import { FEED_NAMES } from './names.ts';
import { norwegianMoment } from './norwegian.ts';

interface StandingLine {
  since: string | null;
  what: string;
  cause: string;
  cure: string;
}

interface FeedLine {
  feed: keyof (typeof FEED_NAMES)['nb'];
  last: string | null;
  waiting: number | null;
}

/** What does not move first, and then the feeds that something has come from. */
export function flowLines({
  standing,
  feeds,
}: {
  standing: readonly StandingLine[];
  feeds: readonly FeedLine[];
}): string {
  const still = standing.flatMap(({ what, since, cause, cure }) => [
    `${what}${since === null ? '' : ` (siden ${norwegianMoment(since)})`}`,
    ...(cause === '' ? [] : [`  ${cause}`]),
    `  Gjør dette: ${cure}`,
  ]);
  const flowing = feeds
    .filter(({ last, waiting }) => last !== null || (waiting ?? 0) > 0)
    .map(({ feed, last, waiting }) => {
      const came = last === null ? 'ingen melding ennå' : `sist ${norwegianMoment(last)}`;
      const waits = waiting === null ? 'Kafka svarer ikke' : `${waiting} venter`;
      return `  ${FEED_NAMES.nb[feed]}: ${came}, ${waits}`;
    });
  return [
    ...(still.length === 0 ? ['Ingenting står stille.'] : ['Står stille:', ...still]),
    '',
    ...(flowing.length === 0 ? ['Ingenting er kommet ennå.'] : ['Strømmer:', ...flowing]),
  ].join('\n');
}
