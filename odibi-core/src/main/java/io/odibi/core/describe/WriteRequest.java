package io.odibi.core.describe;

import io.odibi.core.model.Processing;
import io.odibi.core.model.WriteMode;
import io.odibi.core.settings.Settings;
import io.odibi.core.text.Located;
import java.util.List;
import java.util.Optional;

/**
 * What a sink describes.
 *
 * @param address which data
 * @param processing how it will be written
 * @param mode what a write does with what is there; empty if the user does not say
 * @param partitionBy columns that split the files, in order
 * @param settings read by the sink's own declaration
 */
public record WriteRequest(
        DataAddress address,
        Processing processing,
        Optional<Located<WriteMode>> mode,
        List<Located<String>> partitionBy,
        Settings settings) {

    public WriteRequest {
        partitionBy = List.copyOf(partitionBy);
    }
}
