/** A county's follow-up service (OT), whose feeds the bridge processes. */
export interface Organisation {
  /** As in topic names, e.g. `telemarkfylke-no`. */
  id: string;
  /** County number, two digits, e.g. `40`. */
  county: string;
  /** True for a sample or sandbox: its clock shows the same time until it is moved. */
  virtualClock: boolean;
}
