import type { Principal } from '../../core/access/principal.ts';
import { type Agreement, agreementAt } from '../../core/nav/agreement.ts';
import { mayAsk } from '../../core/nav/mayAsk.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { NAV } from '../../core/sentences/nav.ts';
import { type IsoInstant, instantOf } from '../../core/time/date.ts';
import { openList } from '../../jobs/nav/extract.ts';
import { judgeStored } from '../../jobs/nav/judge.ts';
import { fileRow, numbersOf } from '../../jobs/nav/listFile.ts';
import { type NavFile, type NavFileRow, navFile } from '../../reports/navListFile.ts';
import type { NavBatchState } from '../../store/navPort.ts';
import { DeskRefusal } from '../refusal.ts';
import { type NavParts, navNow } from './agreements.ts';
import { type DeliveryView, deliveriesOf } from './deliveries.ts';

/** A list as NAV and the county see it: counts, and never a person. */
export interface NavManifest {
  id: string;
  month: string;
  state: 'making' | 'ready';
  extracted: IsoInstant;
  agreement: string;
  recipient: string;
  /** Null until it is ready. */
  rows: number | null;
  /** SHA-256 of its lines, in hex; null until it is ready. */
  sha256: string | null;
  /** The same as a table, in hex; null also where it was made before there was one. */
  sha256Csv: string | null;
  fetched: number;
  withdrawn: number;
  answered: number;
  /** Neither answered nor withdrawn. After the month it counts as IKKE_SVART: absence is no answer. */
  open: number;
  unanswered: 'VENTER' | 'IKKE_SVART';
  /** NAV's answers to it as they were delivered, oldest first, and what became of each. */
  deliveries: DeliveryView[];
}

type ManifestParts = Pick<NavParts, 'nav' | 'operations' | 'queries' | 'now'>;

/** @throws DeskRefusal NAV_NO_AGREEMENT */
export async function askForList(
  parts: ManifestParts,
  organisation: Organisation,
  asked: { month: string; by: string },
): Promise<NavManifest> {
  const now = () => instantOf(parts.now());
  const opened = await openList({ ...parts, now }, organisation.id, asked);
  if (opened.kind === 'no-agreement') throw noAgreement();
  return manifestOf(parts, organisation, opened.id);
}

export async function manifests(parts: ManifestParts, organisation: Organisation): Promise<NavManifest[]> {
  const { id: org } = organisation;
  const at = await navNow(parts, org);
  const oldestFirst = (await deliveriesOf(parts, organisation)).toReversed();
  const deliveries = Map.groupBy(oldestFirst, ({ batch }) => batch);
  return (await parts.nav.navBatches(org)).map((batch) => shown(batch, at, deliveries.get(batch.id)));
}

/** @throws DeskRefusal UNKNOWN_BATCH */
export async function manifestOf(
  parts: ManifestParts,
  organisation: Organisation,
  id: string,
): Promise<NavManifest> {
  const found = (await manifests(parts, organisation)).find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new DeskRefusal('UNKNOWN_BATCH', NAV.nb.noBatch);
}

export interface NavPage<Row> {
  rows: Row[];
  /** Of the next page; null: this was the last. */
  next: string | null;
}

export type FetchParts = Omit<NavParts, 'log' | 'newId'>;

export interface NavFetch {
  batch: string;
  after: string;
  limit: number;
}

/** A page of the list, as NAV fetches it: each row is judged again and is a disclosure.
 *  @throws DeskRefusal NAV_NO_AGREEMENT, UNKNOWN_BATCH */
export async function fetchRows(
  parts: FetchParts,
  organisation: Organisation,
  principal: Principal,
  asked: NavFetch,
): Promise<NavPage<NavFileRow> & { refs: PersonRef[] }> {
  const { id: org } = organisation;
  const recipient = (await agreementWith(parts, organisation, principal)).party;
  const judged = await judgedPage(parts, organisation, asked, recipient);
  const given = judged.filter((row) => row.given);
  const numbers = await numbersOf(
    parts,
    org,
    given.map(({ ref }) => ref),
  );
  const rows = given.flatMap((row) => {
    const number = numbers.get(row.ref);
    return number === undefined ? [] : [fileRow(row, number)];
  });
  return { rows, next: nextOf(judged, asked), refs: given.map(({ ref }) => ref) };
}

/** All of the list from after a row on, as a file: judged and disclosed page by page, as by `fetchRows`.
 *  @throws DeskRefusal NAV_NO_AGREEMENT, UNKNOWN_BATCH */
export async function fetchFile(
  parts: FetchParts,
  organisation: Organisation,
  principal: Principal,
  { form, ...asked }: NavFetch & { form: NavFile },
): Promise<{ content: string; refs: PersonRef[] }> {
  const pages: Awaited<ReturnType<typeof fetchRows>>[] = [];
  for (let after: string | null = asked.after; after !== null; after = pages.at(-1)?.next ?? null)
    pages.push(await fetchRows(parts, organisation, principal, { ...asked, after }));
  return {
    content: navFile(
      form,
      pages.flatMap(({ rows }) => rows),
    ),
    refs: pages.flatMap(({ refs }) => refs),
  };
}

/** Of a page of the list those rows that NAV may no longer use: match ids, and nothing of why.
 *  @throws DeskRefusal NAV_NO_AGREEMENT, UNKNOWN_BATCH */
export async function fetchWithdrawals(
  parts: FetchParts,
  organisation: Organisation,
  principal: Principal,
  asked: NavFetch,
): Promise<NavPage<{ matchId: string; at: IsoInstant }>> {
  await agreementWith(parts, organisation, principal);
  const judged = await judgedPage(parts, organisation, asked, null);
  const rows = judged.flatMap(({ matchId, withdrawn: at }) => (at === null ? [] : [{ matchId, at }]));
  return { rows, next: nextOf(judged, asked) };
}

async function judgedPage(
  parts: FetchParts,
  organisation: Organisation,
  { batch, after, limit }: NavFetch,
  recipient: Agreement['party'] | null,
) {
  const { id: org } = organisation;
  const { extracted: asked, state } = await manifestOf(parts, organisation, batch);
  if (state === 'making')
    throw new DeskRefusal('UNKNOWN_BATCH', NAV.nb.notReady, {
      retryAfterSeconds: 5,
    });
  const at = await navNow(parts, org);
  const question = { agreements: await parts.nav.agreements(org), policy: parts.policyOf(org), at, asked };
  return parts.nav.judgePage(org, batch, {
    ...{ after, limit, at, recipient },
    judge: (youth) => judgeStored(youth, question, mayAsk),
  });
}

/** The agreement in force; a system must be its party. */
async function agreementWith(
  parts: Pick<NavParts, 'nav' | 'operations' | 'now'>,
  { id: org }: Organisation,
  principal: Principal,
): Promise<Agreement> {
  const all = await parts.nav.agreements(org);
  const own = principal.kind === 'machine' ? all.filter(({ party }) => party === principal.consumer) : all;
  const agreement = agreementAt(own, await navNow(parts, org));
  if (agreement === null) throw noAgreement();
  return agreement;
}

function nextOf(judged: readonly { matchId: string }[], { limit }: NavFetch): string | null {
  return judged.length < limit ? null : (judged.at(-1)?.matchId ?? null);
}

function shown(batch: NavBatchState, at: IsoInstant, deliveries: DeliveryView[] = []): NavManifest {
  const { id, extracted, agreement, recipient, finished, fetched, withdrawn, answered } = batch;
  const month = id.slice(2);
  const rows = finished?.rows ?? null;
  return {
    ...{ id, month, state: finished === null ? 'making' : 'ready', extracted, agreement, recipient, rows },
    sha256: finished?.hash.toString('hex') ?? null,
    sha256Csv: finished?.csvHash?.toString('hex') ?? null,
    ...{ fetched, withdrawn, answered, open: Math.max(0, (rows ?? 0) - withdrawn - answered) },
    unanswered: at.slice(0, 7) > month ? 'IKKE_SVART' : 'VENTER',
    deliveries,
  };
}

function noAgreement(): DeskRefusal {
  return new DeskRefusal('NAV_NO_AGREEMENT', NAV.nb.noAgreement);
}
