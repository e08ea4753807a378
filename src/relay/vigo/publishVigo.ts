import { projectionTopic } from '../../core/messages/topic.ts';
import type { OrgId } from '../../core/organisation.ts';
import { VIGO_VERSION } from '../../core/vigo/otFile.ts';
import type { Publisher } from '../../kafka/publisher.ts';
import type { VigoRecords } from '../../store/vigoPort.ts';

/** Publishes the rows of files that were made, by reference: at least once, a file at a time. */
export async function publishVigo(
  vigo: Pick<VigoRecords, 'unpublishedVigo' | 'publishedVigo'>,
  publisher: Pick<Publisher, 'publish'>,
  org: OrgId,
): Promise<void> {
  for (;;) {
    const file = await vigo.unpublishedVigo(org);
    if (file === undefined) return;
    const records = file.rows.map((row) => ({
      topic: projectionTopic(org, 'vigo'),
      key: row.ref,
      value: Buffer.from(JSON.stringify({ versjon: VIGO_VERSION, fil: file.id, ...row })),
      headers: { 'origin.application.id': 'ot-bridge' },
    }));
    await publisher.publish(records, { deadlineMs: 20_000 });
    await vigo.publishedVigo(org, file.id);
  }
}
