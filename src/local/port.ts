import { createServer } from 'node:net';
import { StartupError } from './startupError.ts';

export function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** @param variable environment variable that sets the port of `what` */
export async function refuseTakenPort(port: number, what: string, variable: string): Promise<void> {
  if (await portIsFree(port)) return;
  throw new StartupError(
    `Port ${port} på 127.0.0.1 er opptatt av et annet program, så ${what} kan ikke starte: stopp det, eller velg en annen port med ${variable}.`,
  );
}
