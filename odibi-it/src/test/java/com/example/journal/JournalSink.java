package com.example.journal;

import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Delivery;
import io.odibi.core.describe.Delivery.Guarantee;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.describe.Target.BatchIdentity;
import io.odibi.core.describe.Target.BatchTarget;
import io.odibi.core.describe.WriteRequest;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.OutputMode;
import io.odibi.core.model.WriteMode;
import io.odibi.core.port.Sink;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps a journal in a local folder: each batch a file of JSON lines, named by query and number, so that a batch that comes again takes its own place. */
final class JournalSink implements Sink {

    private static final Setting<String> TITLE =
            Setting.withDefault("title", ValueTypes.text(), "journal", "What the files' names begin with");

    @Override
    public SettingsDeclaration settings() {
        return SettingsDeclaration.of("A journal in a local folder", TITLE);
    }

    @Override
    public SinkTraits traits(WriteRequest request) {
        return new SinkTraits(
                Set.of(OutputMode.APPEND),
                Set.of(WriteMode.APPEND),
                WriteMode.APPEND,
                new Delivery(Guarantee.EXACTLY_ONCE, "each batch is one file, named by its query and number"));
    }

    @Override
    public Optional<Target> describe(WriteRequest request, Findings findings) {
        return request.address().locate("journal", findings).map(at -> target(at, request));
    }

    private static Target target(DataLocation at, WriteRequest request) {
        Path folder = Path.of(at.toString());
        String title = request.settings().get(TITLE);
        return new BatchTarget<Dataset<Row>>((rows, batch) -> write(rows, batch, folder, title), "journal " + folder);
    }

    private static void write(Dataset<Row> rows, BatchIdentity batch, Path folder, String title) {
        List<String> lines = rows.toJSON().collectAsList();
        Path page = folder.resolve(title + "-" + batch.query().replace('/', '_') + "-" + batch.number() + ".ndjson");
        try {
            Files.createDirectories(folder);
            Path draft = Files.write(Files.createTempFile(folder, "." + title, null), lines);
            Files.move(draft, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot write " + page, fault);
        }
    }
}
