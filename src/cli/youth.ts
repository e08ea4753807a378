import { parseArgs } from 'node:util';
import { z } from 'zod';
import { EntrySchema } from '../api/schema/historySchema.ts';
import { KnownSchema, YouthSchema } from '../api/schema/youthSchema.ts';
import { FACTS, nameOf } from '../console/text/codes.ts';
import { EVENTS } from '../console/text/youth.ts';
import { daysAfter } from '../core/time/calendar.ts';
import { epochOf, instantOf, parseDate, parseInstant } from '../core/time/date.ts';
import { startOfOsloDay } from '../core/time/oslo.ts';
import { UUID } from '../core/uuid.ts';
import { alertTitle } from '../text/alertLines.ts';
import { norwegianDate, norwegianDayAndTime } from '../text/norwegian.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import { seen } from './audit.ts';
import type { Command } from './command.ts';
import { parseFlags } from './flags.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const { form: FORM } = USAGE.ungdom;
const HistorySchema = z.object({ ref: z.string(), entries: z.array(EntrySchema) });

/** What is known of a youth, now or at a moment, and who has seen it. */
export const youth: Command = { ...USAGE.ungdom, run: show };

async function show(ask: Ask, args: readonly string[]): Promise<string> {
  const { positionals, values } = parseFlags(FORM, () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, per: { type: 'string' } },
    }),
  );
  const { json, per } = values;
  const what = positionals.at(-1) === 'sett' ? 'sett' : undefined;
  const words = what === undefined ? positionals : positionals.slice(0, -1);
  const ref = words.at(-1) ?? '';
  if (!UUID.test(ref) || words.length > 2 || (what !== undefined && per !== undefined))
    throw new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  const org = await organisationMeant(ask, words.length === 1 ? undefined : words[0]);
  if (what === 'sett') return seen(ask, json, [ref, org]);
  const at = `/organisations/${encodeURIComponent(org)}/youths/${ref}`;
  if (per !== undefined) {
    const moment = momentMeant(per);
    const known = found(KnownSchema, await ask(`${at}/as-known?at=${encodeURIComponent(moment)}`), org);
    if (json) return JSON.stringify(known, null, 2);
    const head = `Ungdom ${ref}, slik det var kjent ${norwegianDayAndTime(moment)}`;
    return [head, ...stateLines(known.youth), ...timeline(known.entries)].join('\n');
  }
  const now = found(YouthSchema, await ask(at), org);
  const { entries } = found(HistorySchema, await ask(`${at}/history`), org);
  if (json) return JSON.stringify({ ...now, entries }, null, 2);
  const waits = now.parked ? ['Nye meldinger venter til noen har sett på den som stoppet.'] : [];
  return [`Ungdom ${ref}`, ...waits, ...stateLines(now), ...timeline(entries)].join('\n');
}

/** A day is known at its end. @throws CommandFailed */
function momentMeant(text: string): string {
  const day = parseDate(text);
  const moment =
    day === undefined ? parseInstant(text) : instantOf(epochOf(startOfOsloDay(daysAfter(day, 1))) - 1);
  if (moment !== undefined) return moment;
  throw new CommandFailed(
    `«${text}» er ikke en dato eller et tidspunkt. Skriv for eksempel 2026-10-07 eller 2026-10-07T08:00:00Z.`,
    EXIT.usage,
  );
}

function stateLines(known: z.infer<typeof KnownSchema>['youth']): string[] {
  if (known === null) return ['Ingenting var kjent ennå.'];
  const registrations = known.registrations.map(
    ({ schoolYear, county, tilmeldingskode, status, owner, effective }) =>
      [
        schoolYear,
        ...(county === null ? [] : [`fylke ${county}`]),
        ...(tilmeldingskode === null ? [] : [tilmeldingskode]),
        status === null ? 'status vises ikke' : `status ${status.code} (${status.rule})`,
        `fra ${norwegianDate(status?.effective ?? effective)}`,
        ...(owner === null ? [] : [`ansvar ${owner}`]),
      ].join(' · '),
  );
  const alerts = known.alerts.map(
    ({ id, kind, rule, effective }) => `${alertTitle(kind)} (${rule}) fra ${norwegianDate(effective)}: ${id}`,
  );
  return [...section('Tilmeldinger', registrations, 'Ingen.'), ...section('Varsler', alerts, 'Ingen åpne.')];
}

function section(title: string, lines: readonly string[], none: string): string[] {
  return ['', title, ...(lines.length === 0 ? [none] : lines).map((line) => `  ${line}`)];
}

/** Newest first. */
function timeline(entries: readonly z.infer<typeof EntrySchema>[]): string[] {
  const lines = entries.toReversed().map(({ recorded, what, codes, rule, reason, source, effective }) => {
    const name = what === 'FactRecorded' ? nameOf(FACTS.nb, codes.hendelse ?? '') : nameOf(EVENTS.nb, what);
    const { hendelse: _named, ...rest } = codes;
    const details = Object.entries(rest).map(([code, value]) => `${code} ${value}`);
    return [
      `${norwegianDayAndTime(recorded)}: ${name}`,
      ...(effective === null ? [] : [`gjelder fra ${norwegianDate(effective)}`]),
      ...details,
      ...(source === null ? [] : [`fra ${source}`]),
      ...(rule === null ? [] : [`${reason ?? ''} (${rule})`.trim()]),
    ].join(' · ');
  });
  return section('Tidslinje, nyeste først', lines, 'Ingenting.');
}
