/** People as an adviser requested them, for the screen only. */
export interface ShownIdentities {
  people: readonly { ref: string; fodselsnummer: string; navn: string | null; andreNumre: number }[];
  refused: readonly { ref: string; reason: string }[];
  unknown: readonly string[];
}

export function identityLines({ people, refused, unknown }: ShownIdentities): string {
  const lines = [
    ...people.map(({ ref, fodselsnummer, navn, andreNumre }) => {
      return `${fodselsnummer}${others(andreNumre)}  ${navn ?? 'uten meldt navn'}  ${ref}`;
    }),
    ...refused.map(({ ref, reason }) => `Vises ikke: ${ref}. ${reason}`),
    ...unknown.map((ref) => `Ikke kjent her: ${ref}.`),
  ];
  return lines.length === 0 ? 'Ingen i listen.' : [...lines, 'Oppslaget er loggført.'].join('\n');
}

function others(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' (har hatt ett nummer til)' : ` (har hatt ${count} numre til)`;
}
