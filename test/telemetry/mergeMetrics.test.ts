import { expect, test } from 'vitest';
import { mergeMetrics } from '../../src/telemetry/mergeMetrics.ts';

const OWN = `# HELP ot_bridge_records_total Records.
# TYPE ot_bridge_records_total counter
ot_bridge_records_total{org="a",outcome="decided"} 3

# HELP ot_bridge_lane_worked Lanes.
# TYPE ot_bridge_lane_worked gauge
ot_bridge_lane_worked{org="a"} 1
`;
const OTHER = `# HELP ot_bridge_records_total Records.
# TYPE ot_bridge_records_total counter
ot_bridge_records_total{org="a",outcome="decided"} 4

# HELP ot_bridge_fence_lost_total Fences.
# TYPE ot_bridge_fence_lost_total counter
ot_bridge_fence_lost_total 2
`;

test('each family is there once, with the samples of all processes, told apart by a label', () => {
  const text = mergeMetrics(OWN, [{ process: '2', text: OTHER }], 'process');

  expect(text).toBe(`# HELP ot_bridge_records_total Records.
# TYPE ot_bridge_records_total counter
ot_bridge_records_total{org="a",outcome="decided"} 3
ot_bridge_records_total{process="2",org="a",outcome="decided"} 4

# HELP ot_bridge_lane_worked Lanes.
# TYPE ot_bridge_lane_worked gauge
ot_bridge_lane_worked{org="a"} 1

# HELP ot_bridge_fence_lost_total Fences.
# TYPE ot_bridge_fence_lost_total counter
ot_bridge_fence_lost_total{process="2"} 2
`);
});

test('one process alone says what it has always said', () => {
  expect(mergeMetrics(OWN, [], 'process')).toBe(OWN);
});
