import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const APP = fileURLToPath(new URL('app.ts', import.meta.url));

export interface App {
  /** Of the part it started. */
  partPid: number;
  /** SIGKILL to the app alone. */
  kill(): Promise<void>;
}

/** Another process that has started a part, as `npm start` in another terminal would. */
export async function startApp(
  which: 'kafka' | 'postgres',
  dir: string,
  port: number,
  cacheDir = '',
): Promise<App> {
  const child = spawn(process.execPath, [APP, which, dir, String(port), cacheDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = await once(child.stdout, 'data');
  return {
    partPid: Number(String(chunk)),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
