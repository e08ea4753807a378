import type { Context } from 'hono';
import type { UploadCaller } from '../desk/uploads/uploads.ts';
import type { ApiEnv } from './apiEnv.ts';
import { senderFor } from './routes/feeds.ts';

/** Who works on an upload. */
export function uploadCaller(c: Context<ApiEnv>, feed: string): UploadCaller {
  const { reach, masked } = c.get('permission');
  return { organisation: c.get('organisation'), feed, from: senderFor(c), permission: { reach, masked } };
}
