import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { NavBatchSchema, NavRowsSchema, NavWithdrawalsSchema } from '../api/schema/navSchema.ts';
import { ReceiptSchema } from '../api/schema/receiptSchema.ts';
import { found, understand } from './answer.ts';
import { type Ask, CommandFailed, createAsk, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { everyPage } from './pages.ts';
import { USAGE } from './usage.ts';

// NAV, played against a running bridge: fetches the list with a token of its own, answers by a seed, and shows what came of
// it. Knows nothing of the county but what NAV is given.

const HOW = ['hel', 'delvis', 'fremmed', 'to-ganger', 'sen'] as const;
type How = (typeof HOW)[number];

const { form: FORM } = USAGE['nav motpart'];
const SCOPES = 'otbridge:ot/nav.read otbridge:ot/feeds/nav-match.write';
/** The party of the agreement of the sample county. */
const CONSUMER = '889640782';

/** Adds NAV's own token to what is asked. @param base of the bridge */
export async function askAsNav(
  base: string,
  env: Readonly<Record<string, string | undefined>>,
  fetcher: typeof fetch,
): Promise<Ask> {
  const token = env.NAV_TOKEN?.trim() || (await localToken(base, env.NAV_ORGNR?.trim() || CONSUMER, fetcher));
  return createAsk(base, (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetcher(input, { ...init, headers });
  });
}

async function localToken(base: string, consumer: string, fetcher: typeof fetch): Promise<string> {
  const body = new URLSearchParams({ consumer, scope: SCOPES });
  const answer = await fetcher(new URL('/lokal-innlogging/token', base), { method: 'POST', body }).catch(
    () => undefined,
  );
  const read = z.object({ access_token: z.string() }).safeParse(await answer?.json().catch(() => undefined));
  if (read.success) return read.data.access_token;
  throw new CommandFailed(
    `Fikk ikke noe token av den lokale utstederen på ${base}. Sett NAV_TOKEN til et token NAV har fått.`,
    EXIT.refused,
  );
}

export const counterpart: Command = {
  ...USAGE['nav motpart'],
  run: play,
};

async function play(ask: Ask, args: readonly string[]): Promise<string> {
  const { org, month, how, seed, letter } = read(args);
  if (how !== 'sen') return answerMonth(ask, { org, month, how, seed, letter });
  // The newer month first, whole; then the one that is asked for.
  const newer = await answerMonth(ask, { org, month: monthAfter(month), how: 'hel', seed, letter });
  return `${newer}\n${await answerMonth(ask, { org, month, how: 'hel', seed, letter })}`;
}

interface Play {
  org: string;
  month: string;
  how: How;
  seed: string;
  letter: string;
}

async function answerMonth(ask: Ask, { org, month, how, seed, letter }: Play): Promise<string> {
  const list = `B-${month}`;
  const path = `/organisations/${encodeURIComponent(org)}/nav/batches/${list}`;
  const before = found(NavBatchSchema, await ask(path), org);
  if (before.state === 'making')
    throw new CommandFailed('Listen lages ennå. Prøv igjen om litt.', EXIT.refused);
  const pages = await everyPage(ask, { schema: NavRowsSchema, path: `${path}/rows?limit=1000`, org });
  const gone = await everyPage(ask, {
    ...{ schema: NavWithdrawalsSchema, path: `${path}/withdrawals?limit=1000`, org },
  });
  const ids = pages.flatMap(({ rows }) => rows.map(({ matchId }) => matchId));
  const withdrawn = gone.flatMap(({ rows }) => rows).length;
  const said = [`Hentet ${ids.length} av ${before.rows} fra ${list}; ${withdrawn} er trukket.`];
  if (ids.length === 0) return [...said, 'Ingen å svare om.'].join('\n');
  const letters = how === 'to-ganger' ? [letter, nextLetter(letter)] : [letter];
  for (const each of letters) {
    const rows = delivery(month, each, answersOf(ids, { how, seed }));
    said.push(await deliver(ask, org, `${list}${each}`, rows));
  }
  const after = found(NavBatchSchema, await ask(path), org);
  const open = after.unanswered === 'IKKE_SVART' ? 'regnes som ikke svart' : 'venter på svar';
  return [...said, `${after.answered} er besvart, og ${after.open} ${open}.`].join('\n');
}

function read(args: readonly string[]): Play {
  const { values, positionals } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        hvordan: { type: 'string', default: 'hel' },
        fro: { type: 'string', default: '1' },
        leveranse: { type: 'string', default: '' },
      },
    }),
  );
  const [, org = '', month = ''] = positionals;
  const how = HOW.find((each) => each === values.hvordan);
  const { fro: seed, leveranse: letter } = values;
  if (how === undefined || !/^20\d{2}-(0[1-9]|1[0-2])$/.test(month) || !/^[b-y]?$/.test(letter))
    throw new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  return { org, month, how, seed, letter };
}

/** Six of ten are registered, one does not answer: the same of each match id for the same seed. */
function answersOf(ids: readonly string[], { how, seed }: { how: How; seed: string }): object[] {
  const asked = how === 'delvis' ? ids.filter((_, at) => at % 3 !== 0) : ids;
  const about = how === 'fremmed' ? [...asked, `pw_${strange(seed)}`] : asked;
  return about.map((id) => {
    const drawn = Number.parseInt(hash('sha256', `${seed} ${id}`).slice(0, 4), 16) % 10;
    const registrert = drawn < 6 ? 'JA' : drawn < 9 ? 'NEI' : 'IKKE_SVART';
    return { id, registrert, ...(registrert === 'JA' && { kontor: `08${drawn}1` }) };
  });
}

/** 26 characters of a match id that is in no list. */
function strange(seed: string): string {
  const drawn = hash('sha256', `fremmed ${seed}`).replaceAll(/[0189]/g, 'q');
  // The last one holds three bits.
  return `${drawn.slice(0, 25)}a`;
}

function delivery(maaned: string, letter: string, answers: readonly object[]): object[] {
  const batchId = `B-${maaned}${letter}`;
  return [
    { type: 'manifest', batchId, maaned, antall: answers.length },
    ...answers.map((answer) => ({ type: 'svar', batchId, maaned, ...answer })),
  ];
}

const sent = z.object({ receiptId: z.string() });
const LOOKS = 120;
const LOOK_MS = 500;

/** @returns what became of it, in the bridge's own words */
async function deliver(ask: Ask, org: string, run: string, rows: readonly object[]): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}`;
  const { receiptId } = understand(sent, (await ask(`${at}/feeds/nav-match`, rows)).value);
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const receipt = found(ReceiptSchema, await ask(`${at}/receipts/${receiptId}`), org);
    const list = receipt.lists.find((each) => each.run.startsWith(run));
    if (receipt.final && list !== undefined) return `${run}: ${list.text}`;
    await sleep(LOOK_MS);
  }
  return `${run}: Leveransen er tatt imot, og venter. Gjelder avtalen?`;
}

function monthAfter(month: string): string {
  return Temporal.PlainYearMonth.from(month).add({ months: 1 }).toString();
}

function nextLetter(letter: string): string {
  return letter === '' ? 'b' : String.fromCharCode(letter.charCodeAt(0) + 1);
}
