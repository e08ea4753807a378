/** What a caller needs to use a route. `public` needs nothing, and is never asked about. */
export const ACCESS = {
  public: 'Open to every caller: the front page, the description, liveness and readiness, the schemas.',
  'feed:write': 'Send to a feed, try a submission, read its receipt: what a sender does.',
  'youth:read': 'Read alerts, worklists, letter lists and single youths, by reference and without identity.',
  'youth:search': 'Find the reference of an identity number.',
  'youth:identify': 'Get the number and name of a reference, for a purpose; each lookup is logged.',
  'report:read': 'Read counts and dates: reports, with their lists of references, and the year wheel.',
  'audit:read': 'Read who has looked up the identity of a youth.',
  'operation:read': 'See how the bridge is doing: lists, quarantine, parked records, lanes, metrics.',
  'quarantine:act': 'Replay or discard a quarantined record, release the parked records of a person.',
  'list:act': 'Confirm, use or drop a list that is held back.',
  'lane:act': 'Let a stopped lane go on.',
  'clock:act': 'Move a virtual clock.',
} as const;

export type Access = keyof typeof ACCESS;
