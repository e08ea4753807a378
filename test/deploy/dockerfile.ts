import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployed, ROOT } from './manifests.ts';

// deploy/Dockerfile as steps, in the order in which they are done.

export interface Step {
  /** In capitals. */
  instruction: string;
  /** After the instruction, on one line. */
  text: string;
}

export interface Stage {
  /** The image it begins with. */
  from: string;
  /** Undefined for the last. */
  name: string | undefined;
  steps: Step[];
}

export function readStages(): Stage[] {
  const variables = new Map<string, string>();
  const stages: Stage[] = [];
  for (const { instruction, text } of readSteps(deployed('Dockerfile'))) {
    if (instruction === 'ARG') {
      const [name = '', value = ''] = text.split('=');
      variables.set(name, value);
    } else if (instruction === 'FROM') {
      const [from = '', , name] = text.split(/\s+/);
      stages.push({
        from: from.replace(/^\$\{(\w+)\}$/, (_all, of) => variables.get(of) ?? ''),
        name,
        steps: [],
      });
    } else {
      stages.at(-1)?.steps.push({ instruction, text });
    }
  }
  return stages;
}

function readSteps(file: string): Step[] {
  const lines = file
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n');
  return lines.map((line) => {
    const [, instruction = '', text = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return { instruction: instruction.toUpperCase(), text };
  });
}

/** The steps of the image itself. */
export function imageSteps(): Step[] {
  return readStages().at(-1)?.steps ?? [];
}

/** Names at the top of the checkout that a build sees. */
export function buildContext(): string[] {
  const [all, ...rest] = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (all !== '*') throw new Error('.dockerignore does not begin by leaving out everything');
  return rest.map((line) => {
    if (!line.startsWith('!')) throw new Error(`.dockerignore leaves out ${line} after everything`);
    return line.slice(1);
  });
}
