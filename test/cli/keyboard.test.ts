import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpOf, usage } from '../../src/cli/help.ts';
import { typedWords } from '../../src/cli/keyboard.ts';
import { USAGE } from '../../src/cli/usage.ts';
import { P01 } from '../harness/schoolDropouts.ts';

const typing = (text: string) => ({ read: async (question: string) => `${question}:${text}` });

test('text comes from the keyboard or a file where the command says so, and else as it is written', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'ot-')), 'grunn.txt');
  await writeFile(file, 'Skolen har rettet.\n');
  expect(await typedWords(['a', '-', 'navn=-', `@${file}`, `kode=@${file}`, 'b=c-d'], typing('x'))).toEqual([
    ...['a', 'Skriv teksten:x', 'navn:x'].map((each) => each.replace('navn:', 'navn=navn:')),
    ...['Skolen har rettet.', 'kode=Skolen har rettet.', 'b=c-d'],
  ]);
  await expect(typedWords(['@/finnes/ikke'], typing(''))).rejects.toThrow('ENOENT');
});

test.each([P01.fodselsnummer, `fodselsnummer=${P01.fodselsnummer}`])(
  'an identity number is not taken from the command',
  async (word) => {
    await expect(typedWords([word], typing(''))).rejects.toThrow('Skriv «-»');
  },
);

test('every command has its help, complete and in the overview', () => {
  for (const [name, each] of Object.entries(USAGE)) {
    expect(usage()).toContain(`  ${name} `);
    expect(helpOf(each)).toMatch(/^npm run ot -- \S[^\n]*\n\n\p{L}[^\n]+\.(\n|$)/u);
    expect(each.form.startsWith(name), name).toBe(true);
  }
  expect(helpOf(USAGE.rett)).toContain('stdin');
});
