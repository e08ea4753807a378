import type { z } from 'zod';
import { WhySchema } from '../api/schema/whySchema.ts';
import { ALERT, DIFFERENCE } from '../console/text/alert.ts';
import { FACTS, nameOf, STATE_NAMES } from '../console/text/codes.ts';
import { osloDate } from '../core/time/oslo.ts';
import { alertTitle, deadlineTitle } from '../text/alertLines.ts';
import { norwegianDate, norwegianDayAndTime } from '../text/norwegian.ts';
import { found, told } from './answer.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

type Why = z.infer<typeof WhySchema>;

/** Why an alert was raised, as the page of the alert says it. */
export const why: Command = {
  ...USAGE.hvorfor,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const id = words.at(-1) ?? '';
    const org = await organisationMeant(ask, words.length === 1 ? undefined : words[0]);
    const path = `/organisations/${encodeURIComponent(org)}/alerts/${encodeURIComponent(id)}/why`;
    return told(json, found(WhySchema, await ask(path), org), whyLines);
  },
};

const t = ALERT.nb;

function whyLines(read: Why): string {
  const { ref, alert, recorded, deadlines, sources } = read;
  return [
    `${alertTitle(alert.kind)} · ${STATE_NAMES.nb[alert.state]} · ${norwegianDate(osloDate(recorded))}`,
    `Ungdom ${ref}`,
    '',
    `Hvorfor: ${alert.reason ?? 'se regelen.'} (${alert.rule})`,
    ...(alert.ruleSource === null ? [] : [`Hvor regelen står: ${alert.ruleSource}`]),
    ...(alert.proposed.length === 0 ? [] : [`Foreslår ${alert.proposed.join(' eller ')}.`]),
    ...section(
      'Meldingene det bygger på',
      sources.length === 0 ? [t.noSources] : sources.flatMap(sourceLines),
    ),
    ...section('Frister', deadlines.length === 0 ? [t.noDeadlines] : deadlines.map(deadlineLine)),
    ...section(t.ends, endingLines(read)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function sourceLines({ entry, without }: Why['sources'][number], index: number): string[] {
  const { recorded, effective, source, codes } = entry;
  const from = effective === null ? '' : ` Gjelder fra ${norwegianDate(effective)}.`;
  const differs =
    without === null
      ? 'Det kan ikke lenger avgjøres.'
      : [
          `varselet ville vært: ${STATE_NAMES.nb[without.state]}.`,
          ...new Set(without.effects.map(({ what }) => DIFFERENCE.nb[what])),
        ].join(' ');
  return [
    `${index + 1}. ${norwegianDayAndTime(recorded)}${source === null ? '' : `, ${source}`}: ${nameOf(FACTS.nb, codes.hendelse ?? '')}${from}`,
    `   Uten denne meldingen: ${differs}`,
  ];
}

function deadlineLine({ what, date, rule, reason, met }: Why['deadlines'][number]): string {
  const because = reason === null ? '' : `: ${reason}`;
  return `${norwegianDate(date)} ${deadlineTitle(what)}, ${met ? t.done : t.notDone} (${rule}${because})`;
}

function endingLines({ alert, endings, ended, sources }: Why): string[] {
  if (alert.state === 'met') return [t.alreadyMet];
  if (ended !== null) {
    const by = ended.source === null ? '' : ` ${t.endedBy(ended.source)}`;
    return [`${t.ended(norwegianDayAndTime(ended.recorded))}${by} ${ended.reason ?? ''} (${ended.rule})`];
  }
  if (endings === null) return [];
  const back = sources.flatMap(({ without }, index) =>
    without?.state === 'withdrawn' ? [t.endsByTakingBack(index + 1)] : [],
  );
  const all = [...endings.map(endingLine), ...back];
  return all.length === 0 ? [t.endsByNothing] : all;
}

function endingLine(ending: NonNullable<Why['endings']>[number]): string {
  if (ending.how === 'CONTACT') return t.endsByContact;
  if (ending.how === 'TIME') return t.endsByTime(norwegianDate(ending.on));
  return ending.contact ? t.endsByContactAndStatus(ending.code) : t.endsByStatus(ending.code);
}
