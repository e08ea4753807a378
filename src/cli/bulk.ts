import { parseArgs } from 'node:util';
import type { z } from 'zod';
import {
  BulkJobSchema,
  BulkJobsSchema,
  BulkPreviewSchema,
  MissedSchema,
  NewcomersSchema,
} from '../api/schema/bulkSchema.ts';
import { UUID } from '../core/uuid.ts';
import { bulkJobLines, bulkJobsLines, bulkMissedLines, bulkPreviewLines } from '../text/bulkLines.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { organisationMeant, presentOf } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.samlet;

/** The same act for the youths of a worklist: seen first, made with the count that was seen, and begun. */
export const bulk: Command = {
  ...USAGE.samlet,
  run,
};

type Values = ReturnType<typeof flags>['values'];

function flags(args: readonly string[]) {
  const text = { type: 'string' as const };
  return parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...{ json: { type: 'boolean', default: false }, kanal: text, kode: text, dato: text, enhet: text },
        ...{ slag: text, frist: text, gruppe: text, viaot: text, grunnlag: text, antall: text, grunn: text },
      },
    }),
  );
}

async function run(ask: Ask, args: readonly string[]): Promise<string> {
  const { positionals, values } = flags(args);
  const [given, what, act] = positionals;
  const org = await organisationMeant(ask, given);
  const at = `/organisations/${encodeURIComponent(org)}/bulk-jobs`;
  const say = <T>(value: T, lines: (value: T) => string) =>
    values.json ? JSON.stringify(value, null, 2) : lines(value);
  if (what === undefined) {
    const jobs: z.infer<typeof BulkJobSchema>[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const query: string = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
      const page = found(BulkJobsSchema, await ask(`${at}?limit=500${query}`), org);
      jobs.push(...page.jobs);
      ({ next } = page);
    }
    return say(jobs, bulkJobsLines);
  }
  if (UUID.test(what)) return ofJob(ask, { org, at: `${at}/${what}`, act, say });
  // The county's own day: a virtual clock shows another than this machine's.
  const dato = values.dato ?? (await presentOf(ask, org)).today;
  return asked(ask, { org, at, body: bodyOf(what, act, { ...values, dato }), values, say });
}

interface Place {
  org: string;
  at: string;
  say<T>(value: T, lines: (value: T) => string): string;
}

async function ofJob(ask: Ask, { org, at, act, say }: Place & { act: string | undefined }): Promise<string> {
  switch (act) {
    case undefined:
      return say(found(BulkJobSchema, await ask(at), org), bulkJobLines);
    case 'start':
    case 'stopp':
      return say(
        found(BulkJobSchema, await ask(`${at}/${act === 'start' ? 'start' : 'stop'}`, {}), org),
        bulkJobLines,
      );
    case 'feil':
    case 'utenfor': {
      const youths: z.infer<typeof MissedSchema>['youths'] = [];
      for (let next: number | null = 0; next !== null; ) {
        const path: string = `${at}/${act === 'feil' ? 'failures' : 'left-out'}?limit=500&after=${next}`;
        const page = found(MissedSchema, await ask(path), org);
        youths.push(...page.youths);
        ({ next } = page);
      }
      return say(youths, bulkMissedLines);
    }
    case 'nye': {
      const refs: string[] = [];
      for (let next: number | null = 0; next !== null; ) {
        const page: z.infer<typeof NewcomersSchema> = found(
          NewcomersSchema,
          await ask(`${at}/newcomers?limit=500&after=${next}`),
          org,
        );
        refs.push(...page.refs);
        ({ next } = page);
      }
      return say(refs, (all) => (all.length === 0 ? 'Ingen er kommet til.' : all.join('\n')));
    }
    default:
      throw new CommandFailed(
        `«${act}» finnes ikke. Skriv start, stopp, feil, utenfor eller nye.`,
        EXIT.usage,
      );
  }
}

/** Seen; and with a count and a reason made, as it was seen just now. @throws CommandFailed when it is another count */
async function asked(
  ask: Ask,
  { org, at, body, values, say }: Place & { body: object; values: Values },
): Promise<string> {
  const seen = found(BulkPreviewSchema, await ask(`${at}/preview`, body), org);
  const { antall, grunn } = values;
  if (antall === undefined && grunn === undefined) {
    const { position: _sealed, ...shown } = seen;
    return say(
      shown,
      (each) =>
        `${bulkPreviewLines(each)}\nIngenting er gjort. Lag jobben med --antall ${seen.youths} --grunn "…".`,
    );
  }
  if (antall === undefined || !/^\d{1,7}$/.test(antall) || grunn === undefined)
    throw new CommandFailed('--antall og --grunn hører sammen. Antallet er det du har sett.', EXIT.usage);
  if (Number(antall) !== seen.youths)
    throw new CommandFailed(
      `Det gjelder nå ${seen.youths}, ikke ${antall}. Ingenting er gjort. Se på utvalget igjen.`,
      EXIT.refused,
    );
  const made = { ...body, position: seen.position, youths: seen.youths, reason: grunn };
  const job = found(BulkJobSchema, await ask(at, made), org);
  return say(job, (each) => `${bulkJobLines(each)}\nStart den: npm run ot -- samlet ${org} ${each.id} start`);
}

/** @throws CommandFailed naming what lacks */
function bodyOf(list: string, act: string | undefined, values: Values & { dato: string }): object {
  const { enhet, slag, frist, gruppe, dato } = values;
  if (gruppe !== undefined && !/^[1-9]$/.test(gruppe))
    throw new CommandFailed('--gruppe er nummeret på en hovedgruppe.', EXIT.usage);
  const filter = {
    list,
    ...(enhet !== undefined && { owner: enhet }),
    ...(slag !== undefined && { kind: slag }),
    ...(frist !== undefined && { deadline: frist }),
    ...(gruppe !== undefined && { group: Number(gruppe) }),
  };
  if (act === 'kontakt') {
    if (values.kanal === undefined)
      throw new CommandFailed('Skriv hvordan det ble prøvd, for eksempel --kanal BREV.', EXIT.usage);
    return { filter, act: { type: 'contact', date: dato, channel: values.kanal } };
  }
  if (act !== 'forslag')
    throw new CommandFailed('Skriv hva som skal gjøres etter listen: kontakt eller forslag.', EXIT.usage);
  const { kode, viaot, grunnlag } = values;
  return {
    filter,
    act: {
      ...{ type: 'accept', date: dato },
      ...(kode !== undefined && { code: kode }),
      ...(viaot !== undefined && { viaOT: viaot.toUpperCase() }),
      ...(grunnlag !== undefined && { ground: grunnlag }),
    },
  };
}
