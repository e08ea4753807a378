import type { IsoInstant } from '../core/time/date.ts';
import { reportOf, type Section } from './findings.ts';
import { JOB_NAMES } from './names.ts';
import { norwegianMoment } from './norwegian.ts';

/** What the support file is made of. */
export interface SupportContent {
  versions: readonly { what: string; version: string }[];
  roles: readonly string[];
  started: IsoInstant;
  settings: readonly {
    name: string;
    value: string | null;
    from: 'MILJOVARIABEL' | 'STANDARD';
    fallback: string;
  }[];
  policy: readonly { name: string; value: string; from: 'POLICY_FILE' | 'STANDARD' }[];
  jobs: readonly { job: keyof typeof JOB_NAMES.nb; ended: IsoInstant | null; failed: IsoInstant | null }[];
  parked: number;
  signedEnds: readonly { chain: string; seq: number; at: IsoInstant; valid: boolean }[] | null;
  checks: { at: IsoInstant; sections: readonly Section[] } | null;
}

/** The state of an installation as text that can be pasted into a case: what is in it is what the page shows. */
export function supportFile(content: SupportContent): string {
  const { versions, roles, started, settings, policy, jobs, parked, signedEnds, checks } = content;
  const moment = (at: IsoInstant | null) => (at === null ? 'ikke ennå' : norwegianMoment(at));
  return [
    'Støttefil fra OT Bridge. Den har ingen hemmeligheter og ingen opplysninger om personer.',
    '',
    ...section('Versjoner', [
      ...versions.map(({ what, version }) => `${what} ${version}`),
      `Roller i denne prosessen: ${roles.join(', ')}`,
      `Startet ${moment(started)}`,
    ]),
    ...section('Oppsett', settings.map(settingLine)),
    ...section(
      'Det fylket har bestemt',
      policy.map(
        ({ name, value, from }) => `${name}: ${value}${from === 'POLICY_FILE' ? ' (POLICY_FILE)' : ''}`,
      ),
    ),
    ...section(
      'Jobber',
      jobs.map(({ job, ended, failed }) => {
        const fault = failed === null ? '' : `, feilet sist ${moment(failed)}`;
        return `${JOB_NAMES.nb[job]}: ${moment(ended)}${fault}`;
      }),
    ),
    ...section('Parkerte ungdommer', [String(parked)]),
    ...section(
      'Sjekkpunkter av revisjonssporet',
      signedEnds === null
        ? ['signeres ikke']
        : signedEnds.map(
            ({ chain, seq, at, valid }) =>
              `${chain}: nr. ${seq}, ${moment(at)}${valid ? '' : ', underskriften stemmer ikke'}`,
          ),
    ),
    ...(checks === null
      ? ['Kontroller', '  ikke kjørt ennå']
      : [`Kontroller ${moment(checks.at)}`, '', reportOf(checks.sections)]),
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return [title, ...lines.map((line) => `  ${line}`), ''];
}

function settingLine({ name, value, from, fallback }: SupportContent['settings'][number]): string {
  if (from === 'STANDARD') return `${name}: ikke satt (${fallback})`;
  return `${name}: ${value ?? 'satt, vises ikke'}`;
}
