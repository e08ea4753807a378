import { readFileSync } from 'node:fs';
import { describeConfig } from '../../../src/config/environment.ts';
import { describePolicy } from '../../../src/config/policyFields.ts';
import { accessMatrix, roleTable } from './accessTables.ts';
import { between } from './between.ts';
import { rightsTable } from './rights.ts';

export const DRIFT = new URL('../../../docs/drift.md', import.meta.url);
export const POLICY_EXAMPLE = new URL('../../../examples/policy.json', import.meta.url);

/** The page with the tables of variables and of a county's policy, as the code reads them, and the example policy.
 *  @throws when the marks are gone. */
export function withConfig(text: string): string {
  const example = readFileSync(POLICY_EXAMPLE, 'utf8').replaceAll(/^(?=.)/gm, '    ');
  return [
    ['<!-- variables, by npm run golden -->\n', describeConfig(), '<!-- /variables -->'],
    ['<!-- policy, by npm run golden -->\n', describePolicy(), '<!-- /policy -->'],
    ['<!-- rights, by npm run golden -->\n', rightsTable(), '<!-- /rights -->'],
    ['<!-- roles, by npm run golden -->\n', roleTable(), '<!-- /roles -->'],
    ['<!-- matrix, by npm run golden -->\n', accessMatrix(), '<!-- /matrix -->'],
    ['<!-- example, by npm run golden -->\n', `\n${example}\n`, '<!-- /example -->'],
  ].reduce((page, [begin = '', made = '', end = '']) => between(page, begin, made, end), text);
}
