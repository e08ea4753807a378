import { setTimeout as sleep } from 'node:timers/promises';
import { ANSWER_WITHIN_MS, type Bench, MOST_ANSWER_BYTES, type Step } from './bench.ts';
import { CONTENT_CASES } from './contentCases.ts';
import type { ContractCase } from './contractCase.ts';
import { HANDSHAKE_CASES } from './handshakeCases.ts';
import type { Result } from './result.ts';
import { SIGNATURE_CASES } from './signatureCases.ts';

const CASES: readonly ContractCase[] = [...HANDSHAKE_CASES, ...SIGNATURE_CASES, ...CONTENT_CASES];

/** What a receiver does after it has answered is seen a moment later; what it is to do may take longer. */
const AFTERWARDS_MS = 700;
const AT_MOST_MS = 5_000;

/** What is looked at when all calls have been answered. */
const AFTERWARDS: readonly Readonly<{
  name: string;
  sent: string;
  right: string;
  wrong(bench: Bench): string | undefined;
}>[] = [
  {
    name: 'ingen-oppslag-for-falske',
    sent: 'Alle kallene som skulle avvises.',
    right: 'Ingen href fra dem slås opp.',
    wrong: (bench) =>
      counted(
        bench.forged().filter((path) => bench.counterpart.asked().includes(path)),
        'slått opp',
      ),
  },
  {
    name: 'falsk-tar-ikke-ekte',
    sent: 'Det ekte kallet etter et falskt med samme webhook-id.',
    right: 'href fra det ekte slås opp, om mottakeren slår opp href i det hele tatt.',
    wrong: ({ counterpart, awaited }) =>
      counterpart.asked().length === 0
        ? undefined
        : counted(
            awaited().filter((path) => !counterpart.asked().includes(path)),
            'er ikke slått opp',
          ),
  },
  {
    name: 'ett-oppslag-per-id',
    sent: 'Kallene som kom flere ganger.',
    right: 'href slås opp høyst én gang per webhook-id.',
    wrong: (bench) =>
      counted(
        bench
          .repeated()
          .filter((path) => bench.counterpart.asked().filter((asked) => asked === path).length > 1),
        'slått opp flere ganger',
      ),
  },
  {
    name: 'ingen-oppslag-andre-steder',
    sent: 'Kallet med href til en annen adresse.',
    right: 'Ingen forespørsel kommer dit.',
    wrong: ({ counterpart }) =>
      counterpart.askedElsewhere() > 0 ? `${counterpart.askedElsewhere()} forespørsler kom dit` : undefined,
  },
  {
    name: 'ingen-omdirigering',
    sent: 'Alle kallene.',
    right: 'Ingen svar er 3xx: en omdirigering følges ikke.',
    wrong: (bench) => counted(statuses(bench, 300, 399), 'svar var 3xx'),
  },
  {
    name: 'ingen-410',
    sent: 'Alle kallene.',
    right: 'Ingen svar er 410: det slår av abonnementet.',
    wrong: (bench) => counted(statuses(bench, 410, 410), 'svar var 410'),
  },
  {
    name: 'ingen-5xx',
    sent: 'Alle kallene.',
    right: 'Ingen svar er 5xx: da sendes kallet igjen, opptil ti ganger.',
    wrong: (bench) => counted(statuses(bench, 500, 599), 'svar var 5xx'),
  },
  {
    name: 'svarer-i-tide',
    sent: 'Alle kallene.',
    right: `Hvert svar er helt innen ${ANSWER_WITHIN_MS / 1_000} sekunder. Svar først, og arbeid etterpå.`,
    wrong: (bench) =>
      counted(
        bench.answers().filter(({ status, ms }) => status === undefined || ms > ANSWER_WITHIN_MS),
        'svar kom ikke i tide',
      ),
  },
  {
    name: 'korte-svar',
    sent: 'Alle kallene.',
    right: `Ingen svar er større enn ${MOST_ANSWER_BYTES} byte: mer leses ikke.`,
    wrong: (bench) =>
      counted(
        bench.answers().filter(({ bytes }) => bytes > MOST_ANSWER_BYTES),
        'svar var større',
      ),
  },
];

export const CASE_NAMES: readonly string[] = [...CASES, ...AFTERWARDS].map(({ name }) => name);

/** Plays every case. `exceptions`: those whose failure the receiver's owner has written down. */
export async function runContract(
  bench: Bench,
  exceptions: ReadonlySet<string>,
  saw: (result: Result) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const add = (what: Omit<Result, 'outcome'>, wrong: boolean) => {
    const failed = exceptions.has(what.name) ? 'excepted' : 'failed';
    const result: Result = { ...what, outcome: wrong ? failed : 'passed' };
    results.push(result);
    saw(result);
  };
  for (const { name, sent, right, play } of CASES) {
    const started = performance.now();
    const steps = await play(bench);
    const ms = Math.round(performance.now() - started);
    add(
      { name, sent, right, came: cameOf(steps), ms },
      steps.some(({ wrong }) => wrong !== undefined),
    );
  }
  await settled(bench);
  for (const { name, sent, right, wrong } of AFTERWARDS) {
    const said = wrong(bench);
    add(
      { name, sent, right, came: said === undefined ? 'Slik det skal være.' : `${said}.`, ms: 0 },
      said !== undefined,
    );
  }
  return results;
}

async function settled({ counterpart, awaited }: Bench): Promise<void> {
  const started = performance.now();
  const waits = () =>
    counterpart.asked().length > 0 && awaited().some((path) => !counterpart.asked().includes(path));
  do await sleep(AFTERWARDS_MS);
  while (waits() && performance.now() - started < AT_MOST_MS);
}

function cameOf(steps: readonly Step[]): string {
  const said = steps.map(({ answer, wrong }) => wrong ?? `HTTP ${answer.status}`);
  return `${[...new Set(said)].join('; ')}.`;
}

function statuses(bench: Bench, from: number, to: number) {
  return bench.answers().filter(({ status = 0 }) => status >= from && status <= to);
}

function counted(found: readonly unknown[], what: string): string | undefined {
  return found.length === 0 ? undefined : `${found.length} ${what}`;
}
