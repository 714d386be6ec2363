package io.odibi.monitoring.channel;

import io.odibi.core.plan.NodeId;
import io.odibi.monitoring.queries.QueryRegistry;
import io.odibi.monitoring.queries.QueryStatus;
import io.odibi.monitoring.runs.RunDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What can be asked of a run. Every answer comes within moments, {@value #LONGEST_SECONDS} seconds at most: who waits for something
 * asks again, so that nobody holds a connection for long. A stop or restart goes on by itself between the questions.
 */
public final class Operations {

    static final int LONGEST_SECONDS = 5;
    static final int LONGEST_REQUEST = 64 * 1024;

    private static final Duration LONGEST = Duration.ofSeconds(LONGEST_SECONDS);
    private static final Duration LONGEST_GRACE = Duration.ofDays(1);

    private final RunDescription run;
    private final QueryRegistry registry;

    // Guarded by this; waiting threads are told of every end.
    private final Set<NodeId> changing = new LinkedHashSet<>();

    /** Answers for a run. */
    public Operations(RunDescription run, QueryRegistry registry) {
        this.run = run;
        this.registry = registry;
    }

    /** Returns the answer to a request. */
    String answer(String request) throws IOException, InterruptedException {
        Members asked = new Members(Json.read(request));
        Members reply = new Members().put("run", StatusJson.write(run));
        switch (asked.needText("op")) {
            case "list" ->
                reply.put(
                        "queries",
                        registry.list().stream().map(StatusJson::write).toList());
            case "status" -> query(reply, registry.status(StatusJson.readName(asked)));
            case "history" -> {
                NodeId query = StatusJson.readName(asked);
                query(reply, registry.status(query));
                reply.put(
                        "progress",
                        registry.history(query).stream().map(StatusJson::write).toList());
            }
            case "stop" -> {
                NodeId query = StatusJson.readName(asked);
                begin(query, within(asked.millis("grace_ms"), LONGEST_GRACE), registry::stop);
                await(reply, query, LONGEST);
            }
            case "restart" -> {
                NodeId query = StatusJson.readName(asked);
                begin(query, within(asked.millis("grace_ms"), LONGEST_GRACE), registry::restart);
                await(reply, query);
            }
            case "await_change" -> await(reply, StatusJson.readName(asked));
            case "await" -> await(reply, StatusJson.readName(asked), within(asked.millis("timeout_ms"), LONGEST));
            default -> throw new IOException("unknown operation");
        }
        return Json.write(reply.asMap());
    }

    /** The request for every query of the run. */
    static String list() {
        return Json.write(Map.of("op", "list"));
    }

    private static Duration within(Optional<Duration> asked, Duration longest) {
        return asked.filter(time -> !time.isNegative() && time.compareTo(longest) < 0)
                .orElse(longest);
    }

    private void await(Members reply, NodeId query, Duration timeout) throws InterruptedException {
        query(reply, registry.await(query, timeout));
        reply.put("changing", isChanging(query));
    }

    /** Waits until a stop or restart is over. */
    private void await(Members reply, NodeId query) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        synchronized (this) {
            while (changing.contains(query) && deadline - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        }
        boolean isChanging = isChanging(query);
        query(reply, registry.status(query));
        reply.put("changing", isChanging);
    }

    private static void query(Members reply, Optional<QueryStatus> status) {
        reply.put("query", status.map(StatusJson::write));
    }

    private synchronized boolean isChanging(NodeId query) {
        return changing.contains(query);
    }

    /** What takes longer than an answer. */
    private interface Change {
        Optional<QueryStatus> carryOut(NodeId query, Duration grace) throws InterruptedException;
    }

    /** One with less grace than another that goes on is carried out beside it: it interrupts. */
    private void begin(NodeId query, Duration grace, Change change) {
        if (registry.status(query).isEmpty()) {
            return;
        }
        synchronized (this) {
            if (!changing.add(query) && !grace.isZero()) {
                return;
            }
        }
        Thread thread = new Thread(() -> carryOut(query, grace, change), "odibi-change-" + query);
        thread.setDaemon(true);
        thread.start();
    }

    private void carryOut(NodeId query, Duration grace, Change change) {
        try {
            change.carryOut(query, grace);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                changing.remove(query);
                notifyAll();
            }
        }
    }
}
