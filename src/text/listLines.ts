/** A list as the API shows it. */
interface ShownList {
  list: string;
  run: string;
  state: string;
  opened: string;
  announced: number | null;
  seen: number;
  bad: number;
  text: string;
  acts: readonly { act: string; who: string; reason: string; recorded: string }[];
}

const STATES: Readonly<Record<string, string>> = {
  incomplete: 'IKKE HEL',
  complete: 'VURDERES',
  concluded: 'BRUKT',
  held: 'HOLDT TILBAKE',
  superseded: 'FOR GAMMEL',
  dropped: 'LAGT BORT',
  delta: 'ENDRINGER',
};

const ACTS: Readonly<Record<string, string>> = {
  confirm: 'Bekreftet',
  conclude: 'Brukt slik den står',
  drop: 'Lagt bort',
};

export function listLines(lists: readonly ShownList[]): string {
  return lists.length === 0 ? 'Ingen lister er kommet.' : lists.map(listLine).join('\n');
}

export function listLine({ list, run, state, opened, announced, seen, bad, text, acts }: ShownList): string {
  const broken = bad === 0 ? '' : `, ${bad} må rettes`;
  return [
    `${STATES[state] ?? state} · ${list} ${run}`,
    `  ${opened.slice(0, 16).replace('T', ' ')} UTC · ${seen} av ${announced ?? '?'} rader${broken}`,
    `  ${text}`,
    ...acts.map(
      ({ act, who, reason, recorded }) =>
        `  ${ACTS[act] ?? act} ${recorded.slice(0, 10)} (${who}): ${reason}`,
    ),
  ].join('\n');
}
