/** The check of an uploaded list as shown: rows by the spreadsheet's number, without values. */
export interface ShownCheck {
  text: string;
  list: { text: string } | null;
  results: readonly {
    row: number;
    text: string;
    problems: readonly { heading: string | null; text: string; cure: string; raw?: string | undefined }[];
  }[];
}

/** The sum, how the file was read, then each row that needs something with what to do. */
export function uploadLines(notes: readonly string[], { text, list, results }: ShownCheck): string {
  return [text, ...(list === null ? [] : [list.text]), ...notes, ...results.flatMap(rowLines)].join('\n');
}

function rowLines({ row, text, problems }: ShownCheck['results'][number]): string[] {
  if (problems.length === 0) return [`  Rad ${row}: ${text}`];
  return problems.flatMap(({ heading, text: wrong, cure, raw }) => [
    `  Rad ${row}${heading === null ? '' : `, ${heading}`}${raw === undefined ? '' : ` («${raw}»)`}: ${wrong}`,
    `    Gjør dette: ${cure}`,
  ]);
}
