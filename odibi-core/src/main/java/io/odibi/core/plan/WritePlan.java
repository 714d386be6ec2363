package io.odibi.core.plan;

import io.odibi.core.describe.Connection;
import io.odibi.core.describe.NeededColumn;
import io.odibi.core.describe.SinkTraits;
import io.odibi.core.describe.Target;
import io.odibi.core.model.WriteMode;
import io.odibi.core.text.Position;
import java.util.List;
import java.util.Optional;

/**
 * A write, every name resolved.
 *
 * @param format the format's name, as the user writes it
 * @param target where the rows go
 * @param traits what the sink can do
 * @param columns columns that the sink takes by name
 * @param mode what a batch write does with what is there
 * @param connection the connection; empty for formats that need none
 * @param at where it was written
 */
public record WritePlan(
        String format,
        Target target,
        SinkTraits traits,
        List<NeededColumn> columns,
        WriteMode mode,
        Optional<Connection> connection,
        Position at) {

    public WritePlan {
        columns = List.copyOf(columns);
    }
}
