export const WORKLIST_IDS = [
  'stale-statuses',
  'non-applicants',
  'without-plans',
  'unanswered',
  'no-contact',
  'coming-year',
  'at-risk',
  'deadlines',
  'closing-for-age',
  'reopened-by-limit',
  'open-questions',
  'not-opened',
  'ask-consent',
] as const;
export type WorklistId = (typeof WORKLIST_IDS)[number];
