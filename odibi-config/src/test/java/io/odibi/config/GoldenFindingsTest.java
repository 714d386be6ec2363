package io.odibi.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.core.finding.FindingCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad project under {@code findings/} gets exactly the text beside it. */
class GoldenFindingsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/findings");

    static List<Path> pairs() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.sorted().toList();
        }
    }

    private static String code(Path pair) {
        String name = pair.getFileName().toString();
        return name.substring(0, name.indexOf('-'));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tellsExactlyThis(Path pair) throws IOException {
        Path environment = pair.resolve("environment.txt");
        Folder folder = new Folder(pair);
        Loaded loaded = Files.exists(environment)
                ? folder.loadIn(Files.readString(environment).strip())
                : folder.load();

        String told = folder.text(loaded);

        assertThat(told).isEqualTo(Files.readString(pair.resolve("expected.txt")));
        assertThat(told).contains("[" + code(pair) + "]");
    }

    @Test
    void hasAPairForEachCodeOfTheFirstLook() throws IOException {
        assertThat(pairs().stream().map(GoldenFindingsTest::code).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(FindingCode.values())
                        .map(FindingCode::name)
                        .filter(name -> name.startsWith("CONFIG_"))
                        .toList());
    }
}
