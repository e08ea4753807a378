import * as z from 'zod';

// Known vulnerabilities of what the program is installed with, as npm's registry knows them. High and critical ones fail.
// A registry that cannot be asked fails nothing, and the output says that nothing was checked.

const report = z.object({
  metadata: z.object({ vulnerabilities: z.object({ high: z.int(), critical: z.int() }) }),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })),
});

export interface AuditVerdict {
  failed: boolean;
  text: string;
}

/** @param answer what `npm audit --json` printed: a report, or an error of its own */
export function auditVerdict(answer: string): AuditVerdict {
  const { success, data } = report.safeParse(parsed(answer));
  if (!success)
    return { failed: false, text: `NOT CHECKED: the registry gave no report. ${reasonIn(answer)}`.trim() };
  const { high, critical } = data.metadata.vulnerabilities;
  const named = Object.entries(data.vulnerabilities)
    .filter(([, { severity }]) => severity === 'high' || severity === 'critical')
    .map(([name, { severity }]) => `${name} (${severity})`);
  if (high + critical === 0) return { failed: false, text: 'none known that is high or critical' };
  return { failed: true, text: `${high} high, ${critical} critical: ${named.join(', ')}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonIn(answer: string): string {
  const { success, data } = z.object({ message: z.string() }).safeParse(parsed(answer));
  return success ? data.message : '';
}
