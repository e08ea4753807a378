import type { OrganisationNumber, Principal } from '../../core/access/principal.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { Problem } from '../../core/problem.ts';
import { DESK } from '../../core/sentences/desk.ts';
import { SUBSCRIPTION } from '../../core/sentences/subscriptions.ts';
import type { Beginning, CallKind, Subscription } from '../../core/subscription/subscription.ts';
import { instantOf } from '../../core/time/date.ts';
import { startOfOsloDay } from '../../core/time/oslo.ts';
import { schoolYearOf, startYearOf } from '../../core/time/schoolYear.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts, SubscriptionAct } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { grantProblems, subscriberFor } from './grants.ts';
import { changed, isShownTo, subscriptionNamed, unknownSubscription } from './owned.ts';
import { urlStep } from './secondPerson.ts';
import {
  type PublicKeyView,
  publicKeysOf,
  type SubscriptionDetails,
  type SubscriptionView,
  subscriptionView,
} from './subscriptionView.ts';

export type SubscriptionParts = Pick<
  DeskParts,
  'subscriptions' | 'receivers' | 'accessRecords' | 'agreementsOf' | 'operations' | 'now' | 'newId' | 'log'
>;

export interface SubscriptionWanted {
  url: string;
  name: string | null;
  kinds: readonly CallKind[];
  owners: readonly string[] | null;
  protectedYouths: boolean;
  begins: Beginning;
  /** Whose it is, when a person asks for a system. */
  orgnr: OrganisationNumber | null;
}

/** Of one subscriber; each costs planning and connections. */
const MOST_SUBSCRIPTIONS = 20;

export async function subscriptionsOf(
  { subscriptions }: Pick<SubscriptionParts, 'subscriptions'>,
  { id }: Organisation,
  principal: Principal,
): Promise<SubscriptionView[]> {
  const all = await subscriptions.subscriptions(id);
  return all.filter((each) => isShownTo(principal, each)).map(subscriptionView);
}

/** @throws DeskRefusal UNKNOWN_SUBSCRIPTION */
export async function subscriptionDetails(
  parts: Pick<SubscriptionParts, 'subscriptions' | 'receivers' | 'now'>,
  organisation: Organisation,
  principal: Principal,
  id: string,
): Promise<SubscriptionDetails> {
  const { subscriptions } = parts;
  const found = await subscriptionNamed(parts, organisation, principal, id);
  const [health, backlog, keys] = await Promise.all([
    subscriptions.health(organisation.id, id),
    parts.receivers.backlog(organisation.id, id),
    subscriptions.signingKeys(id, instantOf(parts.now())),
  ]);
  return { ...subscriptionView(found), health, backlog, publicKeys: publicKeysOf(keys) };
}

/** Sends nothing before the receiver is proven. @throws DeskRefusal INVALID_REQUEST, TOO_MANY_SUBSCRIPTIONS */
export async function addSubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  principal: Principal,
  wanted: SubscriptionWanted,
): Promise<{ subscription: SubscriptionView; secret: string; publicKeys: PublicKeyView[] }> {
  const { id: org } = organisation;
  const { kinds, owners, protectedYouths, url, begins } = wanted;
  const whose = subscriberFor(principal, wanted.orgnr);
  const problems: Problem[] = urlProblems(parts, url);
  if (whose === undefined) problems.push(ORGNR);
  else problems.push(...(await grantProblems(parts, org, whose, wanted)));
  if (whose === undefined || problems.length > 0) throw invalid(problems);
  const own = (await parts.subscriptions.subscriptions(org)).filter(
    ({ subscriber }) => subscriber === whose.subscriber,
  );
  if (own.length >= MOST_SUBSCRIPTIONS) {
    throw new DeskRefusal('TOO_MANY_SUBSCRIPTIONS', SUBSCRIPTION.nb.many(String(MOST_SUBSCRIPTIONS)));
  }
  const created = instantOf(parts.now());
  const { secret, keys } = parts.receivers.newKeys(created);
  const subscription: Subscription = {
    ...{ id: parts.newId(), org, ...whose, name: wanted.name ?? new URL(url).hostname, url },
    ...{ kinds, owners, protectedYouths, begins },
    beginsAt: begins === 'school-year' ? await schoolYearBegan(parts, organisation) : null,
    ...{ state: 'pending', reason: 'NEW', wantedUrl: null, failingSince: null },
    ...{ created, createdBy: principal.name, version: 1 },
  };
  await parts.subscriptions.addSubscription(subscription, keys);
  note(parts, subscription, 'add');
  return { subscription: subscriptionView(subscription), secret, publicKeys: publicKeysOf(keys) };
}

/** The first moment of the organisation's school year: by its own clock. */
export async function schoolYearBegan(
  parts: Pick<SubscriptionParts, 'operations' | 'now'>,
  organisation: Organisation,
): Promise<string> {
  const year = startYearOf(schoolYearOf(await todayOf(parts, organisation)));
  return startOfOsloDay(`${year}-08-01`);
}

export interface WantedChange {
  name?: string | undefined;
  kinds?: readonly CallKind[] | undefined;
  owners?: readonly string[] | null | undefined;
  url?: string | undefined;
}

/** A new address is taken into use when a second caller has asked for it and the receiver is proven; until then the one
 *  before is. @throws DeskRefusal */
export async function changeSubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  principal: Principal,
  { id, url, name, kinds, owners }: { id: string } & WantedChange,
): Promise<SubscriptionView> {
  const found = await subscriptionNamed(parts, organisation, principal, id);
  const moved = url === undefined || url === found.url ? {} : await newUrl(parts, found, principal, url);
  if (kinds !== undefined) {
    const { protectedYouths } = found;
    const problems = await grantProblems(parts, organisation.id, found, { kinds, protectedYouths });
    if (problems.length > 0) throw invalid(problems);
  }
  const after = await changed(parts, found, {
    ...moved,
    ...(name === undefined ? {} : { name }),
    ...(kinds === undefined ? {} : { kinds }),
    ...(owners === undefined ? {} : { owners }),
  });
  note(parts, after, 'change');
  return subscriptionView(after);
}

async function newUrl(
  parts: SubscriptionParts,
  subscription: Subscription,
  principal: Principal,
  url: string,
): Promise<Partial<Pick<Subscription, 'url' | 'wantedUrl'>>> {
  const problems = urlProblems(parts, url);
  if (problems.length > 0) throw invalid(problems);
  // Nothing has been sent to it yet.
  if (subscription.state === 'pending') return { url, wantedUrl: null };
  const decided = urlStep(subscription.wantedUrl, { url, principal, now: instantOf(parts.now()) });
  switch (decided.step) {
    case 'asked':
      return { wantedUrl: decided.wanted };
    case 'same':
      throw needsAnother(SUBSCRIPTION.nb.sameAsked);
    case 'early':
      throw needsAnother(SUBSCRIPTION.nb.tooEarly(decided.from));
    case 'approved':
      await proven(parts, { ...subscription, url });
      return { url, wantedUrl: null };
  }
}

function needsAnother(how: string): DeskRefusal {
  return new DeskRefusal('URL_NEEDS_ANOTHER', `${SUBSCRIPTION.nb.needsAnother} ${how}`);
}

/** @throws DeskRefusal RECEIVER_NOT_PROVEN */
export async function proven(
  { receivers }: Pick<SubscriptionParts, 'receivers'>,
  subscription: Subscription,
) {
  const answer = await receivers.prove(subscription);
  if (answer.outcome === 'delivered') return answer;
  const { nb } = SUBSCRIPTION;
  const status = answer.httpStatus === null ? [] : [nb.answered(String(answer.httpStatus))];
  const said = [WHY[answer.outcome] ?? nb.notProven, ...status, nb.proveHow];
  throw new DeskRefusal('RECEIVER_NOT_PROVEN', said.join(' '));
}

const WHY: Partial<Record<Awaited<ReturnType<SubscriptionParts['receivers']['prove']>>['outcome'], string>> =
  {
    timeout: SUBSCRIPTION.nb.provenTimeout,
    unreachable: SUBSCRIPTION.nb.provenUnreachable,
    tls: SUBSCRIPTION.nb.provenTls,
    redirected: SUBSCRIPTION.nb.provenRedirected,
    'forbidden-address': SUBSCRIPTION.nb.provenForbidden,
    egress: SUBSCRIPTION.nb.provenEgress,
  };

/** Attempts stay for 90 days; nothing more is sent. @throws DeskRefusal UNKNOWN_SUBSCRIPTION */
export async function closeSubscription(
  parts: SubscriptionParts,
  organisation: Organisation,
  principal: Principal,
  id: string,
): Promise<void> {
  const found = await subscriptionNamed(parts, organisation, principal, id);
  const at = instantOf(parts.now());
  if (!(await parts.subscriptions.closeSubscription(organisation.id, id, at))) throw unknownSubscription();
  note(parts, found, 'close');
}

export function note(
  { log }: Pick<SubscriptionParts, 'log'>,
  { org, id }: Pick<Subscription, 'org' | 'id'>,
  act: SubscriptionAct,
): void {
  log({ event: 'subscriptionActed', org, act, access: id });
}

function urlProblems({ receivers }: Pick<SubscriptionParts, 'receivers'>, url: string): Problem[] {
  const fault = receivers.judgeUrl(url);
  return fault === null ? [] : [{ code: 'INVALID_VALUE', field: 'url', ...fault }];
}

const ORGNR: Problem = {
  ...{ code: 'INVALID_VALUE', field: 'orgnr' },
  text: SUBSCRIPTION.nb.whose,
  cure: SUBSCRIPTION.nb.whoseCure,
};

function invalid(problems: readonly Problem[]): DeskRefusal {
  return new DeskRefusal('INVALID_REQUEST', DESK.nb.fixBelow, { problems });
}
