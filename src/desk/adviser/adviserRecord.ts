import { createHash } from 'node:crypto';
import type { GroundKey } from '../../core/rules/ground.ts';
import type { OverrideKey } from '../../core/rules/override.ts';
import type { IsoDate } from '../../core/time/date.ts';
import type { Channel } from '../../core/worklist/channel.ts';
import type { Answerer } from '../../core/youth/statusEvent.ts';

// What an adviser reports of a youth without an OT system: a record of the feed `ot-adviser`, as its README has it, and
// without whom it is about until it is sent.

/** Tried to reach the youth, or reached it. */
export interface AttemptRecord {
  type: 'kontaktforsok';
  dato: IsoDate;
  kanal: Channel;
  besvart: boolean;
  besvartAv?: Answerer;
  /** Keyword: why a guardian's answer is to count. */
  grunn?: string;
  skolear?: string;
}

/** A status, with what it rests on; `fastholdtFordi`: why it is kept whatever a rule says. */
export interface StatusRecord {
  type: 'status';
  dato: IsoDate;
  kode: string;
  viaOT?: 'JA' | 'NEI';
  skolear?: string;
  grunnlag?: GroundKey[];
  fastholdtFordi?: OverrideKey;
}

export type AdviserRecord = AttemptRecord | StatusRecord;

/** The console among the systems that report to the feed. */
const SOURCE = 'ot:konsoll';

/** The record's bytes. The same key gives the same id, so that what is sent twice is reported once.
 *  @param number identity number of the youth */
export function adviserRow(record: AdviserRecord, key: string, number: string): Buffer {
  const { type, ...fields } = record;
  const row = { id: idOf(key), type, kilde: SOURCE, fodselsnummer: number, ...fields };
  return Buffer.from(JSON.stringify(row));
}

/** In groups: eleven digits in a row look like an identity number. */
function idOf(key: string): string {
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return hash.replace(/.{4}(?!$)/g, '$&-');
}
