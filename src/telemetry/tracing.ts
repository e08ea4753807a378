import { context, ROOT_CONTEXT, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { LaneKey } from '../core/lane.ts';
import { errorFields } from './errorFields.ts';
import { ATTRIBUTES, type Phase, SPANS } from './names.ts';
import { formatTraceparent, linksOf } from './traceContext.ts';

/** The span of one batch, with one child per phase. Attributes are fixed here; callers cannot add any. */
export interface BatchSpan {
  /** For the headers of what the batch publishes; `undefined` when tracing is off. */
  traceparent: string | undefined;
  phase<T>(phase: Phase, work: () => T): T;
  end(error?: unknown): void;
}

export interface BatchInfo extends LaneKey {
  firstOffset: bigint;
  records: number;
}

export type StartBatch = (info: BatchInfo, traceparents: () => Iterable<string | undefined>) => BatchSpan;

const OFF: BatchSpan = { traceparent: undefined, phase: (_phase, work) => work(), end: () => {} };

/** Costs a call and nothing else: the headers are not read. */
export const untraced: StartBatch = () => OFF;

export function traced(tracer: Tracer): StartBatch {
  return (info, traceparents) => {
    const span = tracer.startSpan(
      SPANS.batch,
      {
        root: true,
        links: linksOf(traceparents()),
        attributes: {
          [ATTRIBUTES.org]: info.org,
          [ATTRIBUTES.topic]: info.topic,
          [ATTRIBUTES.partition]: info.partition,
          [ATTRIBUTES.firstOffset]: info.firstOffset.toString(),
          [ATTRIBUTES.records]: info.records,
        },
      },
      ROOT_CONTEXT,
    );
    const parent = trace.setSpan(ROOT_CONTEXT, span);
    return {
      traceparent: formatTraceparent(span.spanContext()),
      phase: (phase, work) => within(tracer.startSpan(SPANS[phase], {}, parent), work),
      end: (error) => finish(span, error),
    };
  };
}

function within<T>(span: Span, work: () => T): T {
  try {
    const result = context.with(trace.setSpan(context.active(), span), work);
    if (!(result instanceof Promise)) {
      finish(span);
      return result;
    }
    // The caller awaits its own promise and sees the failure there; this branch only closes the span.
    result.then(
      () => finish(span),
      (error: unknown) => finish(span, error),
    );
    return result;
  } catch (error) {
    finish(span, error);
    throw error;
  }
}

/** The error's name and code only: `recordException` would send message and stack to the collector. */
function finish(span: Span, error?: unknown): void {
  if (error !== undefined) {
    const { errorName, errorCode } = errorFields(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: errorCode ?? errorName });
  }
  span.end();
}
