package io.odibi.cli;

import io.odibi.config.Loaded;
import io.odibi.config.ProjectLoader;
import io.odibi.core.Odibi;
import io.odibi.core.check.CheckResult;
import io.odibi.core.check.CheckedPlan;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.Suggestion;
import io.odibi.core.model.PipelineSpec;
import io.odibi.core.model.ProjectSpec;
import io.odibi.core.plan.NodeId;
import io.odibi.core.planning.CaughtUp;
import io.odibi.core.planning.Selection;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** From a path to a checked plan: all three looks, with what the command line adds to the project. */
final class Checking {

    /** The setting that says where Spark runs. */
    static final String MASTER = "spark.master";

    /** What {@code validate} and {@code plan} put there, so that no cluster is contacted. */
    static final Map<String, String> OFFLINE = Map.of(MASTER, "local[1]");

    /** When streams end. */
    enum Streams {
        /** As the project says. */
        AS_WRITTEN,
        /** When they have taken what is there at the start. */
        UNTIL_CAUGHT_UP
    }

    /**
     * What to check.
     *
     * @param project the file or folder
     * @param environment an environment of the project
     * @param pipelines the pipelines that are asked for; none for all
     * @param nodes the nodes that are asked for, by name or as {@code pipeline.node}; none for all
     * @param engine settings of the engine that win over the project's
     * @param streams when streams end
     */
    record Request(
            Path project,
            Optional<String> environment,
            List<String> pipelines,
            List<String> nodes,
            Map<String, String> engine,
            Streams streams) {

        /** Asks for a whole project, without contacting any system. */
        static Request offline(ProjectOptions options) {
            return new Request(
                    options.project(), options.environment(), List.of(), List.of(), OFFLINE, Streams.AS_WRITTEN);
        }
    }

    /**
     * What the looks found.
     *
     * @param findings all, in the order of their places
     * @param project the part of the project that was asked for, with the engine's settings as they were written
     * @param plan what may be started; empty exactly when there is an error
     */
    record Checked(List<Finding> findings, Optional<ProjectSpec> project, Optional<CheckedPlan> plan) {}

    private final Odibi odibi;
    private final Map<String, String> variables;
    private final Clock clock;

    Checking(Odibi odibi, Map<String, String> variables, Clock clock) {
        this.odibi = odibi;
        this.variables = variables;
        this.clock = clock;
    }

    /**
     * Loads and checks.
     *
     * @throws UsageException if the path, a pipeline or a node is not there
     */
    Checked check(Request request) {
        requireThere(request.project());
        Loaded loaded = new ProjectLoader(variables, clock).load(request.project(), request.environment());
        if (loaded.project().isEmpty()) {
            return new Checked(loaded.findings().sorted(), Optional.empty(), Optional.empty());
        }
        ProjectSpec written = select(loaded.project().get(), request);
        ProjectSpec project = request.streams() == Streams.UNTIL_CAUGHT_UP ? CaughtUp.of(written) : written;
        CheckResult result = odibi.check(withEngine(project, request.engine()), loaded.findings());
        return new Checked(result.findings(), Optional.of(project), result.checked());
    }

    private static void requireThere(Path project) {
        if (Files.exists(project)) {
            return;
        }
        Path folder = Optional.ofNullable(project.getParent()).orElse(Path.of(""));
        Path name = Optional.ofNullable(project.getFileName()).orElse(project);
        try (Stream<Path> siblings = Files.list(folder)) {
            Set<String> known = new LinkedHashSet<>();
            siblings.map(Path::getFileName).forEach(one -> known.add(one.toString()));
            throw Suggestion.nearest(name.toString(), known)
                    .map(near -> new UsageException("no file or folder '" + project + "'; did you mean '"
                            + (folder.toString().isEmpty() ? near : folder.resolve(near)) + "'?"))
                    .orElseGet(() -> new UsageException("no file or folder '" + project + "'"));
        } catch (IOException unreadable) {
            throw new UsageException("no file or folder '" + project + "'");
        }
    }

    private static ProjectSpec select(ProjectSpec project, Request request) {
        if (request.pipelines().isEmpty() && request.nodes().isEmpty()) {
            return project;
        }
        List<String> known =
                project.pipelines().stream().map(one -> one.name().value()).toList();
        for (String pipeline : request.pipelines()) {
            if (!known.contains(pipeline)) {
                throw UsageException.unknown("pipeline", pipeline, known);
            }
        }
        Set<NodeId> candidates = new LinkedHashSet<>();
        for (PipelineSpec pipeline : project.pipelines()) {
            if (request.pipelines().isEmpty()
                    || request.pipelines().contains(pipeline.name().value())) {
                pipeline.nodes()
                        .forEach(node -> candidates.add(
                                new NodeId(pipeline.name().value(), node.name().value())));
            }
        }
        return new Selection(wanted(candidates, request.nodes())).of(project);
    }

    private static Set<NodeId> wanted(Set<NodeId> candidates, List<String> names) {
        if (names.isEmpty()) {
            return candidates;
        }
        Set<NodeId> wanted = new LinkedHashSet<>();
        for (String name : names) {
            List<NodeId> matches = candidates.stream()
                    .filter(id -> id.node().equals(name) || id.toString().equals(name))
                    .toList();
            if (matches.isEmpty()) {
                Set<String> known = new LinkedHashSet<>();
                boolean isFull = name.contains(".");
                candidates.forEach(id -> known.add(isFull ? id.toString() : id.node()));
                throw UsageException.unknown("node", name, known);
            }
            if (matches.size() > 1) {
                throw new UsageException("node '" + name + "' is in several pipelines; say which: "
                        + String.join(
                                ", ", matches.stream().map(NodeId::toString).toList()));
            }
            wanted.addAll(matches);
        }
        return wanted;
    }

    private static ProjectSpec withEngine(ProjectSpec project, Map<String, String> settings) {
        Map<String, Located<String>> engine = new LinkedHashMap<>(project.engine());
        settings.forEach((name, value) -> engine.put(name, new Located<>(value, Position.NONE)));
        return project.withEngine(engine);
    }
}
