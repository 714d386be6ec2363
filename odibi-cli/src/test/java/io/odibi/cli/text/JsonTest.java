package io.odibi.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.odibi.cli.text.Json.Layout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

    private static final ObjectMapper READER = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    static Stream<String> hostile() {
        return Stream.of(
                "",
                "\"quoted\" and \\ back",
                "line\nfeed\r\n\ttab",
                "\u0000\u0001\u001B[31m\u007F\u0085",
                "\u2028\u2029",
                "\uD83D\uDE00 a pair",
                "</script><!--",
                "{\"a\":1}",
                "x".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void writesAnyTextSoThatItReadsBack(String text) throws Exception {
        for (Layout layout : Layout.values()) {
            String json = Json.object(layout, object -> object.put(text, text).texts("list", List.of(text, text)));
            // As bytes, the way it travels.
            JsonNode read = READER.readTree(json.getBytes(StandardCharsets.UTF_8));
            assertThat(read.get(text).asText()).isEqualTo(text);
            assertThat(read.get("list").get(1).asText()).isEqualTo(text);
        }
    }

    @Test
    void escapesWhatUtf8CannotCarry() {
        String json = Json.object(Layout.LINE, object -> object.put("a", "\uD800x\uDC00"));

        assertThat(json).isEqualTo("{\"a\":\"\\ud800x\\udc00\"}");
    }

    @Test
    void neverBreaksALineThatMustBeOne() {
        String json = Json.object(Layout.LINE, object -> object.put("a", "x\ny\u2028z\u0085"));

        assertThat(json.lines()).hasSize(1);
    }

    @Test
    void hasNoWordForWhatIsNoNumber() {
        String json = Json.object(
                Layout.LINE,
                object -> object.put("nan", OptionalDouble.of(Double.NaN))
                        .put("infinite", OptionalDouble.of(Double.POSITIVE_INFINITY))
                        .put("none", OptionalLong.empty())
                        .put("text", Optional.empty())
                        .put("large", Long.MIN_VALUE));

        assertThat(json)
                .isEqualTo(
                        "{\"nan\":null,\"infinite\":null,\"none\":null,\"text\":null,\"large\":-9223372036854775808}");
    }

    @Test
    void nestsAndIndents() {
        String json = Json.object(
                Layout.INDENTED,
                object -> object.objects("list", List.of(1, 2), (item, number) -> item.put("n", number))
                        .object("empty", nothing -> {})
                        .truth("last", true));

        assertThat(json).isEqualTo("""
                        {
                          "list": [
                            {
                              "n": 1
                            },
                            {
                              "n": 2
                            }
                          ],
                          "empty": {},
                          "last": true
                        }""");
    }
}
