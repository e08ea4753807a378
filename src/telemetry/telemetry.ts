import { setTimeout as sleep } from 'node:timers/promises';
import { type Tracer, trace } from '@opentelemetry/api';
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationTemporality, InstrumentType, MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createGauges, createMeters, type Gauges, type Meters } from './metrics.ts';
import { MAX_LINKS } from './traceContext.ts';
import { type StartBatch, traced, untraced } from './tracing.ts';

export interface Telemetry {
  meters: Meters;
  tracer: Tracer;
  startBatch: StartBatch;
  /** Registers the gauges read at each scrape; once, when their parts are open. */
  observe(gauges: Gauges): void;
  /** All metrics in Prometheus' text format 0.0.4. */
  prometheus(): Promise<string>;
  /** Flushes, then stops. */
  shutdown(): Promise<void>;
}

const NAME = 'ot-bridge';
/** A gauge that queries a slow database may not hold the scrape longer than Prometheus waits (10 s). */
const SCRAPE_MS = 5_000;
const LAST_SPANS_MS = 2_000;

/**
 * @param options.otlpEndpoint base URL of a collector, e.g. `http://collector:4318`. Without it, tracing costs
 * nothing. An unreachable collector costs spans, never records.
 */
export function createTelemetry(options: { otlpEndpoint?: string | undefined } = {}): Telemetry {
  const resource = resourceFromAttributes({ 'service.name': NAME });
  // Used as a reader alone: its HTTP server is never started, the application serves the text.
  const reader = new PromptReader({ preventServerStart: true });
  const serializer = new PrometheusSerializer(undefined, false, undefined, true, true);
  const metrics = new MeterProvider({ resource, readers: [reader] });
  const meter = metrics.getMeter(NAME);
  const spans =
    options.otlpEndpoint === undefined ? undefined : createProvider(options.otlpEndpoint, resource);
  const tracer = spans?.getTracer(NAME) ?? trace.getTracer(NAME);
  return {
    meters: createMeters(meter),
    tracer,
    startBatch: spans ? traced(tracer) : untraced,
    observe: (gauges) => createGauges(meter, gauges),
    async prometheus() {
      const { resourceMetrics } = await reader.collect({ timeoutMillis: SCRAPE_MS });
      return serializer.serialize(resourceMetrics);
    },
    async shutdown() {
      await metrics.shutdown();
      if (spans) await withinTime(spans.shutdown());
    },
  };
}

/** Delta temporality for gauges: otherwise a lane that another worker has taken over would keep its last lag for the
 *  life of this process. */
class PromptReader extends PrometheusExporter {
  override selectAggregationTemporality(instrument: InstrumentType): AggregationTemporality {
    return instrument === InstrumentType.OBSERVABLE_GAUGE
      ? AggregationTemporality.DELTA
      : AggregationTemporality.CUMULATIVE;
  }
}

function createProvider(
  endpoint: string,
  resource: ReturnType<typeof resourceFromAttributes>,
): TracerProvider {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  return new TracerProvider({
    resource,
    spanLimits: { linkCountLimit: MAX_LINKS, attributeValueLengthLimit: 200 },
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}

/** A bounded flush: an unreachable collector neither delays nor fails the stop. */
async function withinTime(sent: Promise<void>): Promise<void> {
  const done = new AbortController();
  const limit = sleep(LAST_SPANS_MS, undefined, { signal: done.signal });
  await Promise.allSettled([Promise.race([sent, limit]).finally(() => done.abort())]);
}
