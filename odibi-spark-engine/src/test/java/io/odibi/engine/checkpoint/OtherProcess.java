package io.odibi.engine.checkpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** Another process, which holds the lock of a checkpoint until it is ended. */
final class OtherProcess {

    private OtherProcess() {}

    static Process thatHolds(Path checkpoint) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        checkpoint.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"held".equals(out.readLine())) {
            process.destroyForcibly();
            throw new IOException("the other process does not hold the lock");
        }
        return process;
    }

    public static void main(String[] checkpoint) throws Exception {
        LocalLock.take(
                Path.of(checkpoint[0]),
                LockOwner.ofThisProcess(Clock.systemUTC().instant()));
        System.out.println("held");
        Thread.currentThread().join();
    }
}
