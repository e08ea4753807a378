import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { dirname } from 'node:path';
import { type Finding, fault, ok, warning } from '../text/findings.ts';

const MB = 1024 * 1024;
const NODE = 26;
/** What the program is measured to need, with room for the rest of the machine. */
const MEMORY_MB = 768;
const DISK_MB = { little: 1024, none: 100 };

/** The machine the command runs on. @param folders that are written to */
export async function examineMachine(folders: readonly string[]): Promise<Finding[]> {
  return [nodeVersion(), platform(), memory(), timeZone(), ...(await Promise.all(folders.map(disk)))];
}

function nodeVersion(): Finding {
  const { node } = process.versions;
  return Number(node.split('.')[0]) >= NODE
    ? ok('Node', node)
    : fault('Node', node, `Bruk Node ${NODE} eller nyere.`);
}

function platform(): Finding {
  const found = `${process.platform} ${process.arch}`;
  return process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64')
    ? ok('Plattform', found)
    : warning('Plattform', found, 'Bruk Linux på x64 eller arm64 i drift: det er det testene kjører på.');
}

function memory(): Finding {
  // 0, or more than there is, without a limit of its own.
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  const found = `${Math.round(bytes / MB)} MB`;
  return bytes >= MEMORY_MB * MB
    ? ok('Minne', found)
    : warning('Minne', found, `Gi prosessen minst ${MEMORY_MB} MB.`);
}

/** Deadlines and lists follow Norwegian time. */
function timeZone(): Finding {
  const summer = Temporal.Instant.from('2026-07-01T12:00:00Z').toZonedDateTimeISO('Europe/Oslo').hour;
  return summer === 14
    ? ok('Tidssone', 'Europe/Oslo er kjent')
    : fault('Tidssone', 'Europe/Oslo er ikke kjent', 'Bruk en Node med full ICU (den som «npm ci» henter).');
}

async function disk(folder: string): Promise<Finding> {
  const name = `Disk ${folder}`;
  const found = await statfsOf(folder);
  if (found === undefined)
    return fault(name, 'kan ikke leses', 'Lag mappen, og gi broen lov til å skrive i den.');
  const free = (found.bavail * found.bsize) / MB;
  const text = `${Math.round(free)} MB ledig`;
  if (free < DISK_MB.none) return fault(name, text, 'Frigjør plass nå: broen kan ikke skrive.');
  return free < DISK_MB.little
    ? warning(name, text, 'Frigjør plass, eller gjør disken større.')
    : ok(name, text);
}

/** Of the folder, or of what it will be made in. */
async function statfsOf(folder: string): Promise<{ bavail: number; bsize: number } | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    try {
      return await statfs(at);
    } catch {
      if (at === dirname(at)) return undefined;
    }
  }
}
