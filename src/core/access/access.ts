/** What a caller needs to use a route. `public` needs nothing, and is never asked about. Who has which: matrix.ts. */
export const ACCESS = {
  public:
    'Open to every caller: the front page, the description, the schemas; liveness, readiness and metrics, which have a fence of their own.',
  'console:open': 'Open the first page of the console of an organisation: links, and no data.',
  'rule:read': 'Read the rules and the code lists: nothing of any person.',
  'feed:write': 'Send to a feed, and try a submission.',
  'upload:errors': 'Get an uploaded list back, with what is wrong in each row.',
  'receipt:read': 'Read the receipts of submissions.',
  'receipt:mend': 'Mend rows of own submissions that are in quarantine, and send them.',
  'alert:read': 'Read alerts, by reference and without identity.',
  'youth:read': 'Read single youths and their history, by reference and without identity.',
  'youth:search': 'Find the reference of an identity number.',
  'youth:identify': 'Get the number and name of a reference, for a purpose; each lookup is logged.',
  'youth:act':
    'Report contact with a youth and set its status, as a record on the feed of advisers, without its number.',
  'alert:progress': 'Report that an alert has been opened or handled where it was received.',
  'change:read': 'Follow changes of statuses and alerts, by reference.',
  'group:read': 'Read the main group of a youth, and follow its changes.',
  'fint:read': 'Read youths, statuses and units in the form of FINT.',
  'subscription:read': 'See subscriptions, their deliveries and attempts.',
  'subscription:act': 'Add, change, verify, pause, enable and close subscriptions, and replay.',
  'vigo:read': 'See what has been reported to VIGO, and its receipts.',
  'vigo:act': 'Make the file to VIGO, with identity numbers, and read its receipts.',
  'nav:read': 'See agreements with NAV and the lists it is asked about: counts, never persons.',
  'nav:fetch': 'Fetch the rows of a list as NAV, with identity numbers; each row is a disclosure.',
  'nav:act': 'Have the list of a month to NAV made.',
  'agreement:act': 'Register and revoke agreements.',
  'worklist:read': 'Read worklists and letter lists.',
  'bulk:read':
    'See what an act on many youths would lead to, and how far such jobs have come: by reference and without identity.',
  'bulk:act': 'Make a job that does the same act for many youths, begin it and stop it.',
  'wheel:read': 'Read the year wheel.',
  'report:read': 'Read reports: counts and dates, and lists of references for those who may read the youths.',
  'audit:read': 'Read who has seen a youth and looked up its identity, and what NAV was given about it.',
  'log:read':
    'Read who has read and acted, week by week, and the controls of that log: counts, never which youths.',
  'log:sign': 'Sign that the log of a week was looked at, and what was found.',
  'access:read': 'See grants, roles and proposals.',
  'access:propose': 'Propose an access: a grant of an organisation number, or a role.',
  'access:act': 'Grant, approve, turn down and revoke accesses.',
  'quarantine:read': 'See quarantined and parked records, without content.',
  'quarantine:act': 'Replay or discard a quarantined record, release the parked records of a person.',
  'list:read': 'See lists that came, and what has become of them.',
  'list:act': 'Confirm, use or drop a list that is held back.',
  'flow:read': 'See how each feed comes, and what stands still and why: counts and codes, no person.',
  'lane:read': 'See how far each partition is processed.',
  'lane:act': 'Let a stopped lane go on.',
  'operation:read':
    'See with what settings it runs and what its checks find, and run them: no secret and nothing of a person.',
  'clock:act': 'Move a virtual clock.',
} as const;

export type Access = keyof typeof ACCESS;
export type GuardedAccess = Exclude<Access, 'public'>;
