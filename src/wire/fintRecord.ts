import type { FintResourceName } from '../core/fint/resource.ts';
import { projectionTopic } from '../core/messages/topic.ts';
import type { OrgId } from '../core/organisation.ts';
import type { OutgoingRecord } from '../kafka/publisher.ts';

/** Which sync a record belongs to. A receiver counts its records up to `total`; a full one that is complete removes what it
 *  did not hold. */
export interface FintSync {
  type: 'FULL' | 'DELTA' | 'DELETE';
  id: string;
  total: number;
}

/** By their place in FINT's list of them. */
const SYNC_TYPES: readonly FintSync['type'][] = ['FULL', 'DELTA', 'DELETE'];

/** Between resource and identifier in a key. */
const UNIT_SEPARATOR = '\u001f';

/** A record in FINT's entity envelope. `value` null: deleted. @param modified epoch milliseconds */
export function fintRecord(
  org: OrgId,
  entity: { resource: FintResourceName; id: string; value: object | null; modified: number },
  sync: FintSync,
): OutgoingRecord {
  const { resource, id, value, modified } = entity;
  return {
    topic: projectionTopic(org, 'fint'),
    key: `${resource}${UNIT_SEPARATOR}${id}`,
    value: value === null ? null : Buffer.from(JSON.stringify(value)),
    headers: {
      'origin.application.id': 'ot-bridge',
      'resource-name': resource,
      'sync-correlation-id': sync.id,
    },
    headerBytes: {
      // FINT's name for the moment of the last change.
      'entity-retention-time': bigEndian(modified),
      'sync-type': Buffer.from([SYNC_TYPES.indexOf(sync.type)]),
      'sync-total-size': bigEndian(sync.total),
    },
  };
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}
