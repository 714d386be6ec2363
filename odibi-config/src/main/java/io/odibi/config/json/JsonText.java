package io.odibi.config.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Writes maps, lists, text, numbers and booleans as indented JSON with line feeds, on every system alike. */
public final class JsonText {

    private final ObjectWriter writer = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    /** Makes a writer. */
    public JsonText() {}

    /** Returns the JSON of an object, with a line feed at its end. */
    public String write(Map<String, ?> object) {
        try {
            return writer.writeValueAsString(object) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("cannot write JSON: " + impossible.getOriginalMessage(), impossible);
        }
    }
}
