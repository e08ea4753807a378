import { z } from 'zod';
import { LaneActSchema, LaneSchema } from '../api/schema/laneSchema.ts';
import { found } from './answer.ts';
import { CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { USAGE } from './usage.ts';

/** Stopped partitions, and how to let one go on. */
export const lanes: Command = {
  ...USAGE.partisjoner,
  async run(ask, args) {
    const read = found(z.object({ lanes: z.array(LaneSchema) }), await ask('/internal/lanes'), '');
    if (withoutJson(args).json) return JSON.stringify(read, null, 2);
    const all = read.lanes;
    const standing = all.filter(({ stands }) => stands !== null);
    if (standing.length === 0) return `Alle ${all.length} partisjoner går.`;
    return standing
      .map(({ topic, partition, next, stands }) =>
        [
          `${topic} ${partition}: ${stands?.text}`,
          `  Står ved ${next} siden ${stands?.since}.`,
          `  Se hva som må til: npm run ot -- videre ${topic} ${partition} "<begrunnelse>"`,
        ].join('\n'),
      )
      .join('\n');
  },
};

export const goOn: Command = {
  ...USAGE.videre,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [topic = '', partition = '', reason = '', ...more] = words;
    const confirm = more.at(-1) === 'ja';
    const [from] = confirm ? more.slice(0, -1) : more;
    if (!/^\d+$/.test(partition) || (from !== undefined && !/^\d+$/.test(from)))
      throw new CommandFailed('Partisjon og «fra» er hele tall.', EXIT.usage);
    const path = `/internal/lanes/${encodeURIComponent(topic)}/${partition}/go-on`;
    const body = { reason, confirm, ...(from === undefined ? {} : { from: Number(from) }) };
    const act = found(LaneActSchema, await ask(path, body), topic);
    if (json) return JSON.stringify(act, null, 2);
    const head = act.done
      ? `${topic} ${partition} går videre fra ${act.from}:`
      : `Dette vil skje med ${topic} ${partition}:`;
    const foot = act.done ? [] : ['', `Ingenting er gjort. Gjør det: legg til ${act.from} ja`];
    return [head, ...act.says.map((each) => `  ${each}`), ...foot].join('\n');
  },
};
