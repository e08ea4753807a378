import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const CLIENT = fileURLToPath(new URL('./floodClient.ts', import.meta.url));

const Result = z.object({
  /** How many requests ended how: the status, marked when a refusal has no Retry-After, or the socket's error. */
  outcomes: z.record(z.string(), z.number()),
  seconds: z.number(),
});

/** Many reads from a process of its own, which gives way to all others: the measured process has the processor that it
 *  would have next to callers on other machines. */
export async function flood(
  url: string,
  path: string,
  { total, atOnce }: { total: number; atOnce: number },
): Promise<z.infer<typeof Result>> {
  const child = spawn(
    'nice',
    ['-n', '15', process.execPath, CLIENT, url, path, String(total), String(atOnce)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await once(child, 'close');
  return Result.parse(JSON.parse(text));
}
