package io.odibi.monitoring.channel;

import io.odibi.core.execution.QueryProgress;
import io.odibi.core.plan.NodeId;
import io.odibi.core.text.Secret;
import io.odibi.monitoring.queries.QueryStatus;
import io.odibi.monitoring.runs.RunDescription;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a run over its control channel. Every question is a connection of its own. A question that gets no answer throws
 * {@link IOException} with a line for a person.
 */
public final class RunClient {

    private static final Duration OFTEN = Duration.ofSeconds(Operations.LONGEST_SECONDS);

    private final Transport transport;

    private RunClient(Transport transport) {
        this.transport = transport;
    }

    /** Asks over a socket of this machine. */
    public static RunClient of(Path socket) {
        return new RunClient(new Transport.Socket(socket));
    }

    /** Asks over HTTP. */
    public static RunClient of(URI uri, Secret token) {
        return new RunClient(new Transport.Http(uri, token));
    }

    /**
     * A run and its queries.
     *
     * @param run which run answered
     * @param queries in the order of their starts
     */
    public record Listing(RunDescription run, List<QueryStatus> queries) {

        public Listing {
            queries = List.copyOf(queries);
        }
    }

    /**
     * How far a stop or restart has come.
     *
     * @param query how the query is; empty if the run has none of that name
     * @param isGoingOn whether somebody still tries to stop or restart it
     */
    public record Change(Optional<QueryStatus> query, boolean isGoingOn) {

        /** Whether there is nothing more to wait for. */
        public boolean isOver() {
            return query.isEmpty() || query.get().state().isGone();
        }
    }

    /** Returns all queries of the run. */
    public Listing list() throws IOException {
        Members answer = ask(Operations.list());
        List<QueryStatus> queries = new ArrayList<>();
        for (Members query : answer.objects("queries")) {
            queries.add(StatusJson.readStatus(query));
        }
        return new Listing(StatusJson.readRun(answer.needObject("run")), queries);
    }

    /** Returns what a query did in its last micro-batches, oldest first. */
    public List<QueryProgress> history(NodeId query) throws IOException {
        List<QueryProgress> history = new ArrayList<>();
        for (Members progress : ask(request("history", query)).objects("progress")) {
            history.add(StatusJson.readProgress(progress));
        }
        return history;
    }

    /** Begins to stop a query; the run waits some seconds for its end before it answers. */
    public Change stop(NodeId query, Duration grace) throws IOException {
        return change(ask(request("stop", query).put("grace_ms", grace.toMillis())));
    }

    /** Begins to start a query again; the run waits some seconds for that before it answers. */
    public Change restart(NodeId query, Duration grace) throws IOException {
        return change(ask(request("restart", query).put("grace_ms", grace.toMillis())));
    }

    /** Waits for the end of a stop or restart that goes on, some seconds at most. */
    public Change awaitChange(NodeId query) throws IOException {
        return change(ask(request("await_change", query)));
    }

    /** Waits for the end of a query, some seconds at most. */
    public Change await(NodeId query, Duration timeout) throws IOException {
        Duration time = timeout.compareTo(OFTEN) < 0 ? timeout : OFTEN;
        return change(ask(request("await", query).put("timeout_ms", Math.max(0, time.toMillis()))));
    }

    private static Members request(String operation, NodeId query) {
        Members request = new Members().put("op", operation);
        StatusJson.name(request, query);
        return request;
    }

    private static Change change(Members answer) throws IOException {
        Optional<Members> query = answer.object("query");
        return new Change(
                query.isPresent() ? Optional.of(StatusJson.readStatus(query.get())) : Optional.empty(),
                answer.truth("changing"));
    }

    private Members ask(Members request) throws IOException {
        return ask(Json.write(request.asMap()));
    }

    private Members ask(String request) throws IOException {
        return new Members(Json.read(transport.ask(request)));
    }
}
