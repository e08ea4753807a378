import { once } from 'node:events';
import type { Server } from 'node:http';
import { CommandFailed, EXIT } from '../ask.ts';

/** On loopback only. The port it got. @throws CommandFailed when the port is taken */
export async function open(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(`Port ${port} kan ikke brukes (${error.code}). Velg en annen.`, EXIT.usage);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
