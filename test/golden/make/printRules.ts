import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RULES_PAGE, rulesPage } from './rules.ts';

// `npm run rules`: prints every rule, and writes the same next to the code.

const page = rulesPage();
process.stdout.write(page);
if (readOrNothing() !== page) {
  writeFileSync(RULES_PAGE, page);
  process.stderr.write(`skrevet: ${fileURLToPath(RULES_PAGE)}\n`);
}

function readOrNothing(): string {
  try {
    return readFileSync(RULES_PAGE, 'utf8');
  } catch {
    return ''; // not written yet
  }
}
