import { z } from 'zod';
import { IdentitySchema } from '../api/schema/identitySchema.ts';
import { partsOfAlertId } from '../core/messages/alertId.ts';
import { PURPOSE_NAMES, PURPOSES } from '../core/person/identityPurpose.ts';
import { holdsNumber } from '../core/person/numberInText.ts';
import { UUID } from '../core/uuid.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { type Keyboard, terminal } from './keyboard.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.finn;
const NUMBER = /^\d{6} ?\d{5}$/;

interface Found {
  /** What kind of thing it is. */
  kind: 'ungdom' | 'varsel' | 'kvittering' | 'levering';
  id: string;
  /** What shows it. */
  command: string;
}

/** Where something is by its number, receipt, alert, call or reference. What is looked for is asked for, and never an
 *  argument of the command where it is an identity number. */
export const find: Command = {
  ...USAGE.finn,
  async run(ask, args, keyboard = terminal) {
    const { words, json } = withoutJson(args);
    const org = await organisationMeant(ask, words[0]);
    const wanted = await whatMeant(words[1], keyboard);
    const hit = await look(ask, { org, wanted, purpose: words[2] });
    return told(
      json,
      hit,
      ({ kind, id, command }) => `Fant ${kind} ${id}.\nSe den: npm run ot -- ${command}`,
    );
  },
};

async function whatMeant(given: string | undefined, keyboard: Keyboard): Promise<string> {
  if (given !== undefined && given !== '-') {
    if (holdsNumber(given) && !UUID.test(given) && partsOfAlertId(given) === undefined)
      throw new CommandFailed(
        `Fødselsnummeret skrives ikke i kommandoen. Bruk: npm run ot -- ${FORM}`,
        EXIT.usage,
      );
    return given;
  }
  return (await keyboard.read('Nummer, kvittering, varsel, levering eller referanse')).trim();
}

async function look(
  ask: Ask,
  { org, wanted, purpose }: { org: string; wanted: string; purpose: string | undefined },
): Promise<Found> {
  const at = `/organisations/${encodeURIComponent(org)}`;
  if (NUMBER.test(wanted)) return byNumber(ask, { org, at, wanted, purpose });
  const is = (path: string) => isThere(ask, path);
  const id = encodeURIComponent(wanted);
  if (partsOfAlertId(wanted) !== undefined && (await is(`${at}/alerts/${id}`)))
    return { kind: 'varsel', id: wanted, command: `hvorfor ${org} ${wanted}` };
  if (UUID.test(wanted)) {
    if (await is(`${at}/receipts/${id}`))
      return { kind: 'kvittering', id: wanted, command: `kvittering ${org} ${wanted}` };
    if (await is(`${at}/youths/${id}`))
      return { kind: 'ungdom', id: wanted, command: `ungdom ${org} ${wanted}` };
  }
  const delivery = await deliveryOf(ask, { org, at, wanted });
  if (delivery !== undefined) return delivery;
  throw new CommandFailed(`Fant ingenting hos «${org}» som du har tilgang til.`, EXIT.refused);
}

/** What the caller may not read is not there for it. */
async function isThere(ask: Ask, path: string): Promise<boolean> {
  try {
    return (await ask(path)).status !== 404;
  } catch (error) {
    if (error instanceof CommandFailed && error.exitCode === EXIT.refused) return false;
    throw error;
  }
}

/** Which subscription a call belongs to is asked of each. */
async function deliveryOf(
  ask: Ask,
  { org, at, wanted }: { org: string; at: string; wanted: string },
): Promise<Found | undefined> {
  if (!DELIVERY_ID.test(wanted) || !(await isThere(ask, `${at}/subscriptions`))) return undefined;
  const shape = z.object({ subscriptions: z.array(z.object({ id: z.string() })) });
  const { subscriptions } = found(shape, await ask(`${at}/subscriptions`), org);
  for (const { id } of subscriptions) {
    const path = `${at}/subscriptions/${encodeURIComponent(id)}/deliveries/${encodeURIComponent(wanted)}`;
    if (await isThere(ask, path))
      return { kind: 'levering', id: wanted, command: `leveringer ${org} ${id} ${wanted}` };
  }
  return undefined;
}

const DELIVERY_ID = /^\d{1,18}$/;

/** A search by number says whose reference it is, as an unmasking does: for a purpose, and logged. */
async function byNumber(
  ask: Ask,
  { org, at, wanted, purpose = '' }: { org: string; at: string; wanted: string; purpose: string | undefined },
): Promise<Found> {
  const named = PURPOSE_NAMES.find((each) => each === purpose.toUpperCase());
  if (named === undefined) {
    const all = Object.entries(PURPOSES).map(([name, text]) => `${name} (${text})`);
    throw new CommandFailed(
      `Et søk på nummer loggføres med formål. Skriv ett av ${all.join(', ')}: npm run ot -- finn ${org} - <formål>`,
      EXIT.usage,
    );
  }
  const search = await ask(`${at}/youths/search`, { fodselsnummer: wanted });
  if (search.status === 404) throw unknown(org);
  const { ref } = found(z.object({ ref: z.string() }), search, org);
  // None is found whose identity may not be shown: no one learns that a covered number is the one they have guessed.
  const identity = await ask(`${at}/youths/${ref}/identity`, { purpose: named }).catch((error: unknown) => {
    throw error instanceof CommandFailed && COVERED.has(typeOf(error.problem)) ? unknown(org) : error;
  });
  if (identity.status === 404) throw unknown(org);
  const known = found(IdentitySchema, identity, org);
  return { kind: 'ungdom', id: known.ref, command: `ungdom ${org} ${known.ref}` };
}

const COVERED: ReadonlySet<string> = new Set([
  'urn:ot-bridge:IDENTITY_PROTECTED',
  'urn:ot-bridge:IDENTITY_UNREADABLE',
]);

function typeOf(problem: unknown): string {
  return typeof problem === 'object' && problem !== null && 'type' in problem ? String(problem.type) : '';
}

function unknown(org: string): CommandFailed {
  return new CommandFailed(`Fant ingen med det nummeret hos «${org}» som kan vises.`, EXIT.refused);
}
