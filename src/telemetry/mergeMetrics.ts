/**
 * One text of several processes of one installation, in Prometheus' text format 0.0.4: each family once, with the samples
 * of all; those of the others carry a label. A sum over processes is what one process would have said.
 * @param own of the process that answers, left without the label
 */
export function mergeMetrics(
  own: string,
  others: readonly { process: string; text: string }[],
  label: string,
): string {
  if (others.length === 0) return own;
  const families = new Map<string, { head: string[]; samples: string[] }>();
  take(own, (sample) => sample);
  for (const { process, text } of others) take(text, (sample) => labelled(sample, `${label}="${process}"`));
  return [...families.values()].flatMap(({ head, samples }) => [...head, ...samples, '']).join('\n');

  function take(text: string, as: (sample: string) => string): void {
    let family: { head: string[]; samples: string[] } | undefined;
    let known = false;
    for (const line of text.split('\n')) {
      const [, name] = /^# HELP (\S+)/.exec(line) ?? [];
      if (name !== undefined) {
        known = families.has(name);
        family = families.get(name) ?? { head: [], samples: [] };
        families.set(name, family);
      }
      if (line === '' || family === undefined) continue;
      if (!line.startsWith('#')) family.samples.push(as(line));
      else if (!known) family.head.push(line);
    }
  }
}

/** `name 1` or `name{a="b"} 1`, with one label more. */
function labelled(sample: string, label: string): string {
  const [, name = '', rest = ''] = /^([^\s{]+)(.*)$/.exec(sample) ?? [];
  return rest.startsWith('{') ? `${name}{${label},${rest.slice(1)}` : `${name}{${label}}${rest}`;
}
