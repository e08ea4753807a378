import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VIGO_INTAKE_COLUMNS } from '../../../adapters/vigo-intake/columns.ts';
import { templateXlsx } from '../../../src/upload/template/template.ts';
import { FEED, FILLED, ROWS_ABOVE } from './filled.ts';

// The template as it is given out, and what is to be typed into which cell. Usage: node template.ts <folder>

const [folder = ''] = process.argv.slice(2);
const fields = VIGO_INTAKE_COLUMNS.columns.map(({ field }) => field);
const cells = FILLED.flatMap((row, at) =>
  Object.entries(row).map(([field, text]) => ({ row: ROWS_ABOVE + at, column: fields.indexOf(field), text })),
);
await writeFile(join(folder, 'template.xlsx'), templateXlsx(FEED, VIGO_INTAKE_COLUMNS));
await writeFile(join(folder, 'cells.json'), JSON.stringify(cells));
