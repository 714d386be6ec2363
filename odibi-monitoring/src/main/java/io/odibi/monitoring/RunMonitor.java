package io.odibi.monitoring;

import io.odibi.core.error.ExternalException;
import io.odibi.core.execution.RunEvent;
import io.odibi.core.execution.RunListener;
import io.odibi.core.model.MonitoringSpec;
import io.odibi.core.run.Run;
import io.odibi.core.text.Secret;
import io.odibi.monitoring.channel.HttpAddress;
import io.odibi.monitoring.channel.HttpFront;
import io.odibi.monitoring.channel.Operations;
import io.odibi.monitoring.channel.SocketServer;
import io.odibi.monitoring.otel.OtelExport;
import io.odibi.monitoring.otel.OtelProperties;
import io.odibi.monitoring.queries.EventThread;
import io.odibi.monitoring.queries.HealthWatch;
import io.odibi.monitoring.queries.LiveQueries;
import io.odibi.monitoring.queries.QueryRegistry;
import io.odibi.monitoring.runs.Registration;
import io.odibi.monitoring.runs.RunDescription;
import io.odibi.monitoring.runs.RunFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Watches one run: keeps what its queries do, registers it for {@code odibi streaming}, answers on its control channel, and exports
 * metrics where the environment asks for them. Make it before the run, since the run tells it everything; {@link #open} it with the
 * run before that starts; close it when the run has ended.
 *
 * <p>Nothing of it is worth a run: what cannot be opened is told in a line, and the run goes on without. HTTP is the exception, since
 * somebody asked for it.
 */
public final class RunMonitor implements RunListener, AutoCloseable {

    private static final String TOKEN = "ODIBI_HTTP_TOKEN";
    private static final int SHORTEST_TOKEN = 16;
    private static final int TOKEN_BYTES = 32;

    private final Map<String, String> environment;
    private final MonitoringSpec monitoring;
    private final Clock clock;
    private final Consumer<String> notices;
    private final RunFolder folder;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private volatile Optional<LiveQueries> queries = Optional.empty();
    private volatile Optional<EventThread> events = Optional.empty();

    /**
     * Makes a monitor that watches nothing yet.
     *
     * @param environment environment variables
     * @param monitoring what the project says
     * @param clock the time
     * @param notices is told in a line what the operator should know
     */
    public RunMonitor(
            Map<String, String> environment, MonitoringSpec monitoring, Clock clock, Consumer<String> notices) {
        this.environment = environment;
        this.monitoring = monitoring;
        this.clock = clock;
        this.notices = notices;
        this.folder = RunFolder.of(environment);
    }

    /**
     * Begins to watch a run that has not started; answers over HTTP where the project says.
     *
     * @throws ExternalException if nobody can listen there
     */
    public void open(Run run) {
        open(run, monitoring.http().map(RunMonitor::ofProject));
    }

    private static HttpAddress ofProject(String http) {
        return HttpAddress.parse(http)
                .orElseThrow(() -> new ExternalException("cannot listen on '" + http
                        + "', which 'monitoring.http' says: that is no single address of this machine"));
    }

    /**
     * Begins to watch a run that has not started, and answers over HTTP, too. The token is {@code ODIBI_HTTP_TOKEN}, or else a new one in
     * a file that a notice names.
     *
     * @throws ExternalException if nobody can listen there
     */
    public void open(Run run, HttpAddress http) {
        open(run, Optional.of(http));
    }

    private void open(Run run, Optional<HttpAddress> http) {
        LiveQueries live = new LiveQueries(run.plan(), run::drain, run::restart, clock);
        List<RunListener> watchers = new ArrayList<>(List.of(live));
        OtelProperties.of(environment, monitoring, run.plan().project())
                .flatMap(asked -> OtelExport.open(asked, run.plan(), live, clock, notices))
                .ifPresent(export -> {
                    watchers.add(export);
                    opened.push(export);
                });
        EventThread thread = new EventThread(watchers);
        opened.push(thread);
        opened.push(HealthWatch.open(live, clock, notices));
        queries = Optional.of(live);
        events = Optional.of(thread);
        RunDescription description =
                RunDescription.ofThisProcess(run.runId(), run.plan().project(), clock.instant());
        Operations operations = new Operations(description, live);
        try {
            Path socket = folder.socketFor(run.runId());
            opened.push(SocketServer.open(socket, operations));
            Registration registration = folder.register(description, socket);
            opened.push(() -> folder.remove(registration));
        } catch (ExternalException unreachable) {
            notices.accept(unreachable.getMessage() + "; 'odibi streaming' will not find this run");
        }
        http.ifPresent(address -> serve(address, run.runId(), operations));
    }

    private void serve(HttpAddress address, String runId, Operations operations) {
        String given = environment.getOrDefault(TOKEN, "");
        if (!given.isEmpty() && given.length() < SHORTEST_TOKEN) {
            throw new ExternalException(
                    "cannot open the control channel: " + TOKEN + " is shorter than " + SHORTEST_TOKEN + " characters");
        }
        String token = given.isEmpty() ? newToken() : given;
        HttpFront front = HttpFront.open(address, Secret.of(token), operations);
        opened.push(front);
        if (given.isEmpty()) {
            Path file = folder.writeSecret(runId, token);
            opened.push(() -> folder.removeSecret(runId));
            notices.accept("control channel at " + front.uri() + ", its token in " + file);
        } else {
            notices.accept("control channel at " + front.uri() + ", its token in " + TOKEN);
        }
    }

    private static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    /** The run's queries, for embedders; empty before {@link #open}. */
    public Optional<QueryRegistry> registry() {
        return queries.map(live -> live);
    }

    @Override
    public void on(RunEvent event) {
        events.ifPresent(thread -> thread.on(event));
    }

    /** Says that the whole run is being drained. */
    public void draining() {
        queries.ifPresent(LiveQueries::draining);
    }

    /** Takes the registration back, answers what is in hand, exports the last metrics. */
    @Override
    public void close() {
        // States first, so that whoever waits for an end is told of it.
        events.ifPresent(EventThread::close);
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception fault) {
                notices.accept("cannot close the run's control channel in an orderly way");
            }
        }
    }
}
