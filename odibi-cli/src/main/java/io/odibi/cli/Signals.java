package io.odibi.cli;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Hears SIGINT, SIGTERM and SIGHUP. A signal handler and not a shutdown hook: hooks run side by side, and Spark's own would stop its
 * context under a draining stream.
 *
 * <p>By reflection, because the compiler warns of {@code sun.misc.Signal} in a way that nothing can suppress.
 */
final class Signals {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private Signals() {}

    /** Runs {@code onSignal} for each signal from now on, on a thread of its own. Where the JVM keeps signals to itself, nothing changes. */
    static void hear(Runnable onSignal) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            onSignal.run();
                        }
                        return null;
                    });
            for (String name : NAMES) {
                hear(signal, handler, ours, name);
            }
        } catch (ReflectiveOperationException absent) {
            // A JVM without these classes ends at once on a signal; the next start goes on from the last commit.
            return;
        }
    }

    private static void hear(Class<?> signal, Class<?> handler, Object ours, String name)
            throws ReflectiveOperationException {
        try {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (java.lang.reflect.InvocationTargetException taken) {
            // -Xrs, or a platform without that signal.
            if (!(taken.getCause() instanceof IllegalArgumentException)) {
                throw taken;
            }
        }
    }
}
