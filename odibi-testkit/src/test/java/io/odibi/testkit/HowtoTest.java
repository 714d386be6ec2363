package io.odibi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/connectors-howto.md} shows the example as it is compiled and tested here. */
class HowtoTest {

    private static final Path PAGE = Path.of("..", "docs", "connectors-howto.md");
    private static final Path EXAMPLE = Path.of("src", "test", "java", "com", "example", "numbers");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n// (\\w+\\.java)\\n(.*?)^```$");

    record Quote(String file, String code) {
        @Override
        public String toString() {
            return file;
        }
    }

    @Test
    void showsTheThreeClasses() throws IOException {
        assertThat(quotes())
                .extracting(Quote::file)
                .contains("NumbersPlugin.java", "NumbersConnection.java", "NumbersSource.java");
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void quotesTheCodeAsItIs(Quote quote) throws IOException {
        assertThat(Files.readString(EXAMPLE.resolve(quote.file()))).contains(quote.code());
    }

    @Test
    void namesSuitesAndBehavioursThatAreThere() throws Exception {
        String page = Files.readString(PAGE);
        for (Class<?> type : List.of(
                PluginContract.class,
                ConnectionContract.class,
                SourceContract.class,
                SinkContract.class,
                ConfigValues.class,
                Addresses.class,
                ProjectBuilder.class,
                NodeBuilder.class,
                IdleEngine.class,
                RecordingListener.class)) {
            assertThat(page).contains("`" + type.getSimpleName() + "`");
        }
        assertThat(page)
                .contains(PluginContract.class
                        .getDeclaredMethod("takesEachSettingInSnakeCase")
                        .getName());
    }

    static List<Quote> quotes() throws IOException {
        return BLOCK.matcher(Files.readString(PAGE))
                .results()
                .map(block -> new Quote(block.group(1), block.group(2)))
                .toList();
    }
}
