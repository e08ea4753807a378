import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

// Lists as people's own program writes them.

const SOFFICE = '/usr/bin/soffice';

/** In CI it must be there. */
export const hasLibreOffice = existsSync(SOFFICE) || process.env.CI !== undefined;

/** How LibreOffice is asked to save: semicolons, quoted where needed, in a character set of its list. UTF-8 is begun with
 *  a byte order mark, as Excel does; the LibreOffice of Debian 12 does not. */
const FORMATS = {
  xlsx: 'xlsx:Calc MS Excel 2007 XML',
  'windows-1252.csv': 'csv:Text - txt - csv (StarCalc):59,34,1,1',
  'utf-8.csv': 'csv:Text - txt - csv (StarCalc):59,34,76,1',
  ods: 'ods',
} as const;

export type SavedFormat = keyof typeof FORMATS;

/** The same list, saved in each way. @param rows cells that are all text, as typed; `remove` deletes the files
 *  @returns paths of the files */
export async function savedLists(
  name: string,
  rows: readonly (readonly string[])[],
  formats: readonly SavedFormat[],
): Promise<{ path: Record<string, string>; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'ot-lists-'));
  const source = join(folder, `${name}.csv`);
  await writeFile(source, rows.map((cells) => cells.map((cell) => `"${cell}"`).join(';')).join('\n'));
  const width = Math.max(...rows.map((cells) => cells.length));
  // Every column is text: what is typed stays as it was typed.
  const columns = Array.from({ length: width }, (_, at) => `${at + 1}/2`).join('/');
  const path: Record<string, string> = {};
  for (const format of formats) {
    const out = join(folder, format);
    await promisify(execFile)(SOFFICE, [
      ...[`-env:UserInstallation=file://${join(folder, 'profile')}`, '--headless', '--norestore'],
      ...[`--infilter=CSV:59,34,76,1,${columns}`, '--convert-to', FORMATS[format], '--outdir', out, source],
    ]);
    const [ending = ''] = format.split('.').slice(-1);
    const saved = join(out, `${name}.${ending}`);
    if (format === 'utf-8.csv') await writeFile(saved, `\u{feff}${await readFile(saved, 'utf8')}`);
    path[format] = saved;
  }
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
