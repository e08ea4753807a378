import { readFileSync } from 'node:fs';
import { readCsvTable } from '../../../src/core/legacy/csvTable.ts';

/**
 * Ny GIV's table of 1 January 2011: persons per status and county, none of them identifiable. Blank cells as in the
 * source.
 */
export const NATIONAL_CSV = readFileSync(new URL('nygiv-2011.csv', import.meta.url), 'utf8');

export const nationalTable = () => readCsvTable(NATIONAL_CSV, '2011-01-01').table;
