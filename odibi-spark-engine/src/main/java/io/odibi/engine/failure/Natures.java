package io.odibi.engine.failure;

import io.odibi.core.error.InternalException;
import io.odibi.core.error.ProjectException;
import io.odibi.core.execution.Failure.Nature;
import io.odibi.core.port.StepException;
import io.odibi.engine.checkpoint.CheckpointInUseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether another start may help, by the classes and texts of what was thrown. Names stand for classes that the engine does not have; a class
 * counts with all that extend it.
 */
final class Natures {

    private static final List<Class<?>> LASTING_CLASSES = List.of(
            StepException.class,
            ProjectException.class,
            InternalException.class,
            LinkageError.class,
            ReflectiveOperationException.class,
            OutOfMemoryError.class,
            CheckpointInUseException.class,
            LastingFaultException.class);

    private static final Set<String> LASTING = Set.of(
            "org.apache.spark.sql.AnalysisException",
            "org.apache.spark.SparkUpgradeException",
            "org.apache.hadoop.security.AccessControlException",
            "java.nio.file.AccessDeniedException",
            "java.sql.SQLInvalidAuthorizationSpecException",
            "java.sql.SQLSyntaxErrorException",
            "java.sql.SQLIntegrityConstraintViolationException");

    private static final Set<String> PASSING = Set.of(
            "java.net.SocketException",
            "java.net.SocketTimeoutException",
            "java.net.UnknownHostException",
            "java.net.http.HttpTimeoutException",
            "java.util.concurrent.TimeoutException",
            "java.nio.channels.UnresolvedAddressException",
            "java.sql.SQLTransientException",
            "java.sql.SQLRecoverableException",
            "org.apache.spark.sql.delta.DeltaConcurrentModificationException",
            "io.delta.exceptions.DeltaConcurrentModificationException");

    /** What Spark says of tasks on machines that are gone, and what a task's own fault looks like in another's message. */
    private static final Pattern PASSING_WORDS = Pattern.compile(
            "ExecutorLostFailure|FetchFailed|Executor heartbeat timed out|worker lost|Remote RPC client disassociated"
                    + "|java\\.net\\.(?:ConnectException|SocketException|SocketTimeoutException|UnknownHostException)"
                    + "|Connection (?:refused|reset|timed out)|Futures timed out|Too Many Requests|Service Unavailable"
                    + "|SlowDown|ServerBusy|No space left on device");

    private Natures() {}

    /** Returns what the chain of causes is. */
    static Nature of(List<Throwable> chain) {
        for (Throwable fault : chain) {
            if (LASTING_CLASSES.stream().anyMatch(lasting -> lasting.isInstance(fault)) || isOne(fault, LASTING)) {
                return Nature.LASTING;
            }
        }
        for (Throwable fault : chain) {
            if (isOne(fault, PASSING) || says(fault)) {
                return Nature.PASSING;
            }
        }
        return Nature.UNKNOWN;
    }

    private static boolean isOne(Throwable fault, Set<String> names) {
        for (Class<?> type = fault.getClass(); type != null; type = type.getSuperclass()) {
            if (names.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(Throwable fault) {
        return fault.getMessage() != null
                && PASSING_WORDS.matcher(fault.getMessage()).find();
    }
}
