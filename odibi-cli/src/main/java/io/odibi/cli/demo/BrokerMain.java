package io.odibi.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The broker JVM's main class: formats the storage once, then becomes {@code kafka.Kafka}. It ends when its standard input
 * ends, which the operating system sees to when the parent is gone, however the parent died.
 *
 * <p>It runs alone beside Kafka's jars ({@link BrokerFiles} copies this one class file out of ours), so it may use
 * the JDK and nothing else, Kafka only by reflection, and no nested class.
 */
final class BrokerMain {
    private static final long SHUTDOWN_LIMIT_MILLIS = TimeUnit.SECONDS.toMillis(15);

    private BrokerMain() {}

    /** Takes the cluster id, the broker's properties file, and the file that exists once the storage is formatted. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        String clusterId = arguments[0];
        String properties = arguments[1];
        Path formatted = Path.of(arguments[2]);

        // Ctrl-C in a terminal goes to every process of the group. The parent alone decides when the broker ends, or
        // the streams would lose it while they drain.
        ignoreSignal("INT");
        ignoreSignal("HUP");
        Thread watch = new Thread(BrokerMain::endWithParent, "parent-watch");
        watch.setDaemon(true);
        watch.start();

        if (!Files.exists(formatted)) {
            Object status = Class.forName("kafka.tools.StorageTool")
                    .getMethod("execute", String[].class, PrintStream.class)
                    .invoke(null, new String[] {"format", "-t", clusterId, "-c", properties}, System.out);
            if (!Integer.valueOf(0).equals(status)) {
                System.exit(1);
            }
        }
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) new String[] {properties});
    }

    private static void endWithParent() {
        awaitEndOfInput();
        Thread exit = new Thread(() -> System.exit(0), "exit");
        exit.start();
        try {
            exit.join(SHUTDOWN_LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent never writes; whatever comes is not the end.
            }
        } catch (IOException e) {
            // A broken pipe is the end of the parent as well.
            System.err.println("standard input failed: " + e.getMessage());
        }
    }

    // By reflection, because the compiler warns of sun.misc.Signal in a way that nothing can suppress.
    private static void ignoreSignal(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object nothing = Proxy.newProxyInstance(
                    BrokerMain.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, values) -> null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), nothing);
        } catch (ReflectiveOperationException e) {
            System.err.println("signal " + name + " keeps its default: " + e);
        }
    }
}
