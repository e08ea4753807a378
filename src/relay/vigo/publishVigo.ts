import { projectionTopic } from '../../core/messages/topic.ts';
import type { OrgId } from '../../core/organisation.ts';
import { VIGO_VERSION } from '../../core/vigo/otFile.ts';
import type { OutgoingRecord, Publisher } from '../../kafka/publisher.ts';
import type { VigoFileRow, VigoRecords } from '../../store/vigoPort.ts';

const PAGE = 500;

/** Publishes the rows of files that were made, by reference: at least once, a file at a time. */
export async function publishVigo(
  vigo: Pick<VigoRecords, 'unpublishedVigo' | 'publishedVigo'>,
  publisher: Pick<Publisher, 'publish'>,
  org: OrgId,
): Promise<void> {
  for (;;) {
    const file = await vigo.unpublishedVigo(org);
    if (file === undefined) return;
    const records = file.rows.map((row) => vigoRecord(org, file.id, row));
    for (let at = 0; at < records.length; at += PAGE)
      await publisher.publish(records.slice(at, at + PAGE), { deadlineMs: 20_000 });
    await vigo.publishedVigo(org, file.id);
  }
}

/** A row as it is on the topic: with the reference, never with the number. */
export function vigoRecord(org: OrgId, file: string, row: VigoFileRow): OutgoingRecord {
  return {
    topic: projectionTopic(org, 'vigo'),
    key: row.ref,
    value: Buffer.from(JSON.stringify({ versjon: VIGO_VERSION, fil: file, ...row })),
    headers: { 'origin.application.id': 'ot-bridge' },
  };
}
