import { ADAPTERS } from '../../../adapters/index.ts';
import { COLUMN_TABLE_HEAD, columnTable } from '../../../src/upload/template/template.ts';
import { between } from './between.ts';

export const LISTS = new URL('../../../docs/lister.md', import.meta.url);

/** The page with the columns of each feed's list, as lists are read. @throws when the marks are gone. */
export function withLists(page: string): string {
  const feeds = ADAPTERS.flatMap(({ feed, columns }) => (columns === undefined ? [] : [{ feed, columns }]));
  const tables = feeds.map(({ feed, columns }) => {
    const [newest] = columns.editions;
    const rows = [COLUMN_TABLE_HEAD, COLUMN_TABLE_HEAD.map(() => '---'), ...columnTable(columns)];
    const also = columns.columns.flatMap(({ heading, also: others }) =>
      others.length === 0 ? [] : [`${heading}: ${others.map((other) => `«${other}»`).join(', ')}`],
    );
    return [
      `### ${columns.title} (\`${feed}\`, utgave ${newest.edition})\n`,
      ...rows.map((cells) => `| ${cells.join(' | ')} |`),
      `\nOgså kjent som: ${also.join('; ')}.\n`,
    ].join('\n');
  });
  return between(
    page,
    '<!-- columns, by npm run golden -->\n',
    `\n${tables.join('\n')}\n`,
    '<!-- /columns -->',
  );
}
