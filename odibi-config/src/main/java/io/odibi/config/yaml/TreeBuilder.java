package io.odibi.config.yaml;

import io.odibi.core.finding.Finding;
import io.odibi.core.finding.FindingCode;
import io.odibi.core.finding.Findings;
import io.odibi.core.text.ConfigValue;
import io.odibi.core.text.ConfigValue.Mapping;
import io.odibi.core.text.ConfigValue.Scalar;
import io.odibi.core.text.ConfigValue.Sequence;
import io.odibi.core.text.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Builds the values of one document from the parser's events, and refuses what the language leaves out. */
final class TreeBuilder {

    /** Deeper than any project nests, and far from what would overflow the stack. */
    private static final int MAX_DEPTH = 100;

    /** More values than any project has; a small file of commas can hold a million. */
    private static final int MAX_VALUES = 200_000;

    private static final String NO_ANCHORS = "write the value out, or put it under 'vars' and use '${vars.name}'";

    private final String file;
    private final Parser parser;
    private final ScalarOrigins origins;
    private final Findings findings;
    private boolean clean = true;
    private int values;

    TreeBuilder(String file, String text, Parser parser, Findings findings) {
        this.file = file;
        this.parser = parser;
        this.origins = new ScalarOrigins(file, text);
        this.findings = findings;
    }

    /** Returns the document's value; empty if something in it was refused. */
    Optional<ConfigValue> document() {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw new StoppedException(Finding.of(FindingCode.CONFIG_SYNTAX, Position.ofFile(file), "the file is empty")
                    .fix("write a project or a part of one, or delete the file"));
        }
        parser.getEvent();
        ConfigValue root = value(parser.getEvent(), 1);
        parser.getEvent();
        if (parser.checkEvent(Event.ID.DocumentStart)) {
            refuse(parser.peekEvent().getStartMark(), "a second document starts here", "put it in a file of its own");
        }
        return clean ? Optional.of(root) : Optional.empty();
    }

    private ConfigValue value(Event event, int depth) {
        Position at = position(event.getStartMark());
        if (++values > MAX_VALUES) {
            throw stopped(at, "the file holds more than " + MAX_VALUES + " values", "split it into several files");
        }
        if (event instanceof AliasEvent alias) {
            refuse(alias.getStartMark(), "'*" + alias.getAnchor() + "' is an alias", NO_ANCHORS);
            return Scalar.of("");
        }
        refuseProperties((NodeEvent) event);
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (depth > MAX_DEPTH) {
            throw stopped(at, "values are nested more than " + MAX_DEPTH + " deep", "flatten them");
        }
        return event instanceof MappingStartEvent ? mapping(at, depth) : sequence(at, depth);
    }

    private Scalar scalar(ScalarEvent event) {
        return new Scalar(
                event.getValue(),
                position(event.getStartMark()),
                event.isPlain() ? Scalar.Style.PLAIN : Scalar.Style.QUOTED,
                origins.of(event));
    }

    private Sequence sequence(Position at, int depth) {
        List<ConfigValue> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(value(parser.getEvent(), depth + 1));
        }
        parser.getEvent();
        return new Sequence(items, at);
    }

    private Mapping mapping(Position at, int depth) {
        List<Mapping.Entry> entries = new ArrayList<>();
        Map<String, Position> keys = new HashMap<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = parser.getEvent();
            ConfigValue key = value(keyEvent, depth + 1);
            ConfigValue value = value(parser.getEvent(), depth + 1);
            if (!(key instanceof Scalar name)) {
                refuse(keyEvent.getStartMark(), "a key cannot be " + key.kind(), "use text as the key");
            } else if (name.text().isEmpty()) {
                refuse(keyEvent.getStartMark(), "a key is missing before ':'", "write the key, or quote the text");
            } else if (name.text().equals("<<") && name.style() == Scalar.Style.PLAIN) {
                refuse(keyEvent.getStartMark(), "'<<' is a merge key", NO_ANCHORS);
            } else {
                add(entries, keys, new Mapping.Entry(name.text(), name.at(), value));
            }
        }
        parser.getEvent();
        return new Mapping(entries, at);
    }

    private void add(List<Mapping.Entry> entries, Map<String, Position> keys, Mapping.Entry entry) {
        Position first = keys.putIfAbsent(entry.key(), entry.keyAt());
        if (first == null) {
            entries.add(entry);
            return;
        }
        findings.add(
                Finding.of(FindingCode.CONFIG_DUPLICATE_KEY, entry.keyAt(), "key '" + entry.key() + "' is there twice")
                        .why("the first is at " + first)
                        .fix("keep one of them"));
    }

    private void refuseProperties(NodeEvent event) {
        if (event.getAnchor() != null) {
            refuse(event.getStartMark(), "'&" + event.getAnchor() + "' is an anchor", NO_ANCHORS);
        }
        String tag = tag(event);
        if (tag != null) {
            String shown = tag.replaceFirst("^tag:yaml.org,2002:", "!!");
            refuse(event.getStartMark(), "'" + shown + "' is a tag", "take it out; quote what has to stay text");
        }
    }

    private static @Nullable String tag(NodeEvent event) {
        return event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
    }

    private void refuse(Mark mark, String message, String fix) {
        clean = false;
        findings.add(Finding.of(FindingCode.CONFIG_SYNTAX, position(mark), message)
                .why("the language is YAML without anchors, aliases, merge keys, tags and further documents")
                .fix(fix));
    }

    private StoppedException stopped(Position at, String message, String fix) {
        return new StoppedException(
                Finding.of(FindingCode.CONFIG_SYNTAX, at, message).fix(fix));
    }

    private Position position(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Reading cannot go on; says why. */
    static final class StoppedException extends RuntimeException {
        private final transient Finding finding;

        StoppedException(Finding finding) {
            super(finding.message(), null, false, false);
            this.finding = finding;
        }

        Finding finding() {
            return finding;
        }
    }
}
