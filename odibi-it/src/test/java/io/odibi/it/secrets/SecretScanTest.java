package io.odibi.it.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.odibi.it.secrets.SecretScan.Leak;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanTest {

    private static final Canary CANARY = Canary.of("planted");
    private static final String WORD = CANARY.text();
    private static final Canary OTHER = Canary.of("another");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events/local-1/events_1_local-1",
                "logs/spark.log",
                "checkpoints/p/n/metadata",
                "lake/t/_delta_log/00000000000000000000.json",
                "lake/t/part-0.parquet",
                "otlp/1",
                "out/plan.json"
            })
    void findsASecretInEachKindOfFile(String file) throws Exception {
        write(file, ("{\"Spark Properties\": {\"x\": \"before" + WORD + "after\"}}").getBytes(StandardCharsets.UTF_8));

        assertThat(scan()).extracting(Leak::secret, Leak::form, Leak::place).containsExactly(tuple("as it is", file));
    }

    @Test
    void findsWhatEncodingsMakeOfIt() throws Exception {
        for (String user : List.of("", "u", "us")) {
            String login = Base64.getEncoder().encodeToString((user + WORD + ":").getBytes(StandardCharsets.UTF_8));
            assertThat(found("Authorization: Basic " + login))
                    .as("after '%s'", user)
                    .startsWith("in Base64");
        }
        assertThat(found(URLEncoder.encode("Key=" + WORD + "==;", StandardCharsets.UTF_8)))
                .isEqualTo("as it is");
        assertThat(found("..." + WORD.substring(0, 16) + "...")).isEqualTo("its first half");
        assertThat(found("..." + WORD.substring(16))).isEqualTo("its second half");
        assertThat(found(WORD.toUpperCase(java.util.Locale.ROOT))).isEqualTo("in capitals");
    }

    @Test
    void findsItInOtherBytes() throws Exception {
        assertThat(found(WORD.getBytes(StandardCharsets.UTF_16LE))).isEqualTo("in UTF-16");
        assertThat(found(WORD.getBytes(StandardCharsets.UTF_16BE))).isEqualTo("in UTF-16");
        assertThat(found(made(out -> new ObjectOutputStream(out).writeObject(Map.of("password", WORD)))))
                .isEqualTo("as it is");
        assertThat(found(made(out -> {
                    try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
                        zipped.write(WORD.getBytes(StandardCharsets.UTF_8));
                    }
                })))
                .isEqualTo("as it is");
        assertThat(found(made(out -> {
                    try (ZipOutputStream zipped = new ZipOutputStream(out)) {
                        zipped.putNextEntry(new ZipEntry("a"));
                        zipped.write(WORD.getBytes(StandardCharsets.UTF_8));
                    }
                })))
                .isEqualTo("as it is");
    }

    @Test
    void findsItInTheNameOfAFile() throws Exception {
        write("state/" + WORD + "/empty", new byte[0]);

        assertThat(scan())
                .isNotEmpty()
                .allSatisfy(leak -> assertThat(leak.place()).startsWith("the name of"));
    }

    @Test
    void saysThatItCannotLookIntoACompressedFile() throws Exception {
        write("events.zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2});
        write("events.lz4", "LZ4Block....".getBytes(StandardCharsets.UTF_8));

        assertThat(scan()).extracting(Leak::form).containsExactlyInAnyOrder("compressed by zstd", "compressed by lz4");
    }

    @Test
    void findsNothingWhereNothingIs() throws Exception {
        write("a", "an ordinary line, a mask *** and c4f3".getBytes(StandardCharsets.UTF_8));
        write("b", new byte[4096]);

        assertThat(scan()).isEmpty();
    }

    private String found(String text) throws IOException {
        return found(text.getBytes(StandardCharsets.UTF_8));
    }

    private String found(byte[] bytes) throws IOException {
        write("planted", bytes);
        List<Leak> leaks = scan();
        assertThat(leaks).extracting(Leak::secret).containsOnly("planted");
        return leaks.get(0).form();
    }

    private List<Leak> scan() throws IOException {
        return new SecretScan(List.of(OTHER, CANARY)).folder(folder);
    }

    private void write(String file, byte[] bytes) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, bytes);
    }

    private static org.assertj.core.groups.Tuple tuple(String form, String place) {
        return org.assertj.core.groups.Tuple.tuple("planted", form, place);
    }

    /** Writes bytes. */
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] made(Writing writing) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writing.to(out);
        return out.toByteArray();
    }
}
