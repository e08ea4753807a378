import { hash } from 'node:crypto';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { instantOf } from '../../core/time/date.ts';
import { schoolYearOf, yearBefore } from '../../core/time/schoolYear.ts';
import {
  readVigoReceipt,
  VIGO_VERSION,
  type VigoContent,
  vigoContent,
  vigoCsv,
  vigoCure,
} from '../../core/vigo/otFile.ts';
import type { VigoFileState, VigoOpenRow, VigoRecords } from '../../store/vigoPort.ts';
import { type LookUpParts, lookUp } from '../identity/lookUp.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { readable } from '../youths/readableYouth.ts';

export interface VigoParts extends LookUpParts, Pick<DeskParts, 'newId'> {
  vigo: VigoRecords;
}

export interface VigoFileMade {
  /** Null: nothing new to report. */
  file: string | null;
  rows: number;
  /** Not reported: protected, parked or unknown. */
  leftOut: number;
  /** More than one file holds; ask again. */
  more: boolean;
  csv: string;
  refs: PersonRef[];
}

const DAY_MS = 86_400_000;
const SHOWN = 500;

/** Makes the next file: of each youth whose report would be another than the last one. */
export async function makeVigoFile(
  parts: VigoParts,
  organisation: Organisation,
  asked: {
    most: number;
    withAlerts: boolean;
    by: string;
    counted(persons: readonly string[]): Promise<void>;
  },
): Promise<VigoFileMade> {
  const { id: org, county } = organisation;
  const from = yearBefore(schoolYearOf(await todayOf(parts, organisation)));
  const last = await parts.vigo.lastReported(org);
  const wanted = new Map<PersonRef, VigoContent>();
  let more = false;
  for await (const loaded of parts.queries.youths(org)) {
    const youth = readable(loaded);
    const content = youth && vigoContent(youth, { county, from, withAlerts: asked.withAlerts });
    if (!content || same(last.get(loaded.ref), content)) continue;
    more = wanted.size === asked.most;
    if (more) break;
    wanted.set(loaded.ref, content);
  }
  const { counted } = asked;
  const found = await lookUp(parts, organisation, [...wanted.keys()], { counted, purpose: 'REGISTER' });
  const file = parts.newId();
  const rows = found.given.flatMap(({ ref, fodselsnummer }, index) => {
    const content = wanted.get(ref);
    return content === undefined ? [] : [{ ...content, rad: index + 1, ref, fodselsnummer }];
  });
  const leftOut = wanted.size - rows.length;
  if (rows.length === 0) return { file: null, rows: 0, leftOut, more, csv: '', refs: [] };
  const csv = vigoCsv(file, rows, (row) => row.fodselsnummer.reveal());
  await parts.vigo.addVigoFile(
    org,
    { id: file, version: VIGO_VERSION, made: instantOf(parts.now()), by: asked.by, hash: sha256(csv) },
    rows.map(({ fodselsnummer: _number, ...row }) => row),
  );
  return { file, rows: rows.length, leftOut, more, csv, refs: rows.map(({ ref }) => ref) };
}

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
  if (stored === 'unknown')
    throw new DeskRefusal(
      'NOT_FOUND',
      'Kvitteringen nevner en fil eller rad som ikke er laget her, eller en rad to ganger. Ingenting er lagret: be om kvitteringen på nytt.',
    );
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
