/** Another worker has the lane: what this one had not committed did not happen, and what it had committed and not
 *  published is the other's to publish. */
export class LaneLost extends Error {
  override readonly name = 'LaneLost';
}
