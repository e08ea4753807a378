import type { Context } from 'hono';
import type { UploadCaller } from '../desk/uploads/uploadCaller.ts';
import type { ApiEnv } from './apiEnv.ts';
import type { ApiParts } from './parts.ts';
import { senderFor } from './routes/feeds.ts';

/** Who works on an upload. */
export function uploadCaller(
  c: Context<ApiEnv>,
  feed: string,
  { uploadsAs }: Pick<ApiParts, 'uploadsAs'>,
): UploadCaller {
  const permission = c.get('permission');
  const { reach, masked } = permission;
  const records = uploadsAs(permission);
  const organisation = c.get('organisation');
  return { organisation, feed, from: senderFor(c), permission: { reach, masked }, records };
}
