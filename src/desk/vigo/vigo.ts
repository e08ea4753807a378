import { hash } from 'node:crypto';
import type { Permission } from '../../core/access/permission.ts';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import { instantOf } from '../../core/time/date.ts';
import { schoolYearOf, yearBefore } from '../../core/time/schoolYear.ts';
import {
  readVigoReceipt,
  VIGO_VERSION,
  VIGO_WITHDRAWN,
  type VigoContent,
  type VigoNumberedRow,
  vigoContent,
  vigoCsv,
  vigoCure,
  vigoJson,
} from '../../core/vigo/otFile.ts';
import { readable } from '../../store/readable.ts';
import type { VigoFileState, VigoOpenRow, VigoRecords } from '../../store/vigoPort.ts';
import { type Identity, type LookUpParts, lookUp } from '../identity/lookUp.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';

export interface VigoParts extends LookUpParts, Pick<DeskParts, 'newId'> {
  vigo: VigoRecords;
}

export const VIGO_FORMS = ['csv', 'json'] as const;
export type VigoForm = (typeof VIGO_FORMS)[number];

/** Rows a file has at most: as many as one may look up in an hour, unless the installation lets them have more. */
export const VIGO_MOST = 5_000;

export interface VigoFileMade {
  /** Null: nothing new to report. */
  file: string | null;
  rows: number;
  /** Not reported: protected, parked or unknown. */
  leftOut: number;
  /** There is more than this file holds; the next one begins where it ends. */
  more: boolean;
  content: string;
  refs: PersonRef[];
}

/** Who asks, and how many they may ask about. */
export interface VigoAsking {
  form: VigoForm;
  counted(persons: readonly string[]): Promise<void>;
}

const DAY_MS = 86_400_000;
const SHOWN = 500;
/** Looked up in one step. */
const STEP = 500;

/** What of the reports to VIGO a permission lets through: they are a county's, or none. The second fence is the database's. */
export function reachedVigo(vigo: VigoRecords, { organisations, reach }: Permission): VigoRecords {
  const covers = (org: OrgId) =>
    reach.kind === 'county' && (organisations === null || organisations.includes(org));
  return {
    ...vigo,
    addVigoFile: async (org, ...file) => covers(org) && vigo.addVigoFile(org, ...file),
    lastReported: async (org) => (covers(org) ? vigo.lastReported(org) : { files: 0, last: new Map() }),
    vigoFiles: async (org, limit) => (covers(org) ? vigo.vigoFiles(org, limit) : []),
    vigoFile: async (org, file) => (covers(org) ? vigo.vigoFile(org, file) : undefined),
    openVigoRows: async (org, since, limit) => (covers(org) ? vigo.openVigoRows(org, since, limit) : []),
    answerVigo: async (org, receipt) => (covers(org) ? vigo.answerVigo(org, receipt) : 'unknown'),
    withdrawVigo: async (org, ...asked) => (covers(org) ? vigo.withdrawVigo(org, ...asked) : undefined),
  };
}

/** Makes the next file: of each youth whose report would be another than the last one.
 *  @throws DeskRefusal VIGO_FILE_OVERTAKEN when another operator made one meanwhile: nothing is stored or handed out */
export async function makeVigoFile(
  parts: VigoParts,
  organisation: Organisation,
  asked: VigoAsking & { most: number; withAlerts: boolean; by: string },
): Promise<VigoFileMade> {
  const { id: org } = organisation;
  const { wanted, after } = await news(parts, organisation, asked.withAlerts);
  const refs = [...wanted.keys()];
  const rows: (VigoNumberedRow & { ref: PersonRef })[] = [];
  let [at, leftOut] = [0, 0];
  // Who is left out takes no room: those behind would never be reported.
  while (at < refs.length && rows.length < asked.most) {
    const step = refs.slice(at, at + Math.min(STEP, asked.most - rows.length));
    const found = await given(parts, organisation, step, asked).catch(unlessCapped(rows.length > 0));
    if (found === undefined) break;
    at += step.length;
    leftOut += step.length - found.length;
    for (const { ref, fodselsnummer } of found) {
      const content = wanted.get(ref);
      if (content !== undefined)
        rows.push({ ...content, rad: rows.length + 1, ref, fodselsnummer: fodselsnummer.reveal() });
    }
  }
  const more = at < refs.length;
  if (rows.length === 0) return { file: null, rows: 0, leftOut, more, content: '', refs: [] };
  const file = parts.newId();
  const added = await parts.vigo.addVigoFile(
    org,
    {
      id: file,
      version: VIGO_VERSION,
      made: instantOf(parts.now()),
      by: asked.by,
      hash: sha256(vigoCsv(file, rows)),
    },
    rows.map(({ fodselsnummer: _number, ...row }) => row),
    after,
  );
  if (!added) throw new DeskRefusal('VIGO_FILE_OVERTAKEN', REFUSAL.nb.fileOvertaken);
  const content = WRITTEN[asked.form](file, rows);
  return { file, rows: rows.length, leftOut, more, content, refs: rows.map(({ ref }) => ref) };
}

/**
 * A file as it was handed out, to the byte: its answer was lost. Who is asked about is looked up again, and recorded so.
 * @throws DeskRefusal NOT_FOUND; VIGO_FILE_CHANGED when someone in it has another number now, or is protected
 */
export async function vigoFileAgain(
  parts: VigoParts,
  organisation: Organisation,
  file: string,
  asked: VigoAsking,
): Promise<{ rows: number; content: string; refs: PersonRef[] }> {
  const stored = await parts.vigo.vigoFile(organisation.id, file);
  if (stored === undefined) throw unknownFile();
  const numbers = new Map<PersonRef, string>();
  const refs = stored.rows.map(({ ref }) => ref);
  for (let at = 0; at < refs.length; at += STEP)
    for (const { ref, fodselsnummer } of await given(parts, organisation, refs.slice(at, at + STEP), asked))
      numbers.set(ref, fodselsnummer.reveal());
  const rows = stored.rows.map((row) => ({ ...row, fodselsnummer: numbers.get(row.ref) ?? '' }));
  if (!sha256(vigoCsv(file, rows)).equals(stored.hash))
    throw new DeskRefusal('VIGO_FILE_CHANGED', REFUSAL.nb.fileChanged);
  return { rows: rows.length, content: WRITTEN[asked.form](file, rows), refs };
}

/** Takes a file back that was not delivered: what of it has no answer comes in the next one. @throws DeskRefusal NOT_FOUND */
export async function withdrawVigoFile(
  { vigo, now }: Pick<VigoParts, 'vigo' | 'now'>,
  { id: org }: Organisation,
  file: string,
): Promise<number> {
  const rows = await vigo.withdrawVigo(org, file, instantOf(now()), VIGO_WITHDRAWN);
  if (rows === undefined) throw unknownFile();
  return rows;
}

/** What would be reported of each youth, where that is another than the last report. */
async function news(
  parts: VigoParts,
  organisation: Organisation,
  withAlerts: boolean,
): Promise<{ wanted: Map<PersonRef, VigoContent>; after: number }> {
  const { id: org, county } = organisation;
  const from = yearBefore(schoolYearOf(await todayOf(parts, organisation)));
  const { files: after, last } = await parts.vigo.lastReported(org);
  const wanted = new Map<PersonRef, VigoContent>();
  for await (const loaded of parts.queries.youths(org)) {
    const youth = readable(loaded);
    const content = youth && vigoContent(youth, { county, from, withAlerts });
    if (content && !same(last.get(loaded.ref), content)) wanted.set(loaded.ref, content);
  }
  return { wanted, after };
}

async function given(
  parts: VigoParts,
  organisation: Organisation,
  refs: readonly PersonRef[],
  { counted }: Pick<VigoAsking, 'counted'>,
): Promise<Identity[]> {
  return (await lookUp(parts, organisation, refs, { counted, purpose: 'REGISTER' })).given;
}

/** With something to hand out, the hour's limit ends the file; the next one goes on from there. */
function unlessCapped(any: boolean): (error: unknown) => undefined {
  return (error) => {
    if (any && error instanceof DeskRefusal && error.code === 'TOO_MANY_PERSONS') return undefined;
    throw error;
  };
}

function unknownFile(): DeskRefusal {
  return new DeskRefusal('NOT_FOUND', REFUSAL.nb.noFile);
}

const WRITTEN = { csv: vigoCsv, json: vigoJson } as const;

/** Reads a receipt of the register. @throws DeskRefusal INVALID_REQUEST, NOT_FOUND */
export async function takeVigoReceipt(
  parts: Pick<VigoParts, 'vigo' | 'now'>,
  { id: org }: Organisation,
  { content, by }: { content: string; by: string },
): Promise<{ accepted: number; refused: number; repeated: boolean }> {
  const read = readVigoReceipt(content);
  if (!read.ok) throw new DeskRefusal('INVALID_REQUEST', read.problem);
  const { answers } = read;
  const stored = await parts.vigo.answerVigo(org, {
    hash: sha256(content),
    at: instantOf(parts.now()),
    by,
    answers,
  });
  if (stored === 'unknown') throw new DeskRefusal('NOT_FOUND', REFUSAL.nb.foreignReceipt);
  const refused = answers.filter(({ accepted }) => !accepted).length;
  return { accepted: answers.length - refused, refused, repeated: stored === 'known' };
}

export interface VigoStatus {
  files: VigoFileState[];
  open: (VigoOpenRow & { cure: string })[];
}

/** The newest files, and the rows that are refused or have waited for `days`. */
export async function vigoStatus(
  parts: Pick<VigoParts, 'vigo' | 'now' | 'queries'>,
  { id: org }: Organisation,
  days: number,
): Promise<VigoStatus> {
  const since = instantOf(parts.now() - days * DAY_MS);
  const open = await parts.vigo.openVigoRows(org, since, SHOWN);
  const reached = await parts.queries.youthsNamed(org, [...new Set(open.map(({ ref }) => ref))]);
  return {
    files: await parts.vigo.vigoFiles(org, 20),
    open: open
      .filter(({ ref }) => reached.has(ref))
      .map((row) => ({
        ...row,
        cure: row.state === 'refused' ? vigoCure(row.code) : 'Spør registeret om filen er lest inn.',
      })),
  };
}

function same(before: VigoContent | undefined, now: VigoContent): boolean {
  return (
    before !== undefined &&
    (Object.keys(now) as (keyof VigoContent)[]).every((key) => before[key] === now[key])
  );
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
