import type { OrgId } from '../../core/organisation.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { Vault } from '../../store/vault.ts';

/** What a reader follows: `changes` of statuses and alerts, or of main groups alone. */
export type Followed = 'changes' | 'groups';

/** Whose cursor it is: another's does not open. */
export interface CursorOwner {
  org: OrgId;
  subscriber: string;
  /** `bulk`: no reader, but who makes a job as of it. */
  what: Followed | 'bulk';
}

/** How far a reader has come. */
export interface ChangeCursor {
  /** Lane → offset of the next record; a lane that was added since is at 0. */
  lanes: ReadonlyMap<number, bigint>;
  /** What was recorded before is left out; null: nothing is. */
  beginsAt: IsoInstant | null;
}

// Sealed, and not only encoded: who saw which lane a change came by would know which came from NAV.

export function writeCursor(
  vault: Pick<Vault, 'seal'>,
  { org, subscriber, what }: CursorOwner,
  { lanes, beginsAt }: ChangeCursor,
): string {
  const offsets = [...lanes].map(([lane, offset]) => `${lane}:${offset}`).join(',');
  const text = [VERSION, org, subscriber, what, beginsAt ?? '', offsets].join(' ');
  return vault.seal(Buffer.from(text)).toString('base64url');
}

/** Undefined when it is none of ours, or another's. */
export function readCursor(
  vault: Pick<Vault, 'open'>,
  owner: CursorOwner,
  text: string,
): ChangeCursor | undefined {
  const opened = open(vault, text);
  if (opened === undefined) return undefined;
  const [version, org, subscriber, what, beginsAt = '', offsets = ''] = opened.split(' ');
  if (version !== VERSION || org !== owner.org || subscriber !== owner.subscriber || what !== owner.what)
    return undefined;
  const lanes = new Map<number, bigint>();
  for (const each of offsets === '' ? [] : offsets.split(',')) {
    const [lane = '', offset = ''] = each.split(':');
    lanes.set(Number(lane), BigInt(offset));
  }
  return { lanes, beginsAt: beginsAt === '' ? null : beginsAt };
}

const VERSION = '1';

function open(vault: Pick<Vault, 'open'>, text: string): string | undefined {
  try {
    return vault.open(Buffer.from(text, 'base64url')).toString();
  } catch {
    // Cut, changed, or sealed by another key: as little a cursor as any other text.
    return undefined;
  }
}
