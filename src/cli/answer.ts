import type { z } from 'zod';
import { CommandFailed, EXIT, problemText } from './ask.ts';

/** The answer as the schema reads it. @throws CommandFailed when it is not there, or is of another kind. */
export function found<T>(
  schema: z.ZodType<T>,
  { status, value }: { status: number; value: unknown },
  org: string,
): T {
  if (status === 404) throw new CommandFailed(problemText(value) ?? notFound(org), EXIT.refused, value);
  return understand(schema, value);
}

export function understand<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new CommandFailed(
    'Svaret er ikke slik denne versjonen venter. Kjører OT Bridge en annen versjon?',
    EXIT.refused,
  );
}

export function notFound(org: string): string {
  return `Fant ikke det du ba om hos «${org}».`;
}

/** What a command answers: the API's own JSON, or lines for a person. */
export function told<T>(json: boolean, value: T, lines: (value: T) => string): string {
  return json ? JSON.stringify(value, null, 2) : lines(value);
}
