// A receiver that follows the rules of FINT's consumer: an older moment never replaces a newer one, the same one does; a
// deletion with an older or equal moment is ignored; a full sync whose stated number of records has come removes what is older
// than its earliest moment; of two full syncs at the same time the older fails, as does one whose size changes.

export interface FintReceived {
  key: string;
  value: Buffer | null;
  header(name: string): Buffer;
}

export function createFintReceiver() {
  const cache = new Map<string, { value: string; at: bigint }>();
  const syncs = new Map<string, { total: bigint; count: bigint; earliest: bigint; failed: boolean }>();
  const completed: string[] = [];
  let open: string | undefined;

  function count(id: string, total: bigint, at: bigint): void {
    const sync = syncs.get(id) ?? { total, count: 0n, earliest: at, failed: false };
    syncs.set(id, sync);
    if (open !== undefined && open !== id) {
      const older = syncs.get(open);
      if (older !== undefined) older.failed = true;
    }
    open = id;
    if (sync.total !== total) sync.failed = true;
    sync.count += 1n;
    if (at < sync.earliest) sync.earliest = at;
    if (sync.failed || sync.count !== sync.total) return;
    completed.push(id);
    open = undefined;
    for (const [key, entry] of cache) if (entry.at < sync.earliest) cache.delete(key);
  }

  return {
    receive({ key, value, header }: FintReceived): void {
      const at = header('entity-retention-time').readBigInt64BE();
      const known = cache.get(key);
      if (value === null) {
        if (known !== undefined && at > known.at) cache.delete(key);
      } else if (known === undefined || at >= known.at) cache.set(key, { value: value.toString(), at });
      if (header('sync-type')[0] === 0)
        count(header('sync-correlation-id').toString(), header('sync-total-size').readBigInt64BE(), at);
    },
    /** What it has: `systemId` → status and unit. */
    has: () =>
      new Map(
        [...cache].map(([key, { value }]) => {
          const { _links: links } = JSON.parse(value);
          return [key.split('\u001f')[1] ?? '', `${links.status[0].href} ${links.enhet[0].href}`];
        }),
      ),
    completed: () => completed,
    /** As if it had been there all along, from a program that no longer runs. */
    plant(id: string): void {
      const stale = { _links: { status: [{ href: 'x' }], enhet: [{ href: 'y' }] } };
      cache.set(`otungdom\u001f${id}`, { value: JSON.stringify(stale), at: 1n });
    },
  };
}
