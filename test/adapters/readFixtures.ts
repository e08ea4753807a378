import { readdirSync, readFileSync } from 'node:fs';
import { ADAPTERS } from '../../adapters/index.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';

// Run as a process of its own by timeZone.test.ts: prints the verdict of every fixture.

const verdicts = Object.fromEntries(
  ADAPTERS.map((adapter) => {
    const folder = new URL(`./${adapter.feed}/`, import.meta.url);
    const judged = readdirSync(folder).map((name) => {
      const { value, received, envelope, context } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      return [
        name.replace('.json', ''),
        adapter.read({ value, received, envelope }, { ...context, pseudonym, nameTag, askedRef }),
      ];
    });
    return [adapter.feed, Object.fromEntries(judged)];
  }),
);
process.stdout.write(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, verdicts }));
