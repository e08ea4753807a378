/** Addresses for the platform alone: probes and metrics. */
export const INTERNAL_PATHS = {
  alive: '/internal/isAlive',
  ready: '/internal/isReady',
  metrics: '/internal/metrics',
} as const;

export function isInternal(path: string): boolean {
  return Object.values<string>(INTERNAL_PATHS).includes(path);
}
