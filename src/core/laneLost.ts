/** Another worker has claimed the lane. Uncommitted work is discarded; the new owner publishes what was committed but not
 *  yet published. */
export class LaneLost extends Error {
  override readonly name = 'LaneLost';
}
