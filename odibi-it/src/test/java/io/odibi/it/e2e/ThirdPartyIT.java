package io.odibi.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.journal.JournalPlugin;
import io.odibi.it.process.Distribution;
import io.odibi.it.process.Distribution.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sink of a third party that writes each micro-batch itself, as a jar that the distribution finds. */
@Timeout(240)
class ThirdPartyIT {

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void packIt() throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("plug ins"));
        try (OutputStream file = Files.newOutputStream(plugins.resolve("journal.jar"));
                ZipOutputStream jar = new ZipOutputStream(file)) {
            put(jar, "META-INF/services/io.odibi.core.port.Plugin", JournalPlugin.class.getName());
            for (String name : List.of("JournalPlugin", "JournalSink")) {
                String entry = JournalPlugin.class.getPackageName().replace('.', '/') + "/" + name + ".class";
                jar.putNextEntry(new ZipEntry(entry));
                try (InputStream code = JournalPlugin.class.getClassLoader().getResourceAsStream(entry)) {
                    code.transferTo(jar);
                }
            }
        }
        Files.writeString(Files.createDirectory(folder.resolve("in")).resolve("1.csv"), "1\n2\n");
        project = Files.writeString(folder.resolve("project.yaml"), """
                project: third
                spark: {spark.master: "local[2]", spark.sql.shuffle.partitions: 1, spark.ui.enabled: false}
                connections:
                  here: {type: local, base_path: %s}
                pipelines:
                  - pipeline: p
                    nodes:
                      - name: note
                        streaming: {trigger: available_now, checkpoint_location: state}
                        read: {connection: here, format: csv, path: in, options: {schema: "id BIGINT"}}
                        write: {connection: here, format: journal, path: journal, title: ids}
                """.formatted(folder));
    }

    @Test
    void writesEachMicroBatchOnceAlsoWhenItComesAgain() throws Exception {
        try (Distribution odibi = Distribution.in(folder)) {
            Answer without = odibi.run("validate", project.toString());
            assertThat(without.code()).isEqualTo(2);
            assertThat(without.out() + without.err()).contains("'journal'");

            odibi.with("ODIBI_PLUGINS", folder.resolve("plug ins").toString());
            assertThat(odibi.run("connectors", "journal").out())
                    .contains("A journal in a local folder")
                    .contains("What the files' names begin with");
            assertThat(odibi.run("plan", project.toString()).out())
                    .contains("exactly once")
                    .contains("each batch is one file");

            run(odibi);
            Files.writeString(folder.resolve("in/2.csv"), "3\n");
            run(odibi);
            Map<String, String> pages = pages();
            assertThat(pages.values()).containsExactly("{\"id\":1}\n{\"id\":2}\n", "{\"id\":3}\n");

            // As after a crash between the write and Spark's note of it.
            Files.delete(folder.resolve("state/commits/1"));
            run(odibi);
            assertThat(pages()).isEqualTo(pages);
        }
    }

    private void run(Distribution odibi) throws Exception {
        Answer run = odibi.run("run", project.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
    }

    private Map<String, String> pages() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        try (var found = Files.list(folder.resolve("journal"))) {
            found.forEach(files::add);
        }
        for (Path file : files) {
            pages.put(file.getFileName().toString(), Files.readString(file));
        }
        return pages;
    }

    private static void put(ZipOutputStream jar, String name, String text) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        jar.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
