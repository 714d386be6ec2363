package io.odibi.config;

import static io.odibi.config.Types.located;
import static io.odibi.core.settings.ValueTypes.source;
import static io.odibi.core.settings.ValueTypes.text;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.model.StepSpec;
import io.odibi.core.settings.Setting;
import io.odibi.core.settings.Settings;
import io.odibi.core.settings.SettingsDeclaration;
import io.odibi.core.settings.TypeShape;
import io.odibi.core.settings.ValueTypes;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.Located;
import io.odibi.core.text.Position;
import io.odibi.core.text.TextOrigin;
import io.odibi.core.text.TextOrigin.Layout;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One of a node's steps, in each of its forms; all of them become a type with its parameters. */
final class StepKeys {

    static final String SQL = "sql";
    private static final String QUERY = "query";

    static final Setting<Located<String>> TYPE =
            Setting.optional("type", located(text("a transform's name")), "The transform; its parameters stand beside");
    static final Setting<Located<String>> FUNCTION =
            Setting.optional("function", located(text("a transform's name")), "The same as 'type'");
    static final Setting<Located<String>> OPERATION =
            Setting.optional("operation", located(text("a transform's name")), "The same as 'type'");
    static final Setting<Scalar> SQL_TEXT =
            Setting.optional(SQL, source("a SQL query"), "A query; short for type 'sql' with 'query'");
    static final Setting<Scalar> SQL_FILE =
            Setting.optional("sql_file", source("a path"), "A file with a query; a relative path starts at this file");
    static final Setting<Mapping> PARAMS = Setting.optional(
            "params",
            Types.mapping(new TypeShape.MapOf(new TypeShape.Anything())),
            "The transform's parameters; they may stand beside 'type' as well");

    static final SettingsDeclaration DECLARATION =
            SettingsDeclaration.of("One step", TYPE, SQL_TEXT, SQL_FILE, FUNCTION, OPERATION, PARAMS);

    private static final TypeShape SHAPE = new TypeShape.AnyOf(
            List.of(new TypeShape.Text("a SQL query", Optional.empty()), new TypeShape.Keys(DECLARATION)));

    private StepKeys() {}

    /** What a step may be. */
    static TypeShape shape() {
        return SHAPE;
    }

    static Optional<StepSpec> read(ConfigValue value, Scope scope) {
        if (value instanceof Scalar query && !query.isNothing() && !query.text().isBlank()) {
            return Optional.of(sql(query, query.at()));
        }
        if (value instanceof Mapping mapping) {
            return readMapping(mapping, scope);
        }
        return scope.reading(found -> ValueTypes.refuse(value, "step", SHAPE, found));
    }

    /** Reads a node's {@code transformer:} with {@code params:}. */
    static StepSpec ofTransformer(Located<String> type, Optional<Mapping> params) {
        return new StepSpec(type, params.orElseGet(() -> Mapping.empty(type.at())), type.at());
    }

    private static Optional<StepSpec> readMapping(Mapping mapping, Scope scope) {
        DataKeys.Parts parts = split(mapping, scope);
        Settings settings = parts.settings();
        List<Located<String>> names = Stream.of(TYPE, FUNCTION, OPERATION)
                .flatMap(setting -> settings.find(setting).stream())
                .toList();
        List<Setting<?>> given = Stream.<Setting<?>>of(TYPE, FUNCTION, OPERATION, SQL_TEXT, SQL_FILE)
                .filter(setting -> settings.located(setting).isPresent())
                .sorted(Comparator.comparing(settings::at))
                .toList();
        boolean typedSql = given.size() == 2
                && given.contains(TYPE)
                && names.size() == 1
                && names.get(0).value().equals(SQL);
        if (given.size() > 1 && !typedSql) {
            scope.report(Finding.of(
                            FindingCode.CONFIG_CONFLICT,
                            settings.at(given.get(1)),
                            "a step cannot have both '" + given.get(0) + "' and '" + given.get(1) + "'")
                    .fix("make two steps of it, or keep one of the keys"));
            return Optional.empty();
        }
        if (given.isEmpty()) {
            if (DECLARATION.settings().stream()
                    .noneMatch(setting ->
                            setting != PARAMS && mapping.find(setting.name()).isPresent())) {
                scope.report(missingType(mapping));
            }
            return Optional.empty();
        }
        Optional<Scalar> file = settings.find(SQL_FILE);
        Optional<Scalar> query =
                file.isPresent() ? file.flatMap(path -> readFile(path, scope)) : settings.find(SQL_TEXT);
        if (query.isPresent()) {
            StepSpec sql = sql(query.get(), mapping.at());
            return Optional.of(new StepSpec(
                    sql.type(), DataKeys.merge(Optional.of(sql.settings()), parts.format(), scope), sql.at()));
        }
        return names.stream()
                .filter(name -> file.isEmpty())
                .findFirst()
                .map(name -> new StepSpec(name, parts.format(), mapping.at()));
    }

    private static DataKeys.Parts split(Mapping mapping, Scope scope) {
        List<Mapping.Entry> own = new ArrayList<>();
        List<Mapping.Entry> beside = new ArrayList<>();
        for (Mapping.Entry entry : mapping.entries()) {
            boolean known = DECLARATION.settings().stream().anyMatch(setting -> setting.answersTo(entry.key()));
            (known ? own : beside).add(entry);
        }
        Settings settings = scope.salvage(DECLARATION, new Mapping(own, mapping.at()));
        return new DataKeys.Parts(
                settings, DataKeys.merge(settings.find(PARAMS), new Mapping(beside, mapping.at()), scope));
    }

    private static Finding missingType(Mapping mapping) {
        Finding finding = Finding.of(FindingCode.CONFIG_MISSING_KEY, mapping.at(), "'type' is missing")
                .why("a step names its transform")
                .allow("type with its parameters beside it, sql, sql_file, or a SQL query alone");
        return mapping.find(QUERY).isPresent() ? finding.hint("add 'type: sql'") : finding;
    }

    private static StepSpec sql(Scalar query, Position at) {
        Position start = query.at();
        Mapping settings = new Mapping(List.of(new Mapping.Entry(QUERY, start, query)), start);
        return new StepSpec(new Located<>(SQL, at), settings, at);
    }

    /** Reads a query from a file: its faults are told at their places in that file. */
    private static Optional<Scalar> readFile(Scalar path, Scope scope) {
        Optional<Path> file = file(path);
        if (file.isEmpty()) {
            scope.report(Finding.of(FindingCode.CONFIG_IMPORT, path.at(), "'" + path.text() + "' is no path"));
            return Optional.empty();
        }
        Optional<String> text =
                scope.reading(found -> TextFile.read(file.get(), path.at(), FindingCode.CONFIG_IMPORT, found));
        if (text.isPresent() && text.get().isBlank()) {
            scope.report(Finding.of(FindingCode.CONFIG_VALUE, path.at(), "'" + file.get() + "' is empty")
                    .fix("write a query into it"));
            return Optional.empty();
        }
        Position start = new Position(file.get().toString(), 1, 1);
        return text.map(query -> new Scalar(
                query.replace("\r\n", "\n"), start, Scalar.Style.QUOTED, new TextOrigin(start, Layout.BLOCK)));
    }

    private static Optional<Path> file(Scalar path) {
        try {
            return Optional.of(
                    Path.of(path.at().file()).resolveSibling(path.text()).normalize());
        } catch (InvalidPathException impossible) {
            return Optional.empty();
        }
    }
}
