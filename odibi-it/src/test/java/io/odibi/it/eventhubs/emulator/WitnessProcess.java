package io.odibi.it.eventhubs.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Microsoft's current client in a JVM of its own, whose class path has nothing of this one's. Used by one thread. */
final class WitnessProcess implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final PrintWriter to;
    private final BufferedReader from;

    private WitnessProcess(Process process) {
        this.process = process;
        this.to = new PrintWriter(process.outputWriter(UTF_8), true);
        this.from = process.inputReader(UTF_8);
    }

    /** Starts it, with trust in an emulator. */
    static WitnessProcess trusting(EventHubsEmulator emulator) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(emulator.trustOptions());
        command.addAll(List.of("-cp", System.getProperty("odibi.witness") + "/*", "io.odibi.witness.Witness"));
        return new WitnessProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Its answer to a request, which may be that it failed. */
    JsonNode ask(String what, String connectionString, Map<String, ?> with) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>(with);
        request.put("do", what);
        request.put("connection", connectionString);
        to.println(JSON.writeValueAsString(request));
        String answer = from.readLine();
        if (answer == null) {
            throw new IOException("the witness has ended");
        }
        return JSON.readTree(answer);
    }

    @Override
    public void close() {
        to.close();
        try {
            if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
