import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs Node once, without a test runner's loader, and returns what it prints. What is run ends by itself and needs
 *  no parts: a process with Kafka, PostgreSQL or a port belongs into a `.real` test.
 *  @param zone of the process, which reads it at its start */
export async function plainNode(args: readonly string[], zone?: string): Promise<string> {
  const env = { ...process.env, ...(zone !== undefined && { TZ: zone }) };
  return (await promisify(execFile)(process.execPath, args, { env })).stdout;
}
