package io.odibi.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CrashSafetyIT {

    @TempDir
    private Path folder;

    @Test
    void noFileIsTornByAKill() throws Exception {
        kill(4);
    }

    @Test
    @Tag("heavy")
    void noFileIsTornByManyKills() throws Exception {
        kill(60);
    }

    private void kill(int rounds) throws Exception {
        Random random = new Random(7);
        int next = 0;
        for (int round = 0; round < rounds; round++) {
            Process writer = start(next);
            int last = -1;
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
                int until = random.nextInt(60) + 5;
                for (int count = 0; count < until; count++) {
                    String line = said.readLine();
                    assertThat(line).as("the writer's next number").isNotNull();
                    last = Integer.parseInt(line);
                }
            } finally {
                writer.destroyForcibly().waitFor();
            }
            next = check(last) + 1;
        }
    }

    private Process start(int next) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashWriter.class.getName(),
                        folder.toString(),
                        String.valueOf(next)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Every file that was said to be written is there, and every file that is there is whole; returns the last. */
    private int check(int said) throws IOException {
        int last = -1;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> !path.getFileName().toString().startsWith("."))
                    .toList()) {
                int number = Integer.parseInt(file.getFileName().toString());
                assertThat(isWhole(file, number)).as("%s is whole", file).isTrue();
                last = Math.max(last, number);
            }
        }
        for (int number = 0; number <= said; number++) {
            assertThat(folder.resolve(String.valueOf(number))).exists();
        }
        return last;
    }

    private static boolean isWhole(Path file, int number) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int word = 0; word < CrashWriter.WORDS; word++) {
                if (in.readInt() != number) {
                    return false;
                }
            }
            return in.read() < 0;
        } catch (EOFException torn) {
            return false;
        }
    }
}
