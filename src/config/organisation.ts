export interface Organisation {
  /** As in topic names, e.g. `telemarkfylke-no`. */
  org: string;
  /** Two digits, e.g. `40`. */
  county: string;
}
