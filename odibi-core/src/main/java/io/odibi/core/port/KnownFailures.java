package io.odibi.core.port;

import io.odibi.core.execution.Explanation;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.plan.NodePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * A list of failures that happen to everyone, each with how it is recognised and what is told of it; the first that fits any throwable of the chain is told. Libraries
 * that are not on the class path at check time are known by the names of their classes, and those that throw one class for all by their
 * texts. Immutable.
 */
public final class KnownFailures implements FailureExplainer {

    private static final KnownFailures NONE = new KnownFailures(List.of());

    private final List<Known> all;

    private record Known(Predicate<Throwable> is, Nature nature, BiFunction<Throwable, NodePlan, String> words) {}

    private KnownFailures(List<Known> all) {
        this.all = List.copyOf(all);
    }

    /** Returns the empty list, to be added to. */
    public static KnownFailures none() {
        return NONE;
    }

    /** Returns this list and one more failure, which stays until somebody mends its cause. */
    public KnownFailures lasting(Predicate<Throwable> is, BiFunction<Throwable, NodePlan, String> words) {
        return and(new Known(is, Nature.LASTING, words));
    }

    /** Returns this list and one more failure, which goes by. */
    public KnownFailures passing(Predicate<Throwable> is, BiFunction<Throwable, NodePlan, String> words) {
        return and(new Known(is, Nature.PASSING, words));
    }

    private KnownFailures and(Known one) {
        List<Known> more = new ArrayList<>(all);
        more.add(one);
        return new KnownFailures(more);
    }

    /** Recognises a throwable by a part of the full name of its class, or of one that this extends. */
    public static Predicate<Throwable> named(String partOfClassName) {
        return thrown -> {
            for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
                if (type.getName().contains(partOfClassName)) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Recognises a throwable by a part of what it says. */
    public static Predicate<Throwable> says(String words) {
        return thrown -> thrown.getMessage() != null && thrown.getMessage().contains(words);
    }

    /** Returns the first line of what a throwable says, without a full stop; empty if it says nothing. */
    public static String firstLine(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage().strip();
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public Optional<Explanation> explain(List<Throwable> chain, NodePlan node) {
        for (Known known : all) {
            for (Throwable thrown : chain) {
                if (known.is().test(thrown)) {
                    return Optional.of(new Explanation(known.words().apply(thrown, node), known.nature()));
                }
            }
        }
        return Optional.empty();
    }
}
