import { parseArgs } from 'node:util';
import { z } from 'zod';
import { RaisedSchema } from '../api/schema/alertSchema.ts';
import { partsOfAlertId } from '../core/messages/alertId.ts';
import { CONTACT_REASONS } from '../core/rules/contactReason.ts';
import { GROUNDS } from '../core/rules/ground.ts';
import { OVERRIDES } from '../core/rules/override.ts';
import { parseDate } from '../core/time/date.ts';
import { schoolYearOf } from '../core/time/schoolYear.ts';
import { UUID } from '../core/uuid.ts';
import { CHANNELS } from '../core/worklist/channel.ts';
import { ANSWERERS } from '../core/youth/statusEvent.ts';
import { found, told } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { presentOf } from './present.ts';
import { USAGE } from './usage.ts';

// What an adviser reports of a youth, by its reference or by an alert about it: the bridge finds the number itself.

const Sent = z.object({ receiptId: z.string(), rows: z.number(), receipt: z.string() });
const text = { type: 'string' } as const;

/** Registers that a youth was tried, or reached. */
export const contact: Command = {
  ...USAGE.kontakt,
  async run(ask, args) {
    const { form } = USAGE.kontakt;
    const { values, positionals } = parseFlags(form, () =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: { json: { type: 'boolean', default: false }, dato: text, grunn: text },
      }),
    );
    const [org = '', about = '', who = '', channel = '', ...more] = positionals;
    const by = oneOf('hvem', [...ANSWERERS, 'INGEN'] as const, who);
    const kanal = oneOf('kanal', CHANNELS, channel);
    if (more.length > 0) throw usage(form);
    const grunn =
      values.grunn === undefined ? undefined : oneOf('grunn', Object.keys(CONTACT_REASONS), values.grunn);
    const subject = await subjectMeant(ask, { org, about });
    const today = await dateMeant(ask, org, values.dato);
    // Said only where it is another than that of the call.
    const year = subject.schoolYear === schoolYearOf(today.today) ? undefined : subject.schoolYear;
    return report(
      ask,
      { org, ref: subject.ref, json: values.json },
      {
        ...{ type: 'kontaktforsok', dato: today.date, kanal, besvart: by !== 'INGEN' },
        ...(by !== 'INGEN' && { besvartAv: by }),
        ...{ grunn, skolear: year },
      },
    );
  },
};

/** Sets a youth's status: takes a proposal, or keeps another with a reason. */
export const status: Command = {
  ...USAGE.status,
  async run(ask, args) {
    const { form } = USAGE.status;
    const { values, positionals } = parseFlags(form, () =>
      parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          json: { type: 'boolean', default: false },
          ...{ dato: text, viaot: text, grunnlag: text, fastholdt: text },
        },
      }),
    );
    const [org = '', about = '', code = '', ...more] = positionals;
    if (more.length > 0) throw usage(form);
    const { viaot, grunnlag, fastholdt } = values;
    const viaOT = viaot === undefined ? undefined : oneOf('viaot', ['JA', 'NEI'] as const, viaot);
    const ground = grunnlag === undefined ? undefined : oneOf('grunnlag', Object.keys(GROUNDS), grunnlag);
    const kept = fastholdt === undefined ? undefined : oneOf('fastholdt', Object.keys(OVERRIDES), fastholdt);
    const { ref, schoolYear, proposed } = await subjectMeant(ask, { org, about });
    const kode = code.toUpperCase();
    if (proposed.length > 0 && !proposed.includes(kode) && kept === undefined)
      throw new CommandFailed(
        `Varselet foreslår ${proposed.join(' eller ')}. Skriv hvorfor ${kode} skal stå: --fastholdt ${Object.keys(OVERRIDES).join(' | ')}.`,
        EXIT.usage,
      );
    return report(
      ask,
      { org, ref, json: values.json },
      {
        ...{ type: 'status', dato: (await dateMeant(ask, org, values.dato)).date, kode, viaOT },
        ...(ground !== undefined && { grunnlag: [ground] }),
        ...{ fastholdtFordi: kept, skolear: schoolYear },
      },
    );
  },
};

/** @param record what is undefined is not sent */
async function report(
  ask: Ask,
  { org, ref, json }: { org: string; ref: string; json: boolean },
  record: object,
): Promise<string> {
  const path = `/organisations/${encodeURIComponent(org)}/youths/${ref}/reports`;
  return told(
    json,
    found(Sent, await ask(path, record), org),
    ({ receiptId }) => `Sendt. Se hvordan det gikk: npm run ot -- kvittering ${org} ${receiptId}`,
  );
}

interface Subject {
  ref: string;
  schoolYear: string | undefined;
  proposed: readonly string[];
}

/** By its reference, or by an alert about it. @throws CommandFailed */
async function subjectMeant(ask: Ask, { org, about }: { org: string; about: string }): Promise<Subject> {
  if (UUID.test(about)) return { ref: about, schoolYear: undefined, proposed: [] };
  if (partsOfAlertId(about) === undefined)
    throw new CommandFailed(
      'Oppgi referansen til ungdommen eller et varsel, slik de står i varsler og arbeidslister.',
      EXIT.usage,
    );
  const path = `/organisations/${encodeURIComponent(org)}/alerts/${encodeURIComponent(about)}`;
  const { ref, alert } = found(RaisedSchema, await ask(path), org);
  return { ref, schoolYear: alert.schoolYear, proposed: alert.proposed };
}

/** The day given, or today by the county's own clock. @throws CommandFailed */
async function dateMeant(
  ask: Ask,
  org: string,
  given: string | undefined,
): Promise<{ date: string; today: string }> {
  const { today } = await presentOf(ask, org);
  const date = given === undefined ? today : parseDate(given);
  if (date !== undefined) return { date, today };
  throw new CommandFailed(`«${given}» er ikke en dato. Skriv for eksempel 2026-10-20.`, EXIT.usage);
}

/** In capitals or not. @throws CommandFailed naming those there are */
function oneOf<Name extends string>(what: string, names: readonly Name[], given: string): Name {
  const name = names.find((each) => each === given.toUpperCase());
  if (name !== undefined) return name;
  throw new CommandFailed(`«${given}» finnes ikke som ${what}. Velg av: ${names.join(', ')}.`, EXIT.usage);
}

function usage(form: string): CommandFailed {
  return new CommandFailed(`Bruk: npm run ot -- ${form}`, EXIT.usage);
}
