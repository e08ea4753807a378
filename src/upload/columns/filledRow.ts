import type { FeedColumns } from '../../core/feedColumns.ts';
import type { Problem } from '../../core/problem.ts';
import { cellValue } from './cellValue.ts';
import type { ListRow } from './listRows.ts';

/** One row that no file holds, read as its cells would be. @param typed by field; what is no column of the feed is not read */
export function rowOfFields(
  { columns, types }: FeedColumns,
  typed: Readonly<Record<string, string>>,
): ListRow {
  const record: Record<string, string | number | boolean> = {};
  const problems: Problem[] = [];
  for (const column of columns) {
    const read = cellValue(typed[column.field] ?? null, column, types);
    if ('problem' in read) problems.push(read.problem);
    else if (read.value !== undefined) record[column.field] = read.value;
  }
  return { number: 1, record, problems };
}
