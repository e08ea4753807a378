import { type FileHandle, open, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { RotatedSchema } from '../api/schema/subscriptionSchema.ts';
import type { Beginning, CallKind } from '../core/subscription/subscription.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command, Outcome } from './command.ts';
import { parseFlags, withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.abonner;

const FROM: Readonly<Record<string, Beginning>> = { nå: 'now', skoleår: 'school-year', alt: 'all' };
const KINDS: Readonly<Record<string, CallKind>> = {
  status: 'status',
  varsel: 'alert',
  hovedgruppe: 'status-group',
  kvittering: 'receipt',
  'nav-tilbaketrekking': 'nav-withdrawal',
};

const state = z.enum(['pending', 'active', 'paused', 'disabled']);
const added = z.object({ subscription: z.object({ id: z.string(), state }), secret: z.string() });
const verified = z.object({
  subscription: z.object({ state }),
  answer: z.object({ outcome: z.string(), httpStatus: z.number().nullable() }),
});

/** A new subscription, and the handshake with its receiver. */
export const subscribe: Command<Outcome> = {
  ...USAGE.abonner,
  run: add,
};

async function add(ask: Ask, args: readonly string[]): Promise<Outcome> {
  const { org, body, file } = readSubscribeFlags(args);
  const path = `/organisations/${encodeURIComponent(org)}/subscriptions`;
  const { id, secret } = await addedWith(file, async () => {
    const { subscription, secret } = found(added, await ask(path, body), org);
    return { id: subscription.id, secret };
  });
  const kept = keptLine(file, secret);
  const { active, last } = await handshake(ask, `${path}/${encodeURIComponent(id)}/verify`, org);
  return { text: [`Abonnement ${id}`, kept, last].join('\n'), exitCode: active ? EXIT.ok : EXIT.refused };
}

const { form: KEYS_FORM } = USAGE['nye-nokler'];

/** New keys, which sign together with those before for some time. */
export const rotate: Command = {
  ...USAGE['nye-nokler'],
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const { values, positionals } = parseFlags(KEYS_FORM, () =>
      parseArgs({
        args: words,
        allowPositionals: true,
        options: { overlapp: { type: 'string', default: '24' }, 'hemmelighet-til': { type: 'string' } },
      }),
    );
    const [org = '', id = '', ...more] = positionals;
    if (id === '' || more.length > 0 || !/^\d{2,3}$/.test(values.overlapp))
      throw new CommandFailed(`Bruk: npm run ot -- ${KEYS_FORM}`, EXIT.usage);
    const path = `/organisations/${encodeURIComponent(org)}/subscriptions/${encodeURIComponent(id)}/rotate`;
    const file = values['hemmelighet-til'];
    const rotated = await addedWith(file, async () =>
      found(RotatedSchema, await ask(path, { overlapHours: Number(values.overlapp) }), org),
    );
    // A secret that went to a file is not shown.
    const { secret, ...rest } = rotated;
    return told(
      json,
      file === undefined ? rotated : rest,
      () => `${keptLine(file, secret)}\nDe forrige nøklene signerer også til ${rest.overlapUntil}.`,
    );
  },
};

function keptLine(file: string | undefined, secret: string): string {
  return file === undefined
    ? `Hemmelighet: ${secret}\nDen vises bare denne ene gangen. Legg den der mottakeren leser den.`
    : `Hemmeligheten er skrevet til ${file}. Den kan ikke hentes igjen.`;
}

/** A refusal is an answer here: the subscription is made, and its secret is still to be shown. */
async function handshake(ask: Ask, path: string, org: string): Promise<{ active: boolean; last: string }> {
  const again = `Se at den svarer på OPTIONS med WebHook-Allowed-Origin, og bekreft på nytt med POST ${path}.`;
  try {
    const { subscription, answer } = found(verified, await ask(path, {}), org);
    if (subscription.state === 'active') {
      return {
        active: true,
        last: 'Mottakeren har bekreftet at adressen er dens egen. Kallene begynner nå.',
      };
    }
    const status = answer.httpStatus === null ? '' : `, HTTP ${answer.httpStatus}`;
    return {
      active: false,
      last: `Mottakeren har ikke bekreftet adressen (${answer.outcome}${status}). ${again}`,
    };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return { active: false, last: `${error.message} ${again}` };
  }
}

/** The file is opened first: a secret that cannot be kept is not asked for. An older one is never written over.
 *  @throws CommandFailed when it exists already, or cannot be made */
async function addedWith<Made extends { secret: string }>(
  file: string | undefined,
  ask: () => Promise<Made>,
): Promise<Made> {
  if (file === undefined) return ask();
  const handle: FileHandle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(
      error.code === 'EEXIST'
        ? `Filen «${file}» finnes fra før, og kan ha en hemmelighet som er i bruk. Flytt den, eller velg et annet navn.`
        : `Kan ikke lage filen «${file}» (${error.code}).`,
      EXIT.usage,
    );
  });
  try {
    const made = await ask();
    await handle.writeFile(`${made.secret}\n`);
    return made;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

interface SubscribeFlags {
  org: string;
  body: {
    url: string;
    name: string;
    kinds: readonly CallKind[];
    owners: readonly string[] | null;
    begins: Beginning;
  };
  file: string | undefined;
}

/** @throws CommandFailed when something is missing or unknown */
export function readSubscribeFlags(args: readonly string[]): SubscribeFlags {
  const { values, positionals } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        fra: { type: 'string' },
        slag: { type: 'string', default: 'status,varsel' },
        enheter: { type: 'string' },
        navn: { type: 'string' },
        'hemmelighet-til': { type: 'string' },
      },
    }),
  );
  const [org = '', url = '', ...more] = positionals;
  if (!URL.canParse(url) || more.length > 0) {
    throw new CommandFailed(`Oppgi organisasjon og adresse.\nBruk: npm run ot -- ${FORM}`, EXIT.usage);
  }
  const begins = FROM[(values.fra ?? '').normalize('NFC')];
  if (begins === undefined) {
    throw new CommandFailed(
      `Skriv hvor abonnementet skal begynne: --fra ${Object.keys(FROM).join(', --fra ')}.`,
      EXIT.usage,
    );
  }
  const kinds = values.slag.split(',').map((name) => {
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (kind !== undefined) return kind;
    throw new CommandFailed(
      `«${name}» er ikke noe det kan abonneres på. Velg av: ${Object.keys(KINDS).join(', ')}.`,
      EXIT.usage,
    );
  });
  const owners = values.enheter?.split(',') ?? null;
  const name = values.navn ?? new URL(url).host;
  return { org, body: { url, name, kinds, owners, begins }, file: values['hemmelighet-til'] };
}
