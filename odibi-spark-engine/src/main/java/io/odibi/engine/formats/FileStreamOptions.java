package io.odibi.engine.formats;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.DataLocation;
import io.odibi.core.describe.Options;
import io.odibi.core.describe.ReadRequest;
import io.odibi.core.describe.Storage;
import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.ValueTypes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a read of files can say as a stream only: how many files at once, in which order, and what becomes of them afterwards. */
final class FileStreamOptions {

    private static final String ARCHIVE = "archive";

    private static final Setting<Long> MAX_FILES = Setting.optional(
                    "maxFilesPerTrigger",
                    ValueTypes.whole(1, Integer.MAX_VALUE),
                    "in a stream, files of one micro-batch at most")
            .alias("max_files_per_trigger");
    private static final Setting<Boolean> LATEST_FIRST = Setting.optional(
                    "latestFirst", ValueTypes.truth(), "in a stream, whether the newest files are taken first")
            .alias("latest_first");
    private static final Setting<Duration> MAX_FILE_AGE = Setting.optional(
                    "maxFileAge",
                    ValueTypes.duration(Duration.ofSeconds(1), Duration.ofDays(36_500)),
                    "in a stream, how much older than the newest file one may be that comes late; older ones are passed over;"
                            + " 7 days by default")
            .alias("max_file_age");
    private static final Setting<Boolean> NAME_ONLY = Setting.optional(
                    "fileNameOnly",
                    ValueTypes.truth(),
                    "in a stream, whether a file is known again by its name alone, whatever its folder")
            .alias("file_name_only");
    private static final Setting<String> CLEAN_SOURCE = Setting.optional(
                    "cleanSource",
                    ValueTypes.choice("off", ARCHIVE, "delete"),
                    "in a stream, what happens to files that have been read, once the next micro-batch is taken")
            .alias("clean_source");
    private static final Setting<String> ARCHIVE_DIR = Setting.optional(
                    "sourceArchiveDir",
                    ValueTypes.text("a folder"),
                    "in a stream, where 'cleanSource: archive' moves files, each under its whole path; relative paths start"
                            + " in the connection")
            .alias("source_archive_dir");

    private static final List<Setting<?>> ALL =
            List.of(MAX_FILES, LATEST_FIRST, MAX_FILE_AGE, NAME_ONLY, CLEAN_SOURCE, ARCHIVE_DIR);

    private FileStreamOptions() {}

    static Setting<?>[] declared() {
        return ALL.toArray(Setting[]::new);
    }

    /** Says of each that is written that a batch does nothing with it. */
    static void refuseInBatch(Settings written, Findings findings) {
        Effect.refuse(
                written,
                ALL,
                "has no meaning in batch",
                "a batch reads all files that are there, at once, and leaves them there",
                "drop it, or make the read a stream",
                findings);
    }

    /** Returns what a stream of files in a place is told, and says what does not go together. */
    static Options from(ReadRequest request, Optional<DataLocation> location, Findings findings) {
        Settings written = request.settings();
        Options options = Options.none();
        for (Setting<?> setting : List.of(MAX_FILES, LATEST_FIRST, NAME_ONLY, CLEAN_SOURCE)) {
            Optional<?> value = written.find(setting);
            options = value.isPresent() ? options.with(setting.name(), String.valueOf(value.get())) : options;
        }
        Optional<Duration> age = written.find(MAX_FILE_AGE);
        if (age.isPresent()) {
            options = options.with(MAX_FILE_AGE.name(), age.get().toSeconds() + "s");
            checkAge(written, findings);
        }
        return archives(written)
                ? options.with(archive(request, location, findings))
                : withoutArchive(written, options, findings);
    }

    /** Spark passes over the age without a word: by the newest files, those of the first micro-batch would make all others too old. */
    private static void checkAge(Settings written, Findings findings) {
        if (written.find(LATEST_FIRST).orElse(false) && written.find(MAX_FILES).isPresent()) {
            findings.add(
                    Finding.of(FindingCode.CONFIG_CONFLICT, written.at(MAX_FILE_AGE), "'maxFileAge' has no effect here")
                            .why("with 'latestFirst' and 'maxFilesPerTrigger' together, files of any age are read")
                            .fix("drop it, or drop 'latestFirst'"));
        }
    }

    private static boolean archives(Settings written) {
        return written.find(CLEAN_SOURCE).filter(ARCHIVE::equals).isPresent();
    }

    private static Options withoutArchive(Settings written, Options options, Findings findings) {
        Effect.refuse(
                written,
                List.of(ARCHIVE_DIR),
                "has no effect here",
                "files are moved by 'cleanSource: archive' only",
                "add 'cleanSource: archive', or drop it",
                findings);
        return options;
    }

    private static Options archive(ReadRequest request, Optional<DataLocation> location, Findings findings) {
        Settings written = request.settings();
        Optional<String> folder = written.find(ARCHIVE_DIR);
        if (folder.isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_MISSING_KEY,
                            written.at(CLEAN_SOURCE),
                            "'cleanSource: archive' needs 'sourceArchiveDir'")
                    .why("files that have been read are moved there")
                    .fix("add 'sourceArchiveDir: archive' with a folder outside the one that is read"));
            return Options.none();
        }
        Optional<String> resolved = Storage.isAbsolute(folder.get())
                ? folder
                : request.address()
                        .connection()
                        .flatMap(Connection::storage)
                        .map(storage -> storage.resolve(folder.get()));
        if (resolved.isEmpty()) {
            findings.add(Finding.of(
                            FindingCode.CONFIG_VALUE,
                            written.at(ARCHIVE_DIR),
                            "'sourceArchiveDir' is relative, and the read has no connection with files")
                    .allow("a whole path, or a folder in a connection that has storage"));
            return Options.none();
        }
        location.map(DataLocation::toString)
                .flatMap(source -> ArchiveFolder.fault(source, resolved.get()))
                .ifPresent(why -> findings.add(Finding.of(
                                FindingCode.CONFIG_CONFLICT,
                                written.at(ARCHIVE_DIR),
                                "'sourceArchiveDir' cannot be '" + folder.get() + "'")
                        .why(why)
                        .fix("name a folder beside the one that is read, such as 'archive'")));
        return Options.none().with(ARCHIVE_DIR.name(), resolved.get());
    }
}
