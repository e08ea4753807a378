import type { Play, Setting, Stage } from './stage.ts';

/** A scenario on a stage of its own, which is struck when it is over. */
export function staged(setting: Setting, act: (stage: Stage) => Promise<void>) {
  return async (play: Play): Promise<void> => {
    const stage = await play(setting);
    try {
      await act(stage);
    } finally {
      await stage.stop();
    }
  };
}

/** An alert's states on the topic so far, in order: `REIST`, `ENDRET`, `TRUKKET`. */
export async function statesOf(stage: Stage, number: string, kind: string): Promise<unknown[]> {
  return (await alertsOut(stage, number, kind)).map(({ state }) => state);
}

/** What OT systems have received of alerts of a kind about one person. */
export async function alertsOut(
  stage: Stage,
  number: string,
  kind: string,
): Promise<Record<string, unknown>[]> {
  return (await stage.out('alert', number)).filter((alert) => alert.kind === kind);
}

/** Rows of a table of a report that the API shows, each by the words of its first column. */
export async function reportRows(stage: Stage, path: string, name: string) {
  const { body } = await stage.get(path);
  const tables = body.tables as Table[];
  const table = tables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name} in ${path}`);
  const label = table.columns[0]?.name ?? '';
  return Object.fromEntries(table.rows.map(({ values }) => [String(values[label]), values]));
}

interface Table {
  name: string;
  columns: { name: string }[];
  rows: { values: Record<string, unknown> }[];
}

/** A worklist as the adviser sees it today. */
export async function worklist(stage: Stage, id: string): Promise<Record<string, unknown>[]> {
  const { body } = await stage.get(`worklists/${id}`);
  return body.rows as Record<string, unknown>[];
}
