/** The flags of Node that a package's start script runs the program with, e.g. `--max-semi-space-size=16`. */
export function startFlags(script: string): string[] {
  const [, flags] = /\bnode((?:\s+--\S+)*)\s+\S*\bmain\.\w+/.exec(script) ?? [];
  if (flags === undefined) throw new Error('the start script does not run src/main.ts with node');
  return flags.split(/\s+/).filter(Boolean);
}
