import { agreementAt } from '../../core/nav/agreement.ts';
import { mayUse } from '../../core/nav/mayAsk.ts';
import { compare } from '../../core/order.ts';
import type { OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { Policy } from '../../core/policy.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { NavAnswer } from '../../core/youth/statusEvent.ts';
import type { Fact } from '../../core/youth/youthEvent.ts';
import type { NavRecords } from '../../store/navPort.ts';
import type { CompleteList, Operations } from '../../store/operationsPort.ts';
import type { LoadedYouth } from '../../store/port.ts';
import type { Vault } from '../../store/vault.ts';
import { momentOf } from './extract.ts';
import { judgeStored } from './judge.ts';
import { listAnswered } from './listAnswered.ts';

/** What is known of a delivery of answers before any of it is read. */
export interface NavDelivery {
  /** Those of its persons that NAV was asked about in the month's list. */
  asked: ReadonlySet<PersonRef>;
  /** How many were asked about and are neither in it nor answered or withdrawn before. */
  unanswered: number;
  /** Whether one of its persons has been answered about for a newer month: what is said of it now is kept, and no news. */
  late: boolean;
  /** Whether the answer may be read at all. */
  mayUse(ref: PersonRef): boolean;
  /** So many of its persons NAV was not asked about: kept for those who must look at it. */
  noteStrangers(count: number): Promise<void>;
  /** Notes what it says. @returns the earlier delivery of the month that said just the same */
  note(answers: readonly NotedAnswer[]): Promise<string | null>;
}

export interface NotedAnswer {
  ref: PersonRef;
  answer: NavAnswer;
  office: string | null;
}

export interface NavDeliveries {
  /** No agreement holds, and the delivery waits until one does: nothing of it need be read. */
  waits(list: Pick<CompleteList, 'org' | 'run'>): Promise<boolean>;
  /** Null: it waits. */
  open(list: CompleteList): Promise<NavDelivery | null>;
}

export interface AnswerParts {
  nav: Pick<
    NavRecords,
    | 'agreements'
    | 'askedAbout'
    | 'unanswered'
    | 'noteAnswers'
    | 'noteDelivery'
    | 'holdDelivery'
    | 'noteIncident'
  >;
  operations: Pick<Operations, 'virtualNow'>;
  load(org: OrgId, refs: readonly PersonRef[]): Promise<ReadonlyMap<PersonRef, LoadedYouth>>;
  policyFor: (org: OrgId) => Policy;
  vault: Pick<Vault, 'digest'>;
  now: () => IsoInstant;
  /** A delivery is held because no agreement holds; once for each. */
  onHeld(org: OrgId, run: string): void;
}

export function createDeliveries(parts: AnswerParts): NavDeliveries {
  const { nav } = parts;
  /** Those noted as held from here: each is looked at every second. */
  const noted = new Set<string>();

  async function standing(org: OrgId) {
    const at = await momentOf(parts, org);
    const agreements = await nav.agreements(org);
    return { at, agreements, agreed: agreementAt(agreements, at) !== null };
  }

  async function waits({ org, run }: Pick<CompleteList, 'org' | 'run'>): Promise<boolean> {
    if ((await standing(org)).agreed) return false;
    const delivery = `${org}/${run}`;
    if (noted.has(delivery)) return true;
    if (await nav.holdDelivery(org, run)) parts.onHeld(org, run);
    noted.add(delivery);
    return true;
  }

  async function open(list: CompleteList): Promise<NavDelivery | null> {
    const { org, run, refs } = list;
    const { at, agreements, agreed } = await standing(org);
    if (!agreed) {
      await waits(list);
      return null;
    }
    const batch = listAnswered(run);
    const youths = await parts.load(org, refs);
    const asked = new Map([...recordedAsked(youths, batch), ...(await nav.askedAbout(org, batch, refs))]);
    return {
      asked: new Set(asked.keys()),
      unanswered: await nav.unanswered(org, batch, refs),
      late: [...youths.values()].some((loaded) => answeredAfter(loaded, batch)),
      mayUse(ref) {
        const question = { agreements, policy: parts.policyFor(org), at, asked: asked.get(ref) ?? at };
        return judgeStored(youths.get(ref), question, mayUse).may;
      },
      noteStrangers: (strangers) => nav.noteIncident(org, { run, strangers, at }),
      async note(answers) {
        const hash = parts.vault.digest('nav-delivery', contentOf(answers));
        const same = await nav.noteDelivery(org, { run, batch, hash, at });
        await nav.noteAnswers(org, batch, refs, at);
        return same;
      },
    };
  }

  return { waits, open };
}

/** As the bridge feed has it: where the topics have been read again, the lists are not there any more. */
function recordedAsked(
  youths: ReadonlyMap<PersonRef, LoadedYouth>,
  batch: string,
): [PersonRef, IsoInstant][] {
  return [...youths].flatMap(([ref, loaded]) => {
    const fact = factsOf(loaded).find((each) => each.kind === 'NavAsked' && each.batch === batch);
    return fact === undefined ? [] : [[ref, fact.firstReceived]];
  });
}

function answeredAfter(loaded: LoadedYouth, batch: string): boolean {
  const month = batch.slice('B-'.length);
  return factsOf(loaded).some((fact) => fact.kind === 'NavMatch' && fact.month > month);
}

function factsOf(loaded: LoadedYouth): readonly Fact[] {
  try {
    return loaded.youth.facts;
  } catch {
    return [];
  }
}

function contentOf(answers: readonly NotedAnswer[]): string {
  return answers
    .toSorted((one, other) => compare(one.ref, other.ref))
    .map(({ ref, answer, office }) => `${ref} ${answer} ${office ?? ''}`)
    .join('\n');
}
