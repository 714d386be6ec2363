package io.odibi.monitoring;

import io.odibi.core.error.ExternalException;
import io.odibi.core.execution.QueryProgress;
import io.odibi.core.plan.NodeId;
import io.odibi.core.text.Secret;
import io.odibi.monitoring.channel.RefusedException;
import io.odibi.monitoring.channel.RunClient;
import io.odibi.monitoring.channel.RunClient.Change;
import io.odibi.monitoring.queries.QueryStatus;
import io.odibi.monitoring.runs.Registration;
import io.odibi.monitoring.runs.RunDescription;
import io.odibi.monitoring.runs.RunFolder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The streaming queries of other processes: of every run of this user on this machine, or of one run anywhere. */
public final class RunningQueries {

    /** Above what a run needs to tell of an end that has come. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    /** Finds the runs to ask. */
    private interface Runs {

        Reached reach();

        /** Returns the way to one run; empty if that is gone. */
        Optional<RunClient> reach(RunDescription run);
    }

    /** The runs that are registered in a folder. */
    private record OfFolder(RunFolder folder) implements Runs {

        @Override
        public Reached reach() {
            RunFolder.Found found = folder.find();
            return new Reached(found.alive().stream().map(OfFolder::client).toList(), found.died());
        }

        @Override
        public Optional<RunClient> reach(RunDescription run) {
            return folder.find().alive().stream()
                    .filter(alive -> alive.run().runId().equals(run.runId()))
                    .findFirst()
                    .map(OfFolder::client);
        }

        private static RunClient client(Registration registration) {
            return RunClient.of(registration.socket());
        }
    }

    /** The run at an address. */
    private record OfAddress(URI uri, RunClient client) implements Runs {

        @Override
        public Reached reach() {
            try {
                client.list();
            } catch (IOException silent) {
                throw new ExternalException("cannot ask " + uri + ": " + reason(silent), silent);
            }
            return new Reached(List.of(client), List.of());
        }

        @Override
        public Optional<RunClient> reach(RunDescription run) {
            return Optional.of(client);
        }

        private static String reason(IOException silent) {
            return silent instanceof RefusedException refused
                    ? String.valueOf(refused.getMessage())
                    : "it does not answer";
        }
    }

    /** Runs that may answer. */
    private record Reached(List<RunClient> clients, List<RunDescription> died) {}

    private final Runs runs;

    private RunningQueries(Runs runs) {
        this.runs = runs;
    }

    /** Asks every run of this user on this machine. */
    public static RunningQueries ofThisUser(Map<String, String> environment) {
        return new RunningQueries(new OfFolder(RunFolder.of(environment)));
    }

    /** Asks the run that answers over HTTP. */
    public static RunningQueries at(URI uri, Secret token) {
        return new RunningQueries(new OfAddress(uri, RunClient.of(uri, token)));
    }

    /**
     * What was found.
     *
     * @param queries of all runs, by the starts of the runs
     * @param died runs that ended without taking leave; told once
     * @param silent how many runs live but do not answer
     */
    public record Found(List<RunningQuery> queries, List<RunDescription> died, int silent) {

        public Found {
            queries = List.copyOf(queries);
            died = List.copyOf(died);
        }

        /**
         * Returns the queries that somebody may mean: that of the id or the name, or else those whose id or name starts so. Of several
         * runs' queries with one name each is returned.
         */
        public List<RunningQuery> matching(String text) {
            List<RunningQuery> named =
                    queries.stream().filter(query -> query.isNamed(text)).toList();
            return named.isEmpty()
                    ? queries.stream().filter(query -> query.startsWith(text)).toList()
                    : named;
        }
    }

    /**
     * Asks every run.
     *
     * @throws ExternalException if a run that was named by its address does not answer
     */
    public Found find() {
        Reached reached = runs.reach();
        List<RunningQuery> queries = new ArrayList<>();
        int silent = 0;
        for (RunClient client : reached.clients()) {
            try {
                RunClient.Listing listing = client.list();
                listing.queries().forEach(status -> queries.add(new RunningQuery(listing.run(), status)));
            } catch (IOException gone) {
                silent++;
            }
        }
        return new Found(queries, reached.died(), silent);
    }

    /** Returns what a query did in its last micro-batches, oldest first; empty if its run is gone. */
    public List<QueryProgress> history(RunningQuery query) {
        try {
            Optional<RunClient> client = clientOf(query);
            return client.isPresent() ? client.get().history(query.status().node()) : List.of();
        } catch (IOException gone) {
            return List.of();
        }
    }

    /**
     * Stops a query, and returns when it is gone or cannot be stopped.
     *
     * @param grace how long the micro-batch in hand may take until it is interrupted; zero interrupts at once
     * @return how it is then; empty if its whole run is gone
     * @throws ExternalException if its run does not answer any more, but is not gone either
     */
    public Optional<QueryStatus> stop(RunningQuery query, Duration grace) {
        NodeId node = query.status().node();
        long deadline = System.nanoTime() + grace.plus(LAST_WORDS).toNanos();
        return ask(query, client -> {
            Change ending = client.stop(node, grace);
            while (!ending.isOver() && ending.isGoingOn() && deadline - System.nanoTime() > 0) {
                ending = client.await(node, Duration.ofNanos(deadline - System.nanoTime()));
            }
            return ending.query();
        });
    }

    /**
     * Starts a query again, and returns when it runs or cannot be restarted.
     *
     * @param grace how long the micro-batch in hand may take until it is interrupted; zero interrupts at once
     * @return how it is then; empty if its whole run is gone
     * @throws ExternalException if its run does not answer any more, but is not gone either
     */
    public Optional<QueryStatus> restart(RunningQuery query, Duration grace) {
        NodeId node = query.status().node();
        return ask(query, client -> {
            Change change = client.restart(node, grace);
            while (change.isGoingOn()) {
                change = client.awaitChange(node);
            }
            return change.query();
        });
    }

    /**
     * Waits until a query is gone.
     *
     * @return how it is then, or when the time is over; empty if its whole run is gone
     * @throws ExternalException if its run does not answer any more, but is not gone either
     */
    public Optional<QueryStatus> await(RunningQuery query, Duration timeout) {
        NodeId node = query.status().node();
        long deadline = System.nanoTime() + timeout.toNanos();
        return ask(query, client -> {
            Change ending = client.await(node, timeout);
            while (!ending.isOver() && deadline - System.nanoTime() > 0) {
                ending = client.await(node, Duration.ofNanos(deadline - System.nanoTime()));
            }
            return ending.query();
        });
    }

    /** A conversation with one run. */
    private interface Conversation {
        Optional<QueryStatus> with(RunClient client) throws IOException;
    }

    private Optional<QueryStatus> ask(RunningQuery query, Conversation conversation) {
        try {
            Optional<RunClient> client = clientOf(query);
            return client.isPresent() ? conversation.with(client.get()) : Optional.empty();
        } catch (IOException silent) {
            if (clientOf(query).isEmpty()) {
                return Optional.empty();
            }
            throw new ExternalException("cannot ask the run of '" + query.name() + "': it does not answer", silent);
        }
    }

    private Optional<RunClient> clientOf(RunningQuery query) {
        return runs.reach(query.run());
    }
}
