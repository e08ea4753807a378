import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Where the provider keeps its sessions and codes: in this process, until they expire. */
export function expiringAdapter(): AdapterFactory {
  const kept = new Map<string, { payload: AdapterPayload; until: number }>();
  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}/${id}`;
    const live = (id: string) => {
      const found = kept.get(keyOf(id));
      return found !== undefined && found.until > Date.now() ? found.payload : undefined;
    };
    const where = (holds: (payload: AdapterPayload) => boolean) =>
      [...kept].filter(([key, { payload }]) => key.startsWith(`${model}/`) && holds(payload));
    return {
      async upsert(id, payload, expiresIn) {
        for (const [key, { until }] of kept) if (until <= Date.now()) kept.delete(key);
        kept.set(keyOf(id), { payload, until: Date.now() + (expiresIn ?? 3_600) * 1_000 });
      },
      find: async (id) => live(id),
      findByUid: async (uid) => where((payload) => payload.uid === uid)[0]?.[1].payload,
      findByUserCode: async (code) => where((payload) => payload.userCode === code)[0]?.[1].payload,
      async consume(id) {
        const payload = live(id);
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000);
      },
      async destroy(id) {
        kept.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key] of where((payload) => payload.grantId === grantId)) kept.delete(key);
      },
    };
  };
}
