package com.example.numbers;

import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Scan;
import io.odibi.core.describe.ScanSchema;
import io.odibi.core.describe.SourceTraits;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.model.Processing;
import io.odibi.core.port.Source;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.ValueTypes;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Reads the numbers between two numbers. */
final class NumbersSource implements Source {

    private static final Setting<Long> FROM =
            Setting.withDefault("from", ValueTypes.whole(0, Long.MAX_VALUE - 1), 0L, "The first number");
    private static final Setting<Long> TO =
            Setting.required("to", ValueTypes.whole(0, Long.MAX_VALUE - 1), "The last number");

    @Override
    public SettingsDeclaration settings() {
        return SettingsDeclaration.of("Whole numbers in a row", FROM, TO);
    }

    @Override
    public SourceTraits traits() {
        return new SourceTraits(Set.of(Processing.BATCH), SourceTraits.Replay.BY_OFFSET);
    }

    @Override
    public Optional<Scan> describe(ReadRequest request, Findings findings) {
        Settings settings = request.settings();
        long from = settings.get(FROM);
        long to = settings.get(TO);
        if (from > to) {
            findings.add(Finding.of(FindingCode.CONFIG_CONFLICT, settings.at(TO), "'to' is less than 'from'")
                    .why("the numbers go from " + from + " to " + to)
                    .fix("write 'to: " + from + "' or more"));
            return Optional.empty();
        }
        return request.address()
                .connectionOf(NumbersPlugin.NAME, NumbersPlugin.NAME, findings)
                .map(connection -> {
                    Options options = connection.options();
                    return new Scan.CustomScan<>(
                            session -> new NumbersClient(options.reveal()).read((SparkSession) session, from, to),
                            new ScanSchema.Fixed("number BIGINT"),
                            "numbers " + from + " to " + to);
                });
    }
}
