package io.odibi.monitoring.otel;

import io.odibi.core.execution.Failure;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.plan.NodeId;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A span for each micro-batch, made when that is over, with the engine's phases as its children. The engine says how long each phase took
 * and not when it began; they follow each other, so each begins where the one before it ended. A micro-batch that failed is a span
 * without length, as the engine does not say when it began.
 */
final class BatchSpans implements RunListener {

    private static final String BATCH = "micro-batch";

    private final Tracer tracer;

    BatchSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.BatchCommitted committed) {
            committed(committed.progress());
        } else if (event instanceof RunEvent.RestartPlanned planned) {
            failed(planned.node(), planned.failure(), planned.at());
        } else if (event instanceof RunEvent.NodeEnded ended
                && ended.result().query().isPresent()) {
            ended.result().failure().ifPresent(failure -> failed(ended.node(), failure, ended.at()));
        }
    }

    private void committed(QueryProgress progress) {
        Span batch = begin(BATCH, progress.node(), progress.at())
                .setAttribute("odibi.batch", progress.batch())
                .setAttribute("odibi.rows_in", progress.rows().in().orElse(0));
        progress.rows().out().ifPresent(rows -> batch.setAttribute("odibi.rows_out", rows));
        Context within = batch.storeInContext(Context.root());
        Instant at = progress.at();
        for (Map.Entry<String, Duration> phase : progress.phases().entrySet()) {
            Instant next = at.plus(phase.getValue());
            tracer.spanBuilder(phase.getKey())
                    .setParent(within)
                    .setStartTimestamp(at)
                    .startSpan()
                    .end(next);
            at = next;
        }
        batch.end(progress.at().plus(progress.duration()));
    }

    private void failed(NodeId node, Failure failure, Instant at) {
        Span batch = begin(BATCH, node, at).setStatus(StatusCode.ERROR, failure.message());
        failure.batch().ifPresent(in -> batch.setAttribute("odibi.batch", in.number()));
        batch.end(at);
    }

    private Span begin(String name, NodeId node, Instant at) {
        return tracer.spanBuilder(name)
                .setNoParent()
                .setStartTimestamp(at)
                .setAttribute("pipeline", node.pipeline())
                .setAttribute("node", node.node())
                .startSpan();
    }
}
