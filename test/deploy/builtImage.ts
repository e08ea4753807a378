import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lchownSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { buildContext, readStages, type Stage, type Step } from './dockerfile.ts';
import { ROOT } from './manifests.ts';

// What deploy/Dockerfile makes, without Docker: its steps done in a folder. Of the base image there is nothing but what is
// on this machine.

export interface Image {
  /** Its files, from `/` on. */
  root: string;
  workdir: string;
  variables: Record<string, string>;
  /** `uid:gid` */
  user: string;
  entrypoint: string[];
}

/** @param dir of a folder to make it in @throws when a step is of a kind that is not known here */
export async function buildImage(dir: string): Promise<Image> {
  const built = new Map<string, string>();
  let image: Image | undefined;
  for (const stage of readStages()) {
    const root = join(dir, stage.name ?? 'image');
    mkdirSync(root, { recursive: true });
    image = await build(stage, root, built);
    if (stage.name !== undefined) built.set(stage.name, root);
  }
  if (image === undefined) throw new Error('a Dockerfile without a stage');
  return image;
}

async function build(stage: Stage, root: string, others: ReadonlyMap<string, string>): Promise<Image> {
  const image: Image = { root, workdir: '/', variables: {}, user: '0:0', entrypoint: [] };
  for (const step of stage.steps) await take(step, image, others);
  return image;
}

async function take(
  { instruction, text }: Step,
  image: Image,
  others: ReadonlyMap<string, string>,
): Promise<void> {
  switch (instruction) {
    case 'WORKDIR':
      image.workdir = text;
      mkdirSync(join(image.root, text), { recursive: true });
      return;
    case 'COPY':
      return copy(text, image, others);
    case 'RUN':
      for (const command of text.split(' && ')) await run(command.trim().split(/\s+/), image);
      return;
    case 'ENV':
      for (const each of text.split(' ')) {
        const [name = '', value = ''] = each.split('=');
        image.variables[name] = value;
      }
      return;
    case 'USER':
      image.user = text;
      return;
    case 'ENTRYPOINT':
      image.entrypoint = JSON.parse(text);
      return;
    case 'EXPOSE':
      return;
    default:
      throw new Error(`the step ${instruction} is not known here`);
  }
}

function copy(text: string, image: Image, others: ReadonlyMap<string, string>): void {
  const words = text.split(' ');
  const [, stage] = /^--from=(\w+)$/.exec(words[0] ?? '') ?? [];
  const [target = '', ...sources] = words.slice(stage === undefined ? 0 : 1).reverse();
  const from = stage === undefined ? ROOT : others.get(stage);
  if (from === undefined) throw new Error(`no stage ${stage}`);
  const to = inside(image, target);
  for (const source of sources) {
    if (stage === undefined && !buildContext().includes(source))
      throw new Error(`${source} is not in the build's context`);
    const found = join(from, source);
    // A file goes into a folder whose name ends in a slash; of a folder its content is copied.
    const place = target.endsWith('/') && statSync(found).isFile() ? join(to, basename(source)) : to;
    cpSync(found, place, { recursive: true, verbatimSymlinks: true });
  }
}

/** The few commands that a build needs; paths are those of the image. */
async function run([command = '', ...words]: readonly string[], image: Image): Promise<void> {
  const options = words.filter((word) => word.startsWith('-'));
  const paths = words.filter((word) => !word.startsWith('-'));
  switch (command) {
    case 'npm':
      // What a build fetches, this machine may have already.
      await promisify(execFile)('npm', [...words, '--prefer-offline'], {
        cwd: join(image.root, image.workdir),
      });
      return;
    case 'rm':
      for (const path of paths)
        rmSync(inside(image, path), { recursive: options.includes('-rf'), force: true });
      return;
    case 'mkdir':
      for (const path of paths) mkdirSync(inside(image, path), { recursive: options.includes('-p') });
      return;
    case 'chown': {
      const [owner = '', ...owned] = paths;
      const [uid = 0, gid = 0] = owner.split(':').map(Number);
      for (const path of owned) if (process.getuid?.() === 0) lchownSync(inside(image, path), uid, gid);
      return;
    }
    default:
      throw new Error(`the command ${command} is not known here`);
  }
}

function inside({ root, workdir }: Image, path: string): string {
  return path.startsWith('/') ? join(root, path) : join(root, workdir, path);
}

/** Every file of a folder, with its size and time, to see that none has come, gone or changed. */
export function listing(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(path);
      return `${path} ${size} ${mtimeMs}`;
    })
    .toSorted();
}

/** Readable for the image's user, as in a registry's layer, whatever this machine's umask is. */
export function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode | 0o444);
  }
}
