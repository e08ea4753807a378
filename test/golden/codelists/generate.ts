import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countyTable } from './countyTable.ts';
import { municipalityFacts, municipalityTable } from './municipalityTable.ts';
import { otLists, otMapping } from './otTables.ts';
import { reasonCodes, wishStatuses } from './reasonTables.ts';
import { countFile, countyFile, fintFile, mappingFile, otFile } from './sources.ts';

// The published code lists, from the reference data to TypeScript tables. The tables are committed: the program
// never reads the reference data. A sum that does not agree stops the run, because a code list with a slip in it
// moves people in or out of the target group without a sound.

/** File name under src/core/codelists/data → its text. @throws when a file or a check sum is not as expected. */
export function generateCodelists(dataFolder: string): Map<string, string> {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(dataFolder, name), 'utf8'));
  const ot = otFile.parse(read('ot-kodeverk.json'));
  const fint = fintFile.parse(read('fint-codes.json'));
  const facts = municipalityFacts();
  const mapping = otMapping(
    ot,
    mappingFile.parse(read('ot-kodeverk-mapping-2011-2016.json')),
    countFile.parse(read('nygiv-2011.json')),
  );
  return new Map([
    ['otMapping.ts', mapping],
    ['otLists.ts', otLists(ot)],
    ['reasonCodes.ts', reasonCodes(fint)],
    ['wishStatuses.ts', wishStatuses(fint)],
    ['counties.ts', countyTable(countyFile.parse(read('fylkesnummer.json')), fint, facts)],
    ['municipalities.ts', municipalityTable(facts)],
  ]);
}

if (import.meta.main) {
  const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const files = generateCodelists(process.argv[2] ?? fromHere('../../../../shared/domain/data'));
  for (const [name, text] of files)
    writeFileSync(join(fromHere('../../../src/core/codelists/data'), name), text);
  console.log(`${files.size} files written`);
}
