import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Build, THIS_BUILD } from './build.ts';

/** A program of this folder as a process, in the build's own way of running. */
export function startProgram(file: string, env: Record<string, string>, build = THIS_BUILD): ChildProcess {
  return startProcess(process.execPath, [...build.flags, pathOf(file)], env);
}

/** A program of any kind, its input and output piped. */
export function startProcess(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): ChildProcess {
  return spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
}

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Runs a program of this folder to its end. Resolves with what it wrote. */
export async function outputOf(file: string, env: Record<string, string>, build: Build): Promise<string> {
  const child = startProgram(file, env, build);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${file} of ${build.name} ended with ${code}`);
  return text;
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

export async function end(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

export async function said(child: ChildProcess, word: string): Promise<string> {
  for await (const [chunk] of events(child)) {
    const text = String(chunk);
    if (text.includes(word)) return text;
  }
  throw new Error(`the program ended before it said «${word}»`);
}

async function* events(child: ChildProcess): AsyncGenerator<[unknown]> {
  const ended = once(child, 'exit').then(() => null);
  for (;;) {
    const next = await Promise.race([once(child.stdout!, 'data') as Promise<[unknown]>, ended]);
    if (next === null) return;
    yield next;
  }
}
