import type { AlertKind } from '../core/youth/youthEvent.ts';
import { alertTitle } from './alertLines.ts';
import { counted, norwegianMoment, norwegianNumber } from './norwegian.ts';

// The same act for many, for a terminal (bokmål).

interface WhyCount {
  count: number;
  text: string;
  cure: string;
}

interface Preview {
  listed: number;
  youths: number;
  leftFor: readonly WhyCount[];
  sample: readonly { ref: string; code: string | null; owner: string; deadline: string | null }[];
  consequence: {
    tried: number;
    accepted: number;
    unchanged: number;
    effects: readonly { what: string; kind: AlertKind | null; count: number }[];
    refused: readonly WhyCount[];
    numberless: number;
  };
  asOf: string;
  behind: boolean;
}

const EFFECTS: Readonly<Record<string, string>> = {
  TILMELDING_APNES: 'en ny tilmelding åpnes',
  TILMELDING_ENDRES: 'tilmeldingen endres',
  TILMELDING_ANNULLERES: 'tilmeldingen annulleres',
  STATUS_SETTES: 'en ny status settes',
  VARSEL_SENDES: 'et nytt varsel sendes',
  VARSEL_ENDRES: 'et varsel endres',
  VARSEL_TREKKES: 'et varsel trekkes',
  ELDRE_VERSJON: 'en nyere melding er kjent',
  HOLDES_TILBAKE: 'svaret holdes tilbake',
  PERSONER_SLAS_SAMMEN: 'to numre regnes som samme ungdom',
};

const youths = (count: number) => counted(count, 'ungdom', 'ungdommer');
const reasons = (counts: readonly WhyCount[]) =>
  counts.map(({ count, text, cure }) => `  ${norwegianNumber(count)}: ${text} ${cure}`);

export function bulkPreviewLines(seen: Preview): string {
  const { tried, accepted, unchanged, effects, refused, numberless } = seen.consequence;
  return [
    `${youths(seen.listed)} i utvalget. Det vil bli gjort for ${youths(seen.youths)}.`,
    `Slik det var ${norwegianMoment(seen.asOf)}. Det som kommer etter dette, er ikke med.`,
    ...(seen.behind ? ['Det kommer mange meldinger akkurat nå, så utvalget er ikke helt.'] : []),
    ...(seen.leftFor.length === 0 ? [] : ['Ikke med:', ...reasons(seen.leftFor)]),
    ...(seen.youths === 0
      ? []
      : [
          'De første:',
          ...seen.sample.map(
            ({ ref, code, owner }) => `  ${ref}  ${owner}${code === null ? '' : `  ${code}`}`,
          ),
          `Prøvd med reglene på ${tried === seen.youths ? 'alle' : `de første ${norwegianNumber(tried)}`}. Ingenting er lagret.`,
          `  ${norwegianNumber(accepted)}: ville blitt godtatt`,
          ...effects.map(
            ({ what, kind, count }) =>
              `  ${norwegianNumber(count)}: ${EFFECTS[what] ?? what}${kind === null ? '' : ` («${alertTitle(kind)}»)`}`,
          ),
          ...(unchanged === 0 ? [] : [`  ${norwegianNumber(unchanged)}: bare selve meldingen lagres`]),
          ...refused.map(
            ({ text, cure, count }) => `  ${norwegianNumber(count)}: ville blitt avvist. ${text} ${cure}`,
          ),
          ...(numberless === 0 ? [] : [`  ${norwegianNumber(numberless)}: uten fødselsnummer hos oss`]),
        ]),
  ].join('\n');
}

interface Job {
  id: string;
  state: 'paused' | 'running' | 'done';
  begun: string | null;
  reason: string;
  by: string;
  created: string;
  trouble: keyof typeof TROUBLES | null;
  youths: number;
  waiting: number;
  underWay: number;
  done: number;
  failed: number;
  left: number;
  failures: readonly WhyCount[];
  leftFor: readonly WhyCount[];
}

const TROUBLES = {
  KAFKA_SLOW: 'Kafka svarer ikke. Jobben prøver igjen av seg selv.',
  NOT_PERMITTED:
    'Stoppet: den som laget jobben, har ikke lenger tilgang til å gjøre dette. Resten er som før. Lag en ny jobb for dem, eller start denne igjen når tilgangen er gitt tilbake.',
};

function stateOf({ state, begun }: Pick<Job, 'state' | 'begun'>): string {
  if (state === 'paused') return begun === null ? 'venter på start' : 'stoppet';
  return state === 'running' ? 'arbeider' : 'ferdig';
}

export function bulkJobLines(job: Job): string {
  return [
    `Jobb ${job.id}: ${stateOf(job)}. Laget ${norwegianMoment(job.created)} av ${job.by}: ${job.reason}`,
    `${norwegianNumber(job.done)} av ${youths(job.youths)} er gjort. ${norwegianNumber(job.waiting)} venter, ${norwegianNumber(job.underWay)} er sendt, ${norwegianNumber(job.failed)} gikk ikke.`,
    ...(job.trouble === null ? [] : [TROUBLES[job.trouble]]),
    ...(job.failures.length === 0 ? [] : ['Gikk ikke:', ...reasons(job.failures)]),
    ...(job.leftFor.length === 0 ? [] : ['Ikke med:', ...reasons(job.leftFor)]),
  ].join('\n');
}

export function bulkJobsLines(jobs: readonly Job[]): string {
  if (jobs.length === 0) return 'Ingen jobber er laget.';
  return jobs
    .map(
      (job) =>
        `${job.id}  ${norwegianMoment(job.created)}  ${stateOf(job)}  ${norwegianNumber(job.done)} av ${norwegianNumber(job.youths)}  ${job.reason}`,
    )
    .join('\n');
}

interface Missed {
  ref: string;
  text: string;
  cure: string;
  problems: readonly { text: string; cure: string }[];
}

export function bulkMissedLines(missed: readonly Missed[]): string {
  if (missed.length === 0) return 'Ingen.';
  return missed
    .map(({ ref, text, cure, problems }) =>
      [`${ref}: ${text} ${cure}`, ...problems.map((each) => `  ${each.text} ${each.cure}`)].join('\n'),
    )
    .join('\n');
}
