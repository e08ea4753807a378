import type { Permission } from '../../core/access/permission.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { UploadRecords } from '../../store/uploadPort.ts';
import type { Sender } from '../submission/submit.ts';

/** Who works on an upload, and within what. */
export interface UploadCaller {
  organisation: Organisation;
  feed: string;
  from: Sender;
  permission: Pick<Permission, 'reach' | 'masked'>;
  /** What is remembered of lists, within the permission. */
  records: UploadRecords;
}
