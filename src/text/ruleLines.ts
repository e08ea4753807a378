import type { IsoDate } from '../core/time/date.ts';
import { norwegianDate } from './norwegian.ts';

// Rules and code lists on a terminal.

export interface ShownRule {
  id: string;
  act: 'AVGJOR' | 'FORESLAR' | 'VURDERER' | 'OPPLYSER';
  sentence: string;
  since: IsoDate | null;
  sources: readonly {
    reference: string;
    name: string;
    publisher: string;
    version: string;
    law: string | null;
  }[];
  leadsTo: readonly { code: string; name: string }[];
  answers: readonly {
    answer: 'AVSLAG' | 'ADVARSEL';
    mayStand: boolean;
    proposed: readonly { code: string }[];
  }[];
  settings: readonly { text: string; value: string }[];
  tests: readonly { title: string | null; file: string }[];
}

/** Who acts, as a sentence. */
export const ACT_TEXT: Readonly<Record<ShownRule['act'], string>> = {
  AVGJOR: 'Broen gjør det selv.',
  FORESLAR: 'Broen foreslår, og en rådgiver avgjør.',
  VURDERER: 'Broen vurderer det en rådgiver har satt.',
  OPPLYSER: 'Opplysning: ingenting blir beregnet.',
};

/** A line each. */
export function rulesLines(rules: readonly Pick<ShownRule, 'id' | 'sentence'>[]): string {
  return rules.map(({ id, sentence }) => `${id.padEnd(4)} ${sentence}`).join('\n');
}

export function ruleLines(rule: ShownRule): string {
  const { id, sentence, act, since, sources, leadsTo, answers, settings, tests } = rule;
  return [
    `${id} ${sentence}`,
    ACT_TEXT[act],
    ...(since === null ? [] : [`Gjelder fra ${norwegianDate(since)}.`]),
    ...section('Står i', sources.flatMap(sourceLines)),
    ...section(
      'Fører til',
      leadsTo.map(({ code, name }) => `  ${code}: ${name}`),
    ),
    ...section('Svar på et valg', answers.map(answerLine)),
    ...section(
      'Fylket har bestemt',
      settings.map(({ text, value }) => `  ${text} ${value}`),
    ),
    ...section(
      'Tester som holder den',
      tests.map(({ title, file }) => `  ${title ?? 'hele filen'} (test/${file})`),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function sourceLines({ reference, name, publisher, version, law }: ShownRule['sources'][number]): string[] {
  const line = `  ${reference}: ${name}, ${publisher} (${version})`;
  return law === null ? [line] : [line, `    ${law}`];
}

function answerLine({ answer, mayStand, proposed }: ShownRule['answers'][number]): string {
  const stands = mayStand ? ', men en begrunnelse kan la valget stå' : '';
  const instead = proposed.length === 0 ? '' : `; foreslår ${proposed.map(({ code }) => code).join(', ')}`;
  return `  ${answer === 'AVSLAG' ? 'Avslag' : 'Advarsel'}${stands}${instead}`;
}

interface ShownList {
  id: string;
  name: string;
  from: IsoDate | null;
  to: IsoDate | null;
  source: string;
}

export function codeListsLines(lists: readonly (ShownList & { codes: number })[]): string {
  const width = Math.max(...lists.map(({ id }) => id.length));
  return lists
    .map((list) => `${list.id.padEnd(width)}  ${list.name}: ${list.codes} koder${daysText(list)}`)
    .join('\n');
}

export function codeListLines({
  codes,
  ...list
}: ShownList & {
  codes: readonly {
    code: string;
    text: string;
    from: IsoDate | null;
    to: IsoDate | null;
    means: string | null;
  }[];
}): string {
  const width = Math.max(...codes.map(({ code }) => code.length));
  return [
    `${list.name} (${list.id})${daysText(list)}. Kilde: ${list.source}`,
    '',
    ...codes.map((each) => {
      const means = each.means === null ? '' : ` (${each.means})`;
      return `${each.code.padEnd(width)}  ${each.text}${means}${daysText(each)}`;
    }),
  ].join('\n');
}

/** From and to, as far as they are known; nothing for what has always been. */
function daysText({ from, to }: Pick<ShownList, 'from' | 'to'>): string {
  const parts = [
    ...(from === null ? [] : [`fra ${norwegianDate(from)}`]),
    ...(to === null ? [] : [`til ${norwegianDate(to)}`]),
  ];
  return parts.length === 0 ? '' : `, ${parts.join(' ')}`;
}
